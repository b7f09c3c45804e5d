"""Places by postcode: each postcode looked up once, however many records have it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import pandas as pd

from mapper.domain.place import Place, Precision
from mapper.domain.postcode import Postcode, PostcodeFault, SectorCode
from mapper.errors import InvalidValueError
from mapper.geography.postcode_place import METHOD
from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix

_AREAS: Final = ("lad_code", "ward_code", "lsoa11_code")
_POINT: Final = ("easting_m", "northing_m", "precision", "postcode", "is_terminated")


class Postcodes(Protocol):
    """What a postcode directory must offer: `mapper.geography.postcode_directory` does."""

    def find_many(self, texts: "Sequence[str | None] | pd.Series[str]") -> pd.DataFrame:
        """Find many postcodes at once, one row each, `fault` saying why one was not found."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said of every record with a certain postcode.

    Parameters
    ----------
    message : what was found and what was done.
    severity : of the issue.
    """

    message: str
    severity: Severity = Severity.WARNING

    def file(self, line: int, postcode: str, log: IssueLog) -> None:
        """File it as an issue of one record.

        Parameters
        ----------
        line : of the record.
        postcode : as written.
        log : it is filed in.
        """
        is_note = self.severity is Severity.NOTE
        log.add(
            line,
            self.message,
            column="postcode",
            value=postcode,
            severity=self.severity,
            who_can_fix=WhoCanFix.NOBODY if is_note else WhoCanFix.FILLER,
        )


Found = tuple[Place | None, Remark | None]

_MALFORMED: Final = Remark(
    "This is not a postcode. Something like PO1 3AX was expected. It gives no place."
)
_SLIP: Final = Remark(
    "No directory knows this postcode, though its first half is right. Check it for a slip. "
    "It gives no place."
)
_OUTSIDE: Final = Remark(
    "The postcode lies outside HIPS, where the directory ends. It gives no place.",
    Severity.NOTE,
)
_TERMINATED: Final = Remark("The postcode is no longer in use: placed where it was.", Severity.NOTE)
_DISTRICT: Final = Remark(
    "Only the first half of a postcode: placed in the middle of that district, and counted for "
    "no area smaller than an authority."
)
_SECTOR: Final = Remark(
    "Only the beginning of a postcode: placed in the middle of that sector, and counted for no "
    "area smaller than a ward."
)
_BY_PRECISION: Final = {Precision.DISTRICT: _DISTRICT, Precision.SECTOR: _SECTOR}


def places_by_postcode(texts: Sequence[str], postcodes: Postcodes) -> dict[str, Found]:
    """Find a place for each different postcode.

    Parameters
    ----------
    texts : as written, the empty ones among them.
    postcodes : the directory.

    Returns
    -------
    For each different text that is not blank: its place, None where there is none, and what
    is to be said of each record that has it, None where all is well.
    """
    different = [text for text in dict.fromkeys(texts) if text and not text.isspace()]
    if not different:
        return {}
    answers = postcodes.find_many(different)
    found = dict(zip(different, _places(answers), strict=True))
    faults = answers["fault"].astype(object).tolist()
    lost = [(text, fault) for text, fault in zip(different, faults, strict=True) if fault == fault]  # noqa: PLR0124  (missing is not itself)
    found.update(zip((text for text, _ in lost), _lost(lost, postcodes), strict=True))
    return found


def outside_hips(texts: Sequence[str], postcodes: Postcodes) -> frozenset[str]:
    """Tell which postcodes can be read, and are of no district that the directory knows.

    Parameters
    ----------
    texts : as written, not blank.
    postcodes : the directory.
    """
    different = list(dict.fromkeys(texts))
    if not different:
        return frozenset()
    faults = postcodes.find_many(different)["fault"].astype(object).tolist()
    is_known = postcodes.find_many([_district(text) for text in different])["fault"].isna()
    return frozenset(
        text
        for text, fault, known in zip(different, faults, is_known, strict=True)
        if fault == PostcodeFault.UNKNOWN and not known
    )


def _places(answers: pd.DataFrame) -> Iterator[Found]:
    points = [answers[name].tolist() for name in _POINT]
    areas = [answers[name].astype(object).fillna("").tolist() for name in _AREAS]
    for east, north, precision, spelt, is_terminated, lad, ward, lsoa in zip(
        *points, *areas, strict=True
    ):
        if east != east:  # noqa: PLR0124  (missing is not itself)
            yield None, None
            continue
        place = Place(
            easting_m=float(east),
            northing_m=float(north),
            precision=Precision(precision),
            method=METHOD,
            postcode=spelt,
            lad_code=lad,
            ward_code=ward,
            lsoa11_code=lsoa,
            is_terminated=is_terminated,
        )
        yield place, _remark(place)


def _remark(place: Place) -> Remark | None:
    return _TERMINATED if place.is_terminated else _BY_PRECISION.get(place.precision)


def _lost(lost: Sequence[tuple[str, str]], postcodes: Postcodes) -> Iterator[Found]:
    """Say why each postcode that was not found was not."""
    districts = [_district(text) for text, _ in lost]
    is_known = postcodes.find_many(districts)["fault"].isna()
    for (_, fault), known in zip(lost, is_known, strict=True):
        if fault == PostcodeFault.MALFORMED:
            yield None, _MALFORMED
        else:
            yield None, _SLIP if known else _OUTSIDE


def _district(text: str) -> str:
    for kind in (Postcode, SectorCode):
        try:
            return kind.parse(text).outward
        except InvalidValueError:
            continue
    return ""
