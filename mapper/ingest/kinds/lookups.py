"""Files of look-ups, told by their headings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from mapper.domain.lookup import AreaLink, LinkTo
from mapper.errors import SourceError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.columns.heading_row import note_unused, table_under
from mapper.ingest.faults.issues import IssueLog, shown
from mapper.ingest.files.rows import Row, Table
from mapper.ingest.files.source import SourceFile
from mapper.ingest.files.table import read_sheets
from mapper.ingest.formats import ons_links, onspd
from mapper.ingest.privacy.persons import refuse_person_columns
from mapper.ingest.records.parsed import Parsed

_LINES_ABOVE: Final = 15
_SHOWN_HEADINGS: Final = 20


def read_lookups(source: SourceFile, ground: Ground, log: IssueLog) -> Parsed[Any]:
    """Read a look-up: between areas, to a class or a name, or from postcodes to areas.

    Parameters
    ----------
    source : CSV, XLSX or Parquet, with headings as ONS words them: LSOA 2011 to LSOA 2021 with
        the change indicator, LSOA to ward and district, LSOA to rural-urban class, MSOA to
        the names of the House of Commons Library, district to community safety partnership
        and police force area, or an extract of the ONS Postcode Directory.
    ground : the areas known.
    log : told of each fault.

    Returns
    -------
    Links between areas, or postcodes with their areas.

    Raises
    ------
    SourceError
        When the headings are those of no look-up, or nothing in it is about HIPS.
    """
    sheets = read_sheets(source, log)
    for rows in _beginnings([sheet.rows for sheet in sheets]):
        headings = rows[0].cells
        if columns := onspd.postcode_columns(headings):
            table = _table(rows, columns, source.name, log)
            return _parsed(onspd.postcode_areas(table, log), table, onspd.PROVENANCE)
        if shape := ons_links.link_shape(headings):
            table = _table(rows, {}, source.name, log)
            links = ons_links.area_links(table, shape, ground, log)
            return _parsed(links, table, ons_links.PROVENANCE)
    first = next((sheet.rows[0] for sheet in sheets if sheet.rows), Row(1, ()))
    listed = ", ".join(shown(each.strip()) for each in first.cells[:_SHOWN_HEADINGS])
    raise SourceError(
        f"{source.name} is no look-up that mapper knows. Its headings are: {listed or 'none'}.",
        expected="Headings as ONS words them: LSOA11CD, LSOA21CD and CHGIND; LSOA21CD and WD24CD; "
        "LSOA21CD, RUC21CD and RUC21NM; MSOA21CD and MSOAHCLNM; LAD24CD and CSP24CD; or pcds, "
        "oseast1m, osnrth1m and lad25cd.",
        action="Spell the headings so, or choose another kind of file.",
    )


def lsoas_named(links: Iterable[Any]) -> dict[str, frozenset[str]]:
    """Collect the LSOAs that the lines of an exact-fit look-up name, by vintage.

    Parameters
    ----------
    links : of a look-up of any kind, or its postcodes: from others there is nothing to learn.
    """
    found: dict[str, set[str]] = {}
    for link in links:
        if isinstance(link, AreaLink) and link.to is LinkTo.LSOA:
            found.setdefault(link.from_vintage, set()).add(link.from_code)
            found.setdefault(link.to_vintage, set()).add(link.to_code)
    return {vintage: frozenset(codes) for vintage, codes in found.items()}


def with_more(
    known: Mapping[str, frozenset[str]], more: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    """Put codes by vintage together.

    Parameters
    ----------
    known, more : vintage to codes.
    """
    none = frozenset[str]()
    return {each: known.get(each, none) | more.get(each, none) for each in {*known, *more}}


def _beginnings(sheets: list[Sequence[Row]]) -> Iterator[Sequence[Row]]:
    """Each sheet from each of its first lines on: a title may stand above the headings."""
    for rows in sheets:
        for above in range(min(len(rows), _LINES_ABOVE)):
            yield rows[above:]


def _table(rows: Sequence[Row], columns: dict[str, int], name: str, log: IssueLog) -> Table:
    table = table_under(rows, columns, name, log)
    refuse_person_columns(table.headings, name, is_counts_only=False)
    if columns:
        note_unused(table, log)
    return table


def _parsed(records: list[tuple[int, Any]], table: Table, provenance: Any) -> Parsed[Any]:  # noqa: ANN401  (links or postcodes)
    return Parsed(tuple(records), len(table.rows), provenance)
