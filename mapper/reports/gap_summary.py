"""A gap report in a few sentences, from what was published."""

from collections.abc import Mapping

from mapper.domain.counted import counted
from mapper.reports.published import Cell, PublishedTable
from mapper.reports.wording import listed

Row = Mapping[str, Cell]
_MOST_NAMED = 3


def summary_sentences(
    lad_name: str,
    own: Row,
    areas: PublishedTable,
    authorities: PublishedTable,
    *,
    unit: str = "sessions",
) -> tuple[str, ...]:
    """Sum a report up: need, provision, where nobody is, and how sure that is.

    Parameters
    ----------
    lad_name : of the authority.
    own : its row among the authorities.
    areas : its LSOAs by rank.
    authorities : all of them, to compare with.
    unit : of engagement.
    """
    rows = [row for row in areas.records() if not row["gap_class"].is_withheld]
    gaps = [row for row in rows if row["gap_class"].value == "high need, low provision"]
    not_shown = len(areas.rows) - len(rows)
    said = [_need(lad_name, own, authorities), _provision(lad_name, own, unit)]
    if not_shown:
        said.append(
            f"The figures of {counted(not_shown, 'small area')} are not shown, because numbers "
            "are small; what follows is about the others."
        )
    is_compared = any(row["gap_class"].value for row in rows)
    if rows and not is_compared:
        said.append("How wide the gap is cannot be said: there is nothing to compare areas by.")
    elif rows:
        said.append(_gap(lad_name, gaps, len(rows)))
    if own["activities"].value and any(not row["share_gap_class"].is_withheld for row in rows):
        said.append(_sureness(rows))
    return tuple(said)


def _need(lad_name: str, own: Row, authorities: PublishedTable) -> str:
    if own["violence_count"].is_withheld:
        return f"Recorded violence in {lad_name} is not shown, because the numbers are small."
    rates = [row["eb_rate_per_1000"].value for row in authorities.records()]
    mine = own["eb_rate_per_1000"].value
    known = sorted((r for r in rates if isinstance(r, int | float)), reverse=True)
    place = known.index(mine) + 1 if mine in known else 0
    ranked = f", number {place} of {len(known)} authorities" if place else ""
    return (
        f"{own['violence_count'].text} incidents of violence were recorded in {lad_name} in the "
        f"months analysed: {own['crude_rate_per_1000'].text} for every 1,000 residents a "
        f"year{ranked}. "
        f"{_count(own['areas_affected'], 'small area is', 'small areas are')} marked as affected "
        "by violence."
    )


def _provision(lad_name: str, own: Row, unit: str) -> str:
    if not own["activities"].value:
        return (
            f"No activity is registered that reaches {lad_name} in this period. That is not the "
            "same as nobody working there."
        )
    return (
        f"{_count(own['activities'], 'registered activity reaches', 'registered activities reach')}"
        f" {lad_name}: {own['coverage_per_1000'].text} {unit} for every 1,000 residents in the "
        "period."
    )


def _gap(lad_name: str, gaps: list[dict[str, Cell]], compared: int) -> str:
    if not gaps:
        return (
            f"None of the {compared} small areas is in the highest third by need and the lowest "
            "third by provision."
        )
    names = listed([_known_name(row) for row in gaps[:_MOST_NAMED]])
    widest = "It is" if len(gaps) == 1 else "The widest gaps are in"
    return (
        f"{counted(len(gaps), 'small area')} of {compared} in {lad_name} "
        f"{'is' if len(gaps) == 1 else 'are'} in the highest third by need and the lowest third "
        f"by provision. {widest} {names}."
    )


def _known_name(row: Row) -> str:
    """A small area's name with its ward, by which people know it."""
    ward = row["ward_name"].value if "ward_name" in row else None
    return f"{row['area_name'].text} ({ward})" if ward else row["area_name"].text


def _sureness(rows: list[dict[str, Cell]]) -> str:
    clear = [row for row in rows if row["share_gap_class"].value == "under-engaged"]
    return (
        f"{counted(len(clear), 'small area has', 'small areas have')} a smaller share of "
        "engagement than of violence by more than chance would explain (95% interval)."
    )


def _count(cell: Cell, one: str, many: str) -> str:
    return (
        counted(int(cell.value), one, many)
        if isinstance(cell.value, int)
        else f"{cell.text} {many}"
    )
