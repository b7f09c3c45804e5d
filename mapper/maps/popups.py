"""What the box of an area says when it is opened, as data for our own script.

No text of a source or owner passes through here: only names of columns and our own headings.
The script reads the values from the GeoJSON and puts them on the page as text.
"""

from dataclasses import dataclass

from mapper.reports.published import PublishedAreas

ORDER = (
    "ward_name",
    "lad_name",
    "rank",
    "gap_class",
    "gap_score",
    "eb_rate_per_1000",
    "coverage_per_1000",
    "violence_count",
    "population",
)
"""The columns an area's box shows where the table has them, in order of reading."""


@dataclass(frozen=True, slots=True)
class PopupRow:
    """One line of an area's box.

    Parameters
    ----------
    column : of the published table.
    heading : for people.
    """

    column: str
    heading: str


def area_rows(areas: PublishedAreas) -> tuple[PopupRow, ...]:
    """Choose the lines of an area's box from the columns published.

    Parameters
    ----------
    areas : the areas drawn.
    """
    headings = {column.name: column.heading for column in areas.table.columns}
    return tuple(PopupRow(name, headings[name]) for name in ORDER if name in headings)
