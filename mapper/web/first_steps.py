"""What has to be loaded before the first analysis, and what of it is."""

from dataclasses import dataclass
from typing import Final

from mapper.domain.source import SourceKind
from mapper.store.sources import list_sources
from mapper.web.session import reading

_STEPS: Final = (
    (SourceKind.ORGANISATIONS, "Organisations", "who there is"),
    (SourceKind.ACTIVITIES, "Activities", "what they do, where and with whom"),
    (SourceKind.VIOLENCE, "Recorded violence", "counts by area and month, needed for every figure"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to load.

    Parameters
    ----------
    name : of what it is.
    what : it says, in words.
    is_done : whether any of it is loaded or registered.
    """

    name: str
    what: str
    is_done: bool


def first_steps() -> tuple[Step, ...]:
    """List what an analysis is made from, in the order in which to load it."""
    present = {loaded.source.kind for loaded in list_sources(reading())}
    return tuple(Step(name, what, kind in present) for kind, name, what in _STEPS)
