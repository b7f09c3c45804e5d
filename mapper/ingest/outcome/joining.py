"""Rows that come back mended: which source they join, and where they cannot."""

from mapper.domain.source import SourceKind
from mapper.errors import SourceError
from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix, shown


def refuse_mended(kind: SourceKind, log: IssueLog) -> None:
    """Refuse a list of rows to mend of a kind that is loaded only whole.

    Parameters
    ----------
    kind : of the source.
    log : of the reading, which tells whether the file is such a list.

    Raises
    ------
    SourceError
        When it is.
    """
    if log.is_mended:
        raise SourceError(
            f"{log.file} is a list of rows to mend, and {kind.value} are loaded only whole.",
            expected="The whole file was expected: what is not in it would be lost.",
            action="Mend the rows in the file itself, and load that.",
        )


def tell_of_mended(name: str, log: IssueLog) -> None:
    """Say which source mended rows join, or that they do not join their own.

    Parameters
    ----------
    name : of the source that they are kept as.
    log : of the reading, which knows what the file says; told.
    """
    if log.mended_source == name:
        log.add(
            0,
            f"These rows were given out from the source {shown(name)} to be mended, and join it.",
            severity=Severity.NOTE,
            who_can_fix=WhoCanFix.NOBODY,
        )
    elif log.mended_source:
        log.add(
            0,
            f"These rows were given out from the source {shown(log.mended_source)} and are loaded "
            f"as {shown(name)}: they do not join the others. Leave the name of the source empty, "
            "and they do.",
            severity=Severity.WARNING,
            who_can_fix=WhoCanFix.ANALYST,
        )
