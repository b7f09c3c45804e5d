"""Which columns of a boundary file hold the code, the name and the district of an area."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from mapper.domain.area import AreaType
from mapper.domain.said_how import BY_VINTAGE
from mapper.errors import BoundaryError

_LEVEL_BY_STEM: Final = {
    "OA": AreaType.OA,
    "LSOA": AreaType.LSOA,
    "MSOA": AreaType.MSOA,
    "WD": AreaType.WARD,
    "LAD": AreaType.LAD,
}
_CODE_COLUMN: Final = re.compile(r"(OA|LSOA|MSOA|WD|LAD)(\d{2})CD", re.IGNORECASE)
_DISTRICT_COLUMN: Final = re.compile(r"LAD(\d{2}|_)CD", re.IGNORECASE)
_SHORTEST_YEAR: Final = 4


@dataclass(frozen=True, slots=True)
class BoundaryColumns:
    """The columns of one file, and what they say of its level and vintage."""

    level: AreaType
    vintage: str
    code: str
    name: str | None
    lad_code: str | None


def recognise_columns(
    columns: Iterable[str], level: AreaType | None = None, vintage: str | None = None
) -> BoundaryColumns:
    """Recognise ONS columns such as LSOA21CD, WD25NM and LAD_CD, of any year.

    Where a file holds codes of several levels, it is of the smallest: a ward file also names
    the districts of its wards.

    Parameters
    ----------
    columns : the names of the file's columns.
    level : the level to take, where the file's own is not wanted.
    vintage : the vintage to record, and the column to prefer where a level has two.

    Raises
    ------
    BoundaryError
        If no column holds codes of the level, or two do and the vintage does not choose.
    """
    names = list(columns)
    by_level: dict[AreaType, list[tuple[str, str]]] = {kind: [] for kind in AreaType}
    for name in names:
        if match := _CODE_COLUMN.fullmatch(name):
            by_level[_LEVEL_BY_STEM[match[1].upper()]].append((f"20{match[2]}", name))
    chosen = level or next((kind for kind in AreaType if by_level[kind]), None)
    if chosen is None or not by_level[chosen]:
        raise _no_code_column(names, level)
    year, code = _one_of(by_level[chosen], vintage)
    districts = sorted(name for name in names if _DISTRICT_COLUMN.fullmatch(name))
    lad_code = code if chosen is AreaType.LAD else (districts[-1] if districts else None)
    return BoundaryColumns(chosen, vintage or year, code, _name_column(code, names), lad_code)


def _one_of(found: list[tuple[str, str]], vintage: str | None) -> tuple[str, str]:
    wanted = [pair for pair in found if vintage and vintage[:_SHORTEST_YEAR] == pair[0]]
    if len(found) == 1 or len(wanted) == 1:
        return (wanted or found)[0]
    raise BoundaryError(
        f"The file has codes of several vintages: {', '.join(name for _, name in found)}.",
        expected="One vintage was expected.",
        action=f"Choose one {BY_VINTAGE} {found[0][0]}.",
    )


def _name_column(code: str, names: list[str]) -> str | None:
    wanted = f"{code[:-2]}NM".upper()
    return next((name for name in names if name.upper() == wanted), None)


def _no_code_column(names: list[str], level: AreaType | None) -> BoundaryError:
    what = f"{level.value} codes" if level else "area codes"
    return BoundaryError(
        f"No column holds {what}; the columns are: {', '.join(names) or 'none'}.",
        expected="A column named as ONS names it was expected, such as LSOA21CD or WD25CD.",
        action="Rename the column that holds the codes, or download the file from ONS again.",
    )
