"""Counts of cohorts by one dimension, from tables that are divided by one or by several."""

from typing import Any, Final

import pandas as pd

Counts = dict[Any, float | None]
"""Key of a cohort (first and last age, or a word) to people; None where withheld."""

DIMENSIONS: Final = ("age", "sex", "ethnicity")


def counts_by(rows: pd.DataFrame, dimension: str) -> Counts:
    """Count people by one dimension.

    A table that is divided by that dimension alone is taken as it is. Else one that is divided by
    others too is added up over them, the one with the fewest; but only where each cohort is
    divided into the same parts, so that a part which the publisher left out is not taken for
    nobody. A cohort with a withheld part is withheld.

    Parameters
    ----------
    rows : `age_from` and `age_to` (missing where open), `sex`, `ethnicity` (empty where not
        divided by) and `count` (missing where withheld), of one place and period.
    dimension : one of `DIMENSIONS`.
    """
    divided = pd.DataFrame(
        {
            "age": rows["age_from"].notna(),
            "sex": rows["sex"] != "",
            "ethnicity": rows["ethnicity"] != "",
        }
    )
    mine = divided[divided[dimension]]
    if mine.empty:
        return {}
    fewest = min(map(tuple, mine.to_numpy(bool).tolist()), key=sum)
    chosen = rows[(divided == list(fewest)).all(axis=1)].to_dict("records")
    parts: dict[Any, dict[Any, float | None]] = {}
    for row in chosen:
        others = tuple(_key(row, each) for each in DIMENSIONS if each != dimension)
        count = None if pd.isna(row["count"]) else float(row["count"])
        parts.setdefault(_key(row, dimension), {})[others] = count
    if len({frozenset(each) for each in parts.values()}) > 1:
        return {}
    return {key: _total(list(each.values())) for key, each in parts.items()}


def _key(row: dict[Any, Any], dimension: str) -> Any:  # noqa: ANN401  (ages or a word)
    if dimension != "age":
        return row[dimension]
    if pd.isna(row["age_from"]):
        return None
    return int(row["age_from"]), None if pd.isna(row["age_to"]) else int(row["age_to"])


def _total(counts: list[float | None]) -> float | None:
    known = [each for each in counts if each is not None]
    return sum(known) if len(known) == len(counts) else None
