"""Which publisher's format a file of JSON is in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from mapper.errors import SourceError
from mapper.ingest.faults.issues import IssueLog, shown
from mapper.ingest.files.document import read_document
from mapper.ingest.files.source import SourceFile
from mapper.ingest.formats import open_referral, open_street_map, three_sixty_giving
from mapper.ingest.records.layout import Layout

_KEYS_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class _Format:
    """A format: what it is called, how it is told, and how it is laid out."""

    name: str
    is_this: Callable[[object], bool]
    layout: Callable[[object, str, IssueLog], Layout]


_FORMATS: Final = (
    _Format("OpenStreetMap", open_street_map.is_this, open_street_map.layout),
    _Format("360Giving", three_sixty_giving.is_this, three_sixty_giving.layout),
    _Format("Open Referral UK", open_referral.is_this, open_referral.layout),
)


def document_layout(source: SourceFile, log: IssueLog) -> Layout:
    """Lay a file of JSON out as rows.

    Parameters
    ----------
    source : the file; its parts, if any, are of the same format.
    log : told of what was left out.

    Raises
    ------
    SourceError
        When it is no JSON, is in no format that is known, or holds nothing.
    """
    document = read_document(source, log)
    if source.parts:
        document = [document, *(read_document(part, log) for part in source.parts)]
    for each in _FORMATS:
        if each.is_this(document):
            return _not_empty(each.layout(document, source.name, log), each.name, source.name)
    raise SourceError(
        f"{source.name} is JSON of no kind that mapper knows; {_described(document)}.",
        expected=f"One of these was expected: {', '.join(each.name for each in _FORMATS)}.",
        action="Check which file was meant, or save the list as CSV.",
    )


def _not_empty(layout: Layout, kind: str, name: str) -> Layout:
    if not layout.table.rows:
        raise SourceError(
            f"{name} is {kind} and holds no organisation.",
            expected="At least one was expected.",
            action="Check the area and the choices it was exported with.",
        )
    return layout


def _described(document: object) -> str:
    if isinstance(document, dict):
        keys = ", ".join(shown(key) for key in list(document)[:_KEYS_SHOWN])
        return f"its keys are {keys or 'none'}"
    if isinstance(document, list):
        return f"it is a list of {len(document):,}"
    return "it is a single value"
