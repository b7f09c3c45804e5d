"""Look-ups between areas, as ONS and the House of Commons Library publish them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mapper.domain.lookup import AreaLink, Change, LinkTo
from mapper.errors import SourceError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.areas.hips_rows import HipsRows, checked_code
from mapper.ingest.cells.values import tidy
from mapper.ingest.columns.ons_headings import OnsHeading, code_columns, name_column
from mapper.ingest.faults.issues import IssueLog, WhoCanFix, shown
from mapper.ingest.files.heading_spelling import plain_heading
from mapper.ingest.files.rows import Row, Table
from mapper.ingest.records.provenance import under_ogl

PROVENANCE: Final = under_ogl("look-up of areas", "Office for National Statistics")

_CHANGE: Final = frozenset({"chgind", "chngind", "changeindicator"})
_EVERYDAY_NAME: Final = re.compile(r"MSOA(\d\d)?HCLNM", re.IGNORECASE)
_KINDS: Final = {"ward": LinkTo.WARD, "lad": LinkTo.LAD, "csp": LinkTo.CSP, "pfa": LinkTo.PFA}


@dataclass(frozen=True, slots=True)
class _Target:
    """One thing that each row of a look-up leads to: where its code, name and change stand."""

    kind: LinkTo
    code: OnsHeading | None
    name: int | None
    change: int | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """What a look-up is from, and what it leads to.

    Parameters
    ----------
    own : the column that names the area of a row.
    targets : what each row leads to.
    """

    own: OnsHeading
    targets: tuple[_Target, ...]


def link_shape(headings: Sequence[str]) -> Shape | None:
    """Recognise a look-up between areas by its headings, of any year.

    Parameters
    ----------
    headings : of a table.

    Returns
    -------
    None where they are not those of a look-up that mapper uses.
    """
    lsoas, classes = code_columns(headings, "lsoa"), code_columns(headings, "ruc")
    change = next((i for i, each in enumerate(headings) if plain_heading(each) in _CHANGE), None)
    if len(lsoas) == 2 and change is not None:  # noqa: PLR2004  (from one vintage to the next)
        later = lsoas[1]
        target = _Target(LinkTo.LSOA, later, name_column(headings, later), change)
        return Shape(lsoas[0], (target,))
    if len(lsoas) == 1 and classes:
        target = _Target(LinkTo.RURAL_URBAN, classes[-1], name_column(headings, classes[-1]))
        return Shape(lsoas[0], (target,)) if target.name is not None else None
    if len(lsoas) == 1 and code_columns(headings, "ward"):
        return Shape(lsoas[0], _targets(headings, ("ward", "lad")))
    return _msoa_names(headings) or _partnerships(headings)


def _targets(headings: Sequence[str], levels: tuple[str, ...]) -> tuple[_Target, ...]:
    columns = [code_columns(headings, level) for level in levels]
    return tuple(
        _Target(_KINDS[each[-1].level], each[-1], name_column(headings, each[-1]))
        for each in columns
        if each
    )


def _msoa_names(headings: Sequence[str]) -> Shape | None:
    names = [i for i, each in enumerate(headings) if _EVERYDAY_NAME.fullmatch(each.strip())]
    msoas = code_columns(headings, "msoa")
    return Shape(msoas[-1], (_Target(LinkTo.NAME, None, names[0]),)) if names and msoas else None


def _partnerships(headings: Sequence[str]) -> Shape | None:
    lads, targets = code_columns(headings, "lad"), _targets(headings, ("csp", "pfa"))
    return Shape(lads[-1], targets) if lads and targets else None


def area_links(
    table: Table, shape: Shape, ground: Ground, log: IssueLog
) -> list[tuple[int, AreaLink]]:
    """Read the rows of a look-up that are about HIPS.

    Parameters
    ----------
    table : the look-up.
    shape : as `link_shape` recognised it.
    ground : the areas known.
    log : told of each fault; a row with one is left out as a whole.

    Raises
    ------
    SourceError
        When it cannot be told which rows are about HIPS, or a heading names no year.
    """
    _require_year(table, shape)
    links: dict[tuple[str, ...], tuple[int, AreaLink]] = {}
    for row, code in HipsRows.of(table, shape.own, ground).inside(log):
        found = list(_links_of(table, row, code, shape=shape, log=log))
        if len(found) < len(shape.targets):
            continue
        for link in found:
            key = _key(link)
            if key in links:
                _file_twice(row, code, links[key][0], log)
            else:
                links[key] = (row.line, link)
    return list(links.values())


def _key(link: AreaLink) -> tuple[str, ...]:
    """Only from one vintage to another may an area be linked to several."""
    several = link.to_code if link.to is LinkTo.LSOA else ""
    return (link.from_code, link.to.value, several)


def _require_year(table: Table, shape: Shape) -> None:
    if not shape.own.vintage:
        raise SourceError(
            f"{table.source_name} does not say of which year the areas in "
            f"{shown(table.headings[shape.own.column])} are.",
            expected="The year in the heading, such as LSOA21CD.",
            action="Rename the heading.",
        )


def _links_of(
    table: Table, row: Row, code: str, *, shape: Shape, log: IssueLog
) -> Iterator[AreaLink]:
    for target in shape.targets:
        to_code = checked_code(table, row, target.code, log) if target.code else ""
        name = tidy(row.cells[target.name]) if target.name is not None else ""
        change = _change(table, row, target, log)
        is_named = bool(name) or target.kind is not LinkTo.NAME
        if not is_named:
            log.add(row.line, "There is no name, so the row was not saved.", value=code)
        if (to_code or not target.code) and change is not None and is_named:
            yield AreaLink(
                from_level=shape.own.level,
                from_vintage=shape.own.vintage,
                from_code=code,
                to=target.kind,
                to_vintage=target.code.vintage if target.code else "",
                to_code=to_code,
                to_name=name,
                change=change,
            )


def _change(table: Table, row: Row, target: _Target, log: IssueLog) -> Change | None:
    if target.change is None:
        return Change.NONE
    word = tidy(row.cells[target.change]).upper()
    if word and word in {change.value for change in Change}:
        return Change(word)
    log.add(
        row.line,
        "The change indicator is not U (unchanged), S (split), M (merged) or X (irregular), so the "
        "row was not saved.",
        column=table.headings[target.change].strip(),
        value=word,
        who_can_fix=WhoCanFix.ANALYST,
    )
    return None


def _file_twice(row: Row, code: str, first: int, log: IssueLog) -> None:
    log.add(
        row.line,
        f"The area stands twice, first on line {first}: the first was kept.",
        value=code,
        who_can_fix=WhoCanFix.ANALYST,
        kind="twice",
    )
