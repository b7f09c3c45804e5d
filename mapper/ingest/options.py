"""Choices of whoever loads files, and what loading leans on."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, TypeVar

from mapper.domain.disclosure import Sensitivity
from mapper.domain.violence import RecordingSource
from mapper.ingest.long_files.progress import Tell, untold
from mapper.ingest.places.by_postcode import Postcodes
from mapper.ingest.places.geocoder import Geocoder
from mapper.ingest.records.sessions import Choices

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
    sensitivity : how carefully the figures are to be treated; None for what is usual for the
        kind, which is open only for what everybody may have.
    recorder : who recorded the violence; None for the police.
    mapping : field to heading, as confirmed; where it is empty, as it was confirmed before
        for a source of this name, and otherwise the headings and values are asked.
    keeps_rows : whether the report also holds the first records as they would be saved, and
        the rows at fault.
    lead : the organisation that leads the activities of a file that names none.
    until : the last day to which activities that repeat are counted; None for a year ahead.
    today : the day of loading; None for the day it is.
    """

    dry_run: bool = False
    source_name: str = ""
    loaded_by: str = ""
    is_synthetic: bool = False
    sensitivity: Sensitivity | None = None
    recorder: RecordingSource | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    keeps_rows: bool = False
    lead: str = ""
    until: date | None = None
    today: date | None = None

    @property
    def choices(self) -> Choices:
        """What is said of a file of activities."""
        today = self.today or date.today()  # noqa: DTZ011  (the user's own day)
        return Choices(today=today, until=self.until, lead=self.lead)


def untried(_session: object) -> None:
    """Look at nothing."""


@dataclass(frozen=True, slots=True)
class Services:
    """What loading leans on.

    Parameters
    ----------
    postcodes : the directory; None for the shipped one, read only when it is needed.
    progress : shows how far the files have come.
    tell : told how far the rows of a file have come.
    geocoder : asked for addresses that nothing else could place; None to ask no server.
    trial : given the session of a dry run before it is rolled back, so that somebody can count
        what would be saved; it saves nothing.
    """

    postcodes: Postcodes | None = None
    progress: Progress = no_progress
    tell: Tell = untold
    geocoder: Geocoder | None = None
    trial: Callable[[Any], None] = untried
