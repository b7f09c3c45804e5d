"""A record together with the place that was found for it."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from mapper.domain.place import Place

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Located(Generic[T]):
    """A record, its place, and the line it came from.

    Parameters
    ----------
    record : what the source or form says.
    place : None when nothing in the record could be found on the ground.
    further_places : of an organisation's further sites, in their order.
    line : in the source, the heading being line 1; 0 for a form.
    digest : of the record and its places, to tell a changed one from one that is as before;
        empty until somebody has worked it out.
    """

    record: T
    place: Place | None = None
    line: int = 0
    further_places: tuple[Place | None, ...] = ()
    digest: str = ""
