"""What became of each file, in figures and in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mapper.domain.counted import counted
from mapper.domain.source import SourceKind
from mapper.errors import SourceError
from mapper.ingest.faults.issues import Issue, IssueLog, Severity
from mapper.ingest.outcome.mending import FaultyRows
from mapper.ingest.outcome.sample import Sample

_NAMES_SHOWN = 5


class FileStatus(StrEnum):
    """What became of a file."""

    LOADED = "loaded"
    UNCHANGED = "unchanged"
    DRY_RUN = "dry run"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What became of one file.

    Parameters
    ----------
    name : of the file, without folders.
    source_name : the name its records are kept under.
    status : what became of it.
    message : why it was refused, or when it was loaded before; otherwise empty.
    rows_read : under the headings.
    new, changed, as_before : records saved, or that would be saved.
    unmatched_names : organisations that activities name and the directory did not hold.
    issues : in the order of their lines.
    issue_counts : by severity, those not listed in `issues` included.
    sample : the first records, where they were asked for.
    faulty : the rows at fault, where they were asked for and the file has rows.
    is_about_persons : whether it was refused for that.
    rows_at_fault : with an error, and so left out.
    left_out : how many other rows were, by why.
    """

    name: str
    source_name: str
    status: FileStatus
    message: str = ""
    rows_read: int = 0
    new: int = 0
    changed: int = 0
    as_before: int = 0
    unmatched_names: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    issue_counts: Mapping[Severity, int] = field(default_factory=dict)
    sample: Sample | None = None
    faulty: FaultyRows | None = None
    is_about_persons: bool = False
    rows_at_fault: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def saved(self) -> int:
        """Records written, or that would be."""
        return self.new + self.changed

    def lines(self) -> Iterator[str]:
        """Give the report in words, the first line being the file and what became of it."""
        yield f"{self.name}: {self.status.value}{f'. {self.message}' if self.message else ''}"
        if self.status in {FileStatus.LOADED, FileStatus.DRY_RUN}:
            would = "would be " if self.status is FileStatus.DRY_RUN else ""
            yield (
                f"  {counted(self.rows_read, 'row')} read as '{self.source_name}'; "
                f"records {would}new {self.new:,}, changed {self.changed:,}, "
                f"as before {self.as_before:,}"
            )
        if self.unmatched_names:
            shown = ", ".join(self.unmatched_names[:_NAMES_SHOWN])
            more = "" if len(self.unmatched_names) <= _NAMES_SHOWN else ", ..."
            yield (
                f"  {counted(len(self.unmatched_names), 'organisation')} named and not in the "
                f"directory, so added by name alone: {shown}{more}"
            )
        if any(self.issue_counts.values()):
            counts = (_counted(self.issue_counts.get(each, 0), each) for each in Severity)
            yield f"  issues: {', '.join(counts)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    """What became of every file of one command.

    Parameters
    ----------
    kind : what the files hold.
    files : in the order they were read.
    left_out : names of files in folders and archives that were not read.
    """

    kind: SourceKind
    files: tuple[FileReport, ...]
    left_out: tuple[str, ...] = ()

    @property
    def issues(self) -> list[Issue]:
        """Every issue of every file."""
        return [issue for file in self.files for issue in file.issues]

    @property
    def has_row_issues(self) -> bool:
        """Whether anything is to be put right: an error, a warning or a file refused."""
        to_fix = (Severity.ERROR, Severity.WARNING)
        return any(
            file.status is FileStatus.REFUSED
            or any(file.issue_counts.get(severity, 0) for severity in to_fix)
            for file in self.files
        )

    def count(self, severity: Severity) -> int:
        """Count the issues of one severity, those not listed included."""
        return sum(file.issue_counts.get(severity, 0) for file in self.files)

    def lines(self) -> list[str]:
        """Give the report in words, one line each."""
        lines = [line for file in self.files for line in file.lines()]
        if self.left_out:
            shown = ", ".join(self.left_out[:_NAMES_SHOWN])
            more = "" if len(self.left_out) <= _NAMES_SHOWN else ", ..."
            lines.append(f"{len(self.left_out)} other files were not read: {shown}{more}")
        return lines


class AllRefusedError(SourceError):
    """No file could be loaded; the report says why for each.

    Parameters
    ----------
    report : of the files, with their issues.
    """

    def __init__(self, report: IngestReport) -> None:
        self.report = report
        first, count = report.files[0], len(report.files)
        found = first.message if count == 1 else f"None of {count} files could be loaded."
        super().__init__(found, action="" if count == 1 else f"The first: {first.message}")


def issue_counts(log: IssueLog) -> dict[Severity, int]:
    """Count the issues of a log by severity.

    Parameters
    ----------
    log : of one file.
    """
    return {severity: log.count(severity) for severity in Severity}


def _counted(count: int, severity: Severity) -> str:
    return counted(count, severity.value)
