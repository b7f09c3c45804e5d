"""Time the geocoding of a million postcodes against a pandas clean and merge.

Run with `python bench/geocode.py`. Both start from the same million postcodes, in mixed case
and spacing, and end with the same columns of the same shipped table on each row; the results
must be equal before a ratio is printed. Two ways to clean are timed: the usual one, which
takes out any white space by a regular expression, and the fastest that gives the same answer
here, which takes out the space character alone and would miss a tab.
"""

from __future__ import annotations

import resource
import statistics
import time
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from mapper.geography.postcode_directory import SHIPPED, PostcodeDirectory

if TYPE_CHECKING:
    from collections.abc import Callable

POSTCODES = 1_000_000
OUR_ROUNDS = 9
THEIR_ROUNDS = 5
COLUMNS = [
    "easting_m",
    "northing_m",
    "lsoa11_code",
    "msoa11_code",
    "ward_code",
    "lad_code",
    "is_terminated",
]
# Each writes postcodes (without spaces, in capitals) in its own way.
WAYS: list[Callable[[pd.Series[str]], pd.Series[str]]] = [
    lambda codes: codes,
    lambda codes: codes.str[:-3] + " " + codes.str[-3:],
    lambda codes: (codes.str[:-3] + " " + codes.str[-3:]).str.lower(),
    lambda codes: " " + codes.str.lower() + " ",
    lambda codes: codes.str[:-3] + "  " + codes.str[-3:],
    lambda codes: codes.str[:2] + " " + codes.str[2:-3] + " " + codes.str[-3:].str.lower() + " ",
]


def main() -> None:
    """Print the medians, the ratios and the peak memory."""
    for name, figure in measure().items():
        print(f"{name:45} {figure:10.3f}")


def measure(count: int = POSTCODES) -> dict[str, float]:
    """Time both on the same postcodes, and check that they agree.

    Parameters
    ----------
    count : how many postcodes.

    Returns
    -------
    Seconds, ratios and megabytes by what they measure.
    """
    table = pd.read_parquet(SHIPPED, columns=["postcode", *COLUMNS])
    texts = mixed_postcodes(table["postcode"], count)
    started = time.perf_counter()
    directory = PostcodeDirectory.load()
    directory.find_many(texts.iloc[:1])
    loaded = time.perf_counter() - started
    before_mb = peak_memory_mb()
    ours = median_seconds(lambda: directory.find_many(texts), OUR_ROUNDS)
    peak_mb = peak_memory_mb()
    theirs = median_seconds(lambda: merge_usual(texts, table), THEIR_ROUNDS)
    fastest = median_seconds(lambda: merge_fastest(texts, table), THEIR_ROUNDS)
    require_equal(directory.find_many(texts), merge_usual(texts, table))
    return {
        "load the directory, once (s)": loaded,
        "mapper: find_many (s)": ours,
        "pandas: clean by expression, merge (s)": theirs,
        "pandas: clean of the space alone, merge (s)": fastest,
        "ratio to pandas": theirs / ours,
        "ratio to the fastest pandas": fastest / ours,
        "peak memory before find_many (MB)": before_mb,
        "peak memory after find_many (MB)": peak_mb,
    }


def mixed_postcodes(postcodes: pd.Series[str], count: int, seed: int = 1) -> pd.Series[str]:
    """Draw postcodes with replacement, and write them in six ways.

    Parameters
    ----------
    postcodes : postcodes without spaces.
    count : how many to draw.
    seed : of the random draw.

    Returns
    -------
    The postcodes in capitals, small letters or both, with none to four spaces.
    """
    drawn = pd.Series(np.random.default_rng(seed).choice(postcodes.to_numpy(), count), dtype="str")
    written = [write(drawn.iloc[at :: len(WAYS)]) for at, write in enumerate(WAYS)]
    return pd.concat(written).sort_index()


def merge_usual(texts: pd.Series[str], table: pd.DataFrame) -> pd.DataFrame:
    """Clean and merge as most would write it."""
    cleaned = texts.str.upper().str.replace(r"\s+", "", regex=True)
    return cleaned.to_frame("postcode").merge(table, on="postcode", how="left")


def merge_fastest(texts: pd.Series[str], table: pd.DataFrame) -> pd.DataFrame:
    """Clean and merge as fast as pandas can."""
    cleaned = texts.str.upper().str.replace(" ", "", regex=False)
    return cleaned.to_frame("postcode").merge(table, on="postcode", how="left")


def require_equal(ours: pd.DataFrame, theirs: pd.DataFrame) -> None:
    """Stop unless every row has the same point, areas and state."""
    for column in COLUMNS:
        one, other = ours[column], theirs[column]
        if isinstance(one.dtype, pd.CategoricalDtype):
            one, other = one.astype("str"), other.astype("str")
        assert (one == other).all(), column


def median_seconds(run: Callable[[], object], rounds: int) -> float:
    """Give the median time of several runs."""
    seconds = []
    for _ in range(rounds):
        started = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)


def peak_memory_mb() -> float:
    """Give the most memory the program has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
