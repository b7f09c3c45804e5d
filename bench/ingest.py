"""Time `mapper ingest violence` on the nine months of 2025, as somebody would run it.

The peer reads the same files with pandas and counts them by month, area and type: it checks
nothing, places nothing and keeps nothing, so its time is a floor that no loader gets under.
"""

from __future__ import annotations

import json
import resource
import shutil
import time

import pandas as pd

from bench.ground import FOLDER, mapper, official_ground, police_files

ROUNDS = 3


def measure() -> dict[str, float]:
    """Load the months into a database with areas, three times; the quickest counts.

    Returns
    -------
    Seconds, rows a second, megabytes and ratio by what they measure.
    """
    ground, database = FOLDER / "ground.sqlite", FOLDER / "ingest.sqlite"
    official_ground(ground)
    paths = [str(path) for path in police_files()]
    seconds = []
    for _ in range(ROUNDS):
        shutil.copy(ground, database)
        started = time.perf_counter()
        mapper(database, "ingest", "violence", *paths)
        seconds.append(time.perf_counter() - started)
    started = time.perf_counter()
    rows = sum(len(pd.read_csv(path)) for path in paths)
    for path in paths:
        pd.read_csv(path).groupby(["Month", "LSOA code", "Crime type"]).size()
    floor = (time.perf_counter() - started) / 2
    best = min(seconds)
    return {
        "rows": rows,
        "mapper, the whole command, start included (s)": best,
        "mapper (rows a second)": rows / best,
        "peak memory of the command (MB)": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        / 1024,
        "pandas: read and count, nothing kept (s)": floor,
        "ratio to that floor": floor / best,
    }


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
