"""Choices of whoever loads files, and what loading leans on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from mapper.domain.disclosure import Sensitivity
from mapper.ingest.by_postcode import Postcodes
from mapper.ingest.progress import Tell, untold

T = TypeVar("T")


class Progress(Protocol):
    """Something that shows how far a loop has come, such as a thin wrapper round tqdm."""

    def __call__(self, items: Sequence[T], description: str) -> Iterable[T]:
        """Give the items one by one."""


def no_progress(items: Sequence[T], description: str) -> Iterable[T]:  # noqa: ARG001  (the shape of a progress bar)
    """Give the items one by one, and show nothing.

    Parameters
    ----------
    items : of the loop.
    description : of what is done with them.
    """
    return items


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestOptions:
    """Choices of whoever loads.

    Parameters
    ----------
    dry_run : whether to report and save nothing.
    source_name : to keep the records under; by default told from the file.
    loaded_by : who loads.
    is_synthetic : True for invented data.
    sensitivity : how carefully the figures are to be treated.
    mapping : field to heading, as confirmed; where it is empty, as it was confirmed before
        for a source of this name, and otherwise the headings and values are asked.
    keeps_rows : whether the report also holds the first records as they would be saved, and
        the rows at fault.
    """

    dry_run: bool = False
    source_name: str = ""
    loaded_by: str = ""
    is_synthetic: bool = False
    sensitivity: Sensitivity = Sensitivity.OPEN
    mapping: Mapping[str, str] = field(default_factory=dict)
    keeps_rows: bool = False


@dataclass(frozen=True, slots=True)
class Services:
    """What loading leans on.

    Parameters
    ----------
    postcodes : the directory; None for the shipped one, read only when it is needed.
    progress : shows how far the files have come.
    tell : told how far the rows of a file have come.
    """

    postcodes: Postcodes | None = None
    progress: Progress = no_progress
    tell: Tell = untold
