"""What has passed the gate: the only types that maps, pages, exports and the API accept.

Only `mapper.reports.publish` makes these. Whatever an audience may not see is not in them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shapely.geometry.base import BaseGeometry

from mapper.domain.disclosure import Audience


@dataclass(frozen=True, slots=True)
class Cell:
    """One publishable value.

    Parameters
    ----------
    value : for machines; None when withheld or not known.
    text : for people, such as ``12.3``, ``fewer than 5`` or ``not known``.
    is_withheld : True when a value exists and this audience may not see it.
    organisations : numbers and names of the organisations that the text names, in order; pages
        lead from each to its own page.
    """

    value: float | int | str | None
    text: str
    is_withheld: bool = False
    organisations: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of cells means.

    Parameters
    ----------
    name : for machines, in snake case with its unit as suffix.
    heading : for people.
    meaning : one sentence: what the figure means and its unit.
    is_number : whether to align it right and let it be sorted as a number.
    """

    name: str
    heading: str
    meaning: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class SourceCredit:
    """Where figures come from, as it must be shown beside them.

    Parameters
    ----------
    name : of the file or product.
    publisher, licence, period, attribution : as recorded when it was loaded; may be empty.
    loaded_at : when it was loaded, as a date in words.
    """

    name: str
    publisher: str
    licence: str
    period: str
    attribution: str
    loaded_at: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """What every published figure says of where it comes from.

    Parameters
    ----------
    run_id, run_name : of the analysis run; 0 and empty for figures that need none.
    period : in words.
    notes : sentences a reader must know, such as months left out or boundaries being approximate.
    boundaries : kind and vintage of the areas, in words.
    population : name and year of the denominator.
    made_at : when the run was made.
    sources : credits to show.
    versions : software versions of the run, as ``name version``.
    is_synthetic : True when the figures rest on invented data.
    """

    run_id: int
    run_name: str
    period: str
    notes: tuple[str, ...]
    boundaries: str
    population: str
    made_at: datetime
    sources: tuple[SourceCredit, ...]
    versions: tuple[str, ...]
    is_synthetic: bool


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """Rows of cells under named columns, for one audience.

    Parameters
    ----------
    title : plain words.
    columns : in order of reading; the first names the row.
    rows : each as long as `columns`.
    """

    audience: Audience
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    provenance: Provenance

    def records(self) -> list[dict[str, Cell]]:
        """The rows as dictionaries from column name to cell."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class PublishedAreas:
    """A table of areas with their outlines.

    Parameters
    ----------
    table : has the columns `area_code` and `area_name`, and the figures.
    outlines : area code to polygon, WGS 84, simplified for drawing.
    """

    table: PublishedTable
    outlines: Mapping[str, BaseGeometry]


@dataclass(frozen=True, slots=True)
class PublishedPlace:
    """One point to draw, no more exact than its visibility allows.

    Parameters
    ----------
    longitude, latitude : WGS 84, rounded to what is shown.
    name : of the organisation or activity, as its source or owner wrote it: untrusted text.
    kind : such as ``library`` or ``workshop or talk``.
    details : heading to value, in order of reading: untrusted text.
    exactness : in words, such as ``exact``, ``ward`` or ``local authority``.
    """

    longitude: float
    latitude: float
    name: str
    kind: str
    details: Mapping[str, str]
    exactness: str


@dataclass(frozen=True, slots=True)
class PublishedPlaces:
    """Points of one sort, for one audience.

    Parameters
    ----------
    title : of the layer, such as ``Organisations``.
    places : those that may be drawn.
    not_drawn : how many more there are that may not be drawn or have no place.
    """

    audience: Audience
    title: str
    places: tuple[PublishedPlace, ...]
    not_drawn: int
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class PublishedMap:
    """Everything the engagement map draws, for one audience.

    Parameters
    ----------
    areas : LSOAs with at least the columns `area_code`, `area_name`, `lad_name`,
        `eb_rate_per_1000` (need), `need_class`, `coverage_per_1000` (provision),
        `provision_class`, `gap_class`, `gap_score`.
    outlines : local authorities, drawn as the base map.
    """

    areas: PublishedAreas
    outlines: PublishedAreas
    organisations: PublishedPlaces
    activities: PublishedPlaces
