"""Which areas a needs assessment's own lists flag: those they name, and those within them."""

from __future__ import annotations

import pandas as pd

_PARENTS = ("area_code", "msoa_code", "ward_code", "lad_code")
_WITHIN = {
    "lsoa": "in {}",
    "msoa": "in the middle-sized area {}",
    "ward": "in {} ward",
    "lad": "in {}",
}


def priority_words(priorities: pd.DataFrame, areas: pd.DataFrame) -> dict[str, str]:
    """Say of every area on a priority list, or within one that is, which list and by what.

    Parameters
    ----------
    priorities : the areas listed: area_code, area_name, level, rank (NaN without order) and
        name, of the list.
    areas : by area_code; any of msoa_code, ward_code and lad_code, empty where not known.

    Returns
    -------
    Words by area_code, for those flagged only; an area flagged twice has both, joined by ' and '.
    """
    frame = pd.DataFrame({"area_code": areas.index.astype(str)}, index=areas.index)
    around = frame.assign(**{each: areas[each] for each in _PARENTS if each in areas})
    words: dict[str, list[str]] = {}
    for row in priorities.itertuples(index=False):
        for column in around:
            for code in around.index[around[column] == row.area_code]:
                words.setdefault(str(code), []).append(_words(row, is_itself=code == row.area_code))
    return {code: " and ".join(dict.fromkeys(said)) for code, said in words.items()}


def unknown_priorities(priorities: pd.DataFrame, areas: pd.DataFrame) -> list[str]:
    """Name the listed areas that are none of the areas compared and hold none of them.

    Parameters
    ----------
    priorities, areas : as for `priority_words`.
    """
    known = set(areas.index.astype(str))
    for column in _PARENTS[1:]:
        known |= set(areas[column].astype(str)) if column in areas else set()
    rows = priorities[~priorities["area_code"].isin(known)]
    return sorted(
        f"{name} ({code})" for name, code in zip(rows["area_name"], rows["area_code"], strict=True)
    )


def _words(row: object, *, is_itself: bool) -> str:
    name, level, listed, rank = (
        getattr(row, each) for each in ("area_name", "level", "name", "rank")
    )
    where = "" if is_itself else f"{_WITHIN[level].format(name)}, "
    place = "" if pd.isna(rank) else f" as number {rank:.0f}"
    return f"{where}on the needs assessment's priority list ({listed}){place}"
