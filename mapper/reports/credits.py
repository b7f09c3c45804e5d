"""Credits: what is said of the sources that figures rest on.

A file of violence is never named: its publisher, who recorded it and the months say what a reader
needs, and the name of a closed file may tell who gave it.
"""

from collections.abc import Sequence
from typing import Any

from mapper.domain.source import Source, SourceKind
from mapper.domain.violence import RecordingSource
from mapper.reports.published import SourceCredit
from mapper.reports.wording import date_words, violence_words
from mapper.store.sources import LoadedSource

_TO = " to "


def credits_of(sources: Sequence[LoadedSource]) -> tuple[SourceCredit, ...]:
    """Credit sources, in their order; files of violence that differ in their months alone once.

    Parameters
    ----------
    sources : that figures rest on.
    """
    together: dict[Any, list[LoadedSource]] = {}
    for number, loaded in enumerate(sources):
        is_violence = loaded.source.kind == SourceKind.VIOLENCE
        together.setdefault(_said_of(loaded.source) if is_violence else number, []).append(loaded)
    return tuple(_credit(group) for group in together.values())


def _said_of(source: Source) -> tuple[object, ...]:
    return (_name(source), source.publisher, source.licence, source.attribution)


def _name(source: Source) -> str:
    if source.kind != SourceKind.VIOLENCE:
        return source.name
    words = violence_words(RecordingSource(source.recorder or RecordingSource.POLICE))
    return f"SYNTHETIC {words}" if source.is_synthetic else words[:1].upper() + words[1:]


def _credit(group: Sequence[LoadedSource]) -> SourceCredit:
    source = group[0].source
    return SourceCredit(
        name=_name(source),
        publisher=source.publisher,
        licence=source.licence,
        period=_period([loaded.source.period for loaded in group]),
        attribution=source.attribution,
        loaded_at=date_words(max(loaded.loaded_at for loaded in group).date()),
    )


def _period(periods: Sequence[str]) -> str:
    """From the first month of all to the last; gaps between them are told in the notes of a run."""
    known = sorted(filter(None, periods))
    if not known:
        return ""
    first, last = known[0].split(_TO)[0], max(each.split(_TO)[-1] for each in known)
    return known[0] if len(known) == 1 else _TO.join(dict.fromkeys((first, last)))
