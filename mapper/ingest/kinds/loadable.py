"""Every kind of file that can be loaded, in words: what the web and the command line offer."""

from dataclasses import dataclass
from typing import Final

from mapper.domain.source import SourceKind
from mapper.geography.boundaries import FORMATS
from mapper.ingest.kinds.readers import READERS

_BOUNDARIES: Final = (
    "Boundaries",
    "An official file of LSOAs, MSOAs, wards or local authorities. It goes over the areas that "
    "are there, and every place is assigned anew.",
)


@dataclass(frozen=True, slots=True)
class Loadable:
    """A kind of file that can be loaded.

    Parameters
    ----------
    kind : of the source.
    label : what it is called.
    hint : what such a file is, in a sentence; may be empty.
    endings : of the names of such files.
    """

    kind: SourceKind
    label: str
    hint: str
    endings: tuple[str, ...]


def loadable_kinds() -> tuple[Loadable, ...]:
    """Give every kind that has a reader, in the order of the readers, and boundaries last."""
    rows = [
        Loadable(kind, reader.label or kind.value.capitalize(), reader.hint, reader.endings)
        for kind, reader in READERS.items()
    ]
    return (*rows, Loadable(SourceKind.BOUNDARIES, *_BOUNDARIES, FORMATS))
