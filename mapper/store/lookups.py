"""Look-ups between areas, and what they settle about the areas that are loaded."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from mapper.domain.area import AreaType
from mapper.domain.lookup import AreaLink, Change, LinkTo
from mapper.store.areas import link_areas, loaded_layers
from mapper.store.counts import SaveCounts
from mapper.store.models import AreaLinkRow, AreaRow
from mapper.store.renewal import Row, Scope, renew_rows

_SETTLES = {
    LinkTo.RURAL_URBAN: "is_urban",
    LinkTo.WARD: "ward_code",
    LinkTo.LAD: "lad_code",
    LinkTo.NAME: "name",
}
"""The column of an area that each kind of look-up settles."""


def save_links(session: Session, source_id: int, links: Sequence[AreaLink]) -> SaveCounts:
    """Keep the lines of a look-up, and let them settle the areas that are loaded.

    Parameters
    ----------
    source_id : of the source they come from.
    links : of one file. For each area they name, they replace what an earlier file linked it
        to in the same layer.
    """
    rows = [_row(link) for link in links]
    spoken_of = {_question(row) for row in rows}
    layers = {(row["from_level"], row["to_kind"]) for row in rows}
    scope = Scope(
        within=(
            AreaLinkRow.from_level.in_(sorted({level for level, _ in layers})),
            AreaLinkRow.to_kind.in_(sorted({kind for _, kind in layers})),
        ),
        is_answered=lambda row: _question(row) in spoken_of,
    )
    counts = renew_rows(session, AreaLinkRow, source_id, rows, scope=scope)
    settle_areas(session)
    return counts


def _row(link: AreaLink) -> Row:
    return {
        "from_level": link.from_level,
        "from_vintage": link.from_vintage,
        "from_code": link.from_code,
        "to_kind": link.to.value,
        "to_vintage": link.to_vintage,
        "to_code": link.to_code,
        "to_name": link.to_name,
        "change": link.change.value,
    }


def _question(row: Row) -> tuple[str, ...]:
    """What a line answers: what an area is linked to in one layer."""
    names = ("from_level", "from_vintage", "from_code", "to_kind", "to_vintage")
    return tuple(row[name] for name in names)


def settle_areas(session: Session) -> None:
    """Let the look-ups settle what the areas loaded are called, belong to, and are: urban or not.

    Called after a look-up was loaded and after areas were, so that either may come first. A
    ward is settled only where it is among the newest wards loaded: ONS gives a ward whose
    boundary changes a new code, so a code that lasts means the same ground.
    """
    layers = loaded_layers(session)
    for level, vintage in layers:
        found = _settled(session, level, vintage)
        if "ward_code" in found:
            wards = _newest_wards(session, layers)
            found["ward_code"] = found["ward_code"].where(found["ward_code"].isin(wards))
        _set_what_differs(session, (level, vintage), found)


def _settled(session: Session, level: AreaType, vintage: str) -> pd.DataFrame:
    """What the look-ups say of the areas of a layer: a column each, the latest vintage's."""
    query = (
        select(AreaLinkRow)
        .where(AreaLinkRow.from_level == level, AreaLinkRow.from_vintage == vintage)
        .where(AreaLinkRow.to_kind.in_([kind.value for kind in _SETTLES]))
        .order_by(AreaLinkRow.to_vintage)
    )
    found: dict[str, dict[str, object]] = {}
    for row in session.scalars(query):
        kind = LinkTo(row.to_kind)
        found.setdefault(_SETTLES[kind], {})[row.from_code] = _value(kind, row)
    return pd.DataFrame({column: pd.Series(by_code) for column, by_code in found.items()})


def _value(kind: LinkTo, row: AreaLinkRow) -> object:
    if kind is LinkTo.RURAL_URBAN:
        return _link(row).is_urban
    return row.to_name if kind is LinkTo.NAME else row.to_code


def _link(row: AreaLinkRow) -> AreaLink:
    return AreaLink(
        from_level=row.from_level,
        from_vintage=row.from_vintage,
        from_code=row.from_code,
        to=LinkTo(row.to_kind),
        to_vintage=row.to_vintage,
        to_code=row.to_code,
        to_name=row.to_name,
        change=Change(row.change),
    )


def _newest_wards(session: Session, layers: Sequence[tuple[AreaType, str]]) -> set[str]:
    newest = max((vintage for level, vintage in layers if level is AreaType.WARD), default="")
    query = select(AreaRow.code).where(AreaRow.level == AreaType.WARD, AreaRow.vintage == newest)
    return set(session.scalars(query))


def _set_what_differs(session: Session, layer: tuple[AreaType, str], found: pd.DataFrame) -> None:
    level, vintage = layer
    for column in found.columns:
        own = getattr(AreaRow, column)
        query = select(AreaRow.code, own).where(AreaRow.level == level, AreaRow.vintage == vintage)
        present = pd.Series(dict(session.execute(query).all()), dtype=object)
        wanted = found[column].reindex(present.index).dropna()
        differing = wanted[wanted != present.reindex(wanted.index)]
        link_areas(session, layer, differing.to_frame())


def lsoa_changes(session: Session) -> pd.DataFrame:
    """Read how LSOAs of one vintage became those of another, seen from either side.

    Returns
    -------
    Columns `from_code`, `to_code`, `change` (see `Change`); no rows until an exact-fit
    look-up is loaded.
    """
    query = select(AreaLinkRow.from_code, AreaLinkRow.to_code, AreaLinkRow.change).where(
        AreaLinkRow.from_level == AreaType.LSOA, AreaLinkRow.to_kind == LinkTo.LSOA
    )
    rows = session.execute(query.order_by(AreaLinkRow.from_code, AreaLinkRow.to_code)).all()
    there = [(old, new, change) for old, new, change in rows]
    back = [(new, old, Change(change).backwards.value) for old, new, change in rows]
    return pd.DataFrame([*there, *back], columns=["from_code", "to_code", "change"])


def linked_lsoas(session: Session) -> dict[str, frozenset[str]]:
    """Collect the LSOAs of HIPS that exact-fit look-ups name, by vintage."""
    query = select(
        AreaLinkRow.from_vintage,
        AreaLinkRow.from_code,
        AreaLinkRow.to_vintage,
        AreaLinkRow.to_code,
    ).where(AreaLinkRow.from_level == AreaType.LSOA, AreaLinkRow.to_kind == LinkTo.LSOA)
    found: dict[str, set[str]] = {}
    for from_vintage, from_code, to_vintage, to_code in session.execute(query):
        found.setdefault(from_vintage, set()).add(from_code)
        found.setdefault(to_vintage, set()).add(to_code)
    return {vintage: frozenset(codes) for vintage, codes in found.items()}


def partnerships(session: Session, lad_code: str) -> dict[LinkTo, tuple[str, str]]:
    """Find the community safety partnership and police force area of a district.

    Returns
    -------
    Name and year by kind; those of the latest look-up loaded, empty where there is none.
    """
    query = (
        select(AreaLinkRow.to_kind, AreaLinkRow.to_name, AreaLinkRow.to_vintage)
        .where(AreaLinkRow.from_level == AreaType.LAD, AreaLinkRow.from_code == lad_code)
        .where(AreaLinkRow.to_kind.in_([LinkTo.CSP.value, LinkTo.PFA.value]))
        .order_by(AreaLinkRow.to_vintage)
    )
    return {LinkTo(kind): (name, year) for kind, name, year in session.execute(query)}
