"""Places from an online geocoder: asked last, for few, and never for what is sheltered."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from mapper.domain.located import Located
from mapper.domain.place import Place, Precision
from mapper.geography.crs import points_to_national_grid
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix, shown
from mapper.ingest.places.by_postcode import Postcodes, outside_hips
from mapper.ingest.places.geocoded import Geocoded
from mapper.ingest.places.geocoder import Geocoder, Search
from mapper.ingest.places.questions import Questions
from mapper.ingest.places.sendable import is_among, may_be_sent, sheltered_in
from mapper.ingest.places.venues import plain_name


@dataclass(frozen=True)
class Online:
    """An online geocoder, as it may be asked while files are loaded.

    Parameters
    ----------
    geocoder : who is asked.
    sheltered : gives the names and addresses in the directory that may not be shown exactly.
    """

    geocoder: Geocoder
    sheltered: Callable[[], Iterable[str]] = tuple

    @cached_property
    def search(self) -> Search:
        """The way to it, made at the first question and the same for every file."""
        return self.geocoder.open()

    def for_file(self, log: IssueLog) -> "OnlinePlaces":
        """Begin the questions of one file.

        Parameters
        ----------
        log : of the file.
        """
        return OnlinePlaces(self, log)


@dataclass
class OnlinePlaces:
    """The places of one file that an online geocoder gives.

    Parameters
    ----------
    online : who is asked.
    log : told of each place found so, and at the end of each way in which the geocoder failed.
    """

    online: Online
    log: IssueLog

    @cached_property
    def _sheltered(self) -> set[str]:
        """What must not be sent, in plain words: of the directory, and of the file so far."""
        return {plain_name(text) for text in self.online.sheltered()}

    @cached_property
    def _questions(self) -> Questions:
        return Questions(self.online.geocoder, self.online.search, self.log)

    def place(
        self, located: Sequence[Located[Any]], postcodes: Postcodes, ground: Ground
    ) -> list[Located[Any]]:
        """Ask for the addresses of what nothing else could place.

        Parameters
        ----------
        located : some records of the file, those that have their place among them.
        postcodes : the directory; a postcode outside HIPS says enough.
        ground : the LSOAs known, to tell which answers lie in HIPS.
        """
        found = list(located)
        wanted = self._wanted(found, postcodes)
        if not wanted:
            return found
        addresses = {key: found[rows[0]].record.location.address for key, rows in wanted.items()}
        answers = self._questions.ask(addresses)
        places = _places(list(answers.values()), self.online.geocoder.method, ground)
        for (key, answer), place in zip(answers.items(), places, strict=True):
            for at in wanted[key]:
                _tell(found[at], answer, place, self.log)
                found[at] = replace(found[at], place=place)
        return found

    def end(self) -> None:
        """Say what went wrong with the questions of the file."""
        self._questions.end()

    def _wanted(
        self, located: Sequence[Located[Any]], postcodes: Postcodes
    ) -> dict[str, list[int]]:
        """List by plain address which records to ask for."""
        self._sheltered.update(
            plain_name(text) for each in located for text in sheltered_in(each.record)
        )
        some = {
            at: each.record
            for at, each in enumerate(located)
            if each.place is None and may_be_sent(each.record)
        }
        postcoded = {at: record.location.postcode.strip() for at, record in some.items()}
        outside = outside_hips(list(filter(None, postcoded.values())), postcodes)
        wanted: dict[str, list[int]] = {}
        for at, record in some.items():
            if postcoded[at] not in outside and not is_among(record, self._sheltered):
                wanted.setdefault(plain_name(record.location.address), []).append(at)
        return wanted


def _places(given: list[Geocoded], method: str, ground: Ground) -> Iterator[Place | None]:
    """Give each answer its place on the National Grid; None outside HIPS, and for a wide one."""
    is_inside = np.array([each.is_in_view for each in given], dtype=bool)
    eastings, northings = np.full(len(given), np.nan), np.full(len(given), np.nan)
    eastings[is_inside], northings[is_inside] = points_to_national_grid(
        [each.longitude for each in given if each.is_in_view],
        [each.latitude for each in given if each.is_in_view],
    )
    if ground.lsoa_shapes.size:
        is_inside = ground.is_near(eastings, northings)
    points = zip(eastings.round(1).tolist(), northings.round(1).tolist(), strict=True)
    for each, (east, north), inside in zip(given, points, is_inside, strict=True):
        precision = each.precision if inside else None
        yield (
            None
            if precision is None
            else Place(easting_m=east, northing_m=north, precision=precision, method=method)
        )


def _tell(located: Located[Any], answer: Geocoded, place: Place | None, log: IssueLog) -> None:
    """Say what an address was taken for, so that somebody can see whether that is right."""
    name = shown(answer.name)
    if place is None:
        fault = "wider than an authority" if answer.precision is None else "outside HIPS"
        message = f"The online geocoder took this for {name}, which is {fault}: it gives no place."
    else:
        message = f"Placed by the online geocoder, {_how_exact(place.precision)}, at {name}."
    is_rough = place is not None and place.precision.finest_level is not None
    log.add(
        located.line,
        message,
        column="address",
        value=located.record.location.address,
        severity=Severity.WARNING if is_rough else Severity.NOTE,
        who_can_fix=WhoCanFix.FILLER if is_rough else WhoCanFix.NOBODY,
        kind=message[:40],
    )


def _how_exact(precision: Precision) -> str:
    if precision is Precision.COORDINATES:
        return "at its door"
    if precision is Precision.STREET:
        return "in its street"
    return f"only roughly ({precision.value})"
