"""What a reader makes of one file, before anything is placed or saved."""

from collections.abc import Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from mapper.domain.grant import Grant
from mapper.errors import SourceError
from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix
from mapper.ingest.long_files.spool import Pending
from mapper.ingest.records.provenance import Provenance


class Keyed(Protocol):
    """A record with a key."""

    @property
    def source_key(self) -> str:
        """What names the record in its source."""


Record = TypeVar("Record", bound=Keyed)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """Records read from one file.

    Parameters
    ----------
    records : each with the line it came from; those of a list may be read only when asked for.
    rows : under the headings, blank ones left out; they or their number.
    provenance : by the file's format.
    period : the months or days the records cover, in words; may be empty.
    is_wider : whether the file covers more than HIPS: a record that is neither placed in HIPS
        nor serves an area of it is then left out.
    grants : links that the file gives between organisations, with their lines.
    """

    records: Sequence[tuple[int, T]]
    rows: Sized | int
    provenance: Provenance
    period: str = ""
    is_wider: bool = False
    grants: tuple[tuple[int, Grant], ...] = ()

    @property
    def rows_read(self) -> int:
        """How many rows there are; told without another look at the file once they were read."""
        return self.rows if isinstance(self.rows, int) else len(self.rows)


def without_duplicates(
    records: Iterable[tuple[int, Record]], log: IssueLog
) -> Sequence[tuple[int, Record]]:
    """Keep the first record of each key, read when they are asked for.

    Parameters
    ----------
    records : with their lines.
    log : told of each that is left out.
    """
    return Pending(_first_of_each(records, log))


def _first_of_each(
    records: Iterable[tuple[int, Record]], log: IssueLog
) -> Iterator[tuple[int, Record]]:
    first: dict[str, int] = {}
    for line, record in records:
        if record.source_key in first:
            log.add(
                line,
                f"The same as line {first[record.source_key]}: the first was kept.",
                value=record.source_key.replace("|", ", "),
                severity=Severity.WARNING,
                who_can_fix=WhoCanFix.FILLER,
                kind="duplicate",
            )
            log.leave_out("the same as an earlier row")
        else:
            first[record.source_key] = line
            yield line, record


def nothing_saved(name: str, parsed: Parsed[Any]) -> SourceError:
    """Make the error of a file none of whose rows could be saved.

    Parameters
    ----------
    name : of the file.
    parsed : what was read of it.
    """
    return SourceError(
        f"No row of {name} could be saved, of {parsed.rows_read:,} read.",
        action="The issues say what is wrong with each.",
    )
