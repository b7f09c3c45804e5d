"""Time `mapper ingest organisations` on long lists, as somebody would run it, and its memory.

The peer reads the same file with pandas and writes its columns, as they are, to one table of
SQLite: it checks nothing, places nothing and tells nothing, so its time is a floor that no
loader gets under.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from bench.ground import FOLDER, ROOT, address, mapper
from bench.organisation_list import write_list

if TYPE_CHECKING:
    from pathlib import Path

FEW, MANY = 50_000, 200_000
SEED = 11
WITH_ROW_ISSUES = 1
MB = 1024


@dataclass(frozen=True, slots=True)
class Took:
    """What a command took.

    Parameters
    ----------
    seconds : by the clock, start of the process included.
    cpu_seconds : of the processors.
    peak_mb : resident memory at its most.
    """

    seconds: float
    cpu_seconds: float
    peak_mb: float


def measure() -> dict[str, float]:
    """Load 50,000 and 200,000 rows, and the longer list a second time.

    Returns
    -------
    Seconds, rows a second, megabytes and ratios by what they measure.
    """
    ground, database = FOLDER / "shipped.sqlite", FOLDER / "organisations.sqlite"
    FOLDER.mkdir(parents=True, exist_ok=True)
    ground.unlink(missing_ok=True)
    mapper(ground, "init")
    lists = {rows: FOLDER / f"organisations-{rows}.csv" for rows in (FEW, MANY)}
    for rows, path in lists.items():
        write_list(path, rows, SEED)
    took = {}
    for rows, path in lists.items():
        shutil.copy(ground, database)
        took[rows] = load(database, path)
    again = load(database, lists[MANY])
    floor = read_and_write(lists[MANY])
    few, many = took[FEW], took[MANY]
    return {
        "rows": MANY,
        "mapper, the whole command, start included (s)": many.seconds,
        "mapper (rows a second)": MANY / many.seconds,
        "mapper (rows a second of processor)": MANY / many.cpu_seconds,
        "peak memory at 50,000 rows (MB)": few.peak_mb,
        "peak memory at 200,000 rows (MB)": many.peak_mb,
        "ratio of the two": many.peak_mb / few.peak_mb,
        "the same file again (s)": again.seconds,
        "pandas: read_csv and to_sql, nothing checked (s)": floor,
        "ratio to that floor": floor / many.seconds,
        "load average of the machine": os.getloadavg()[0],
    }


def load(database: Path, path: Path) -> Took:
    """Run the command on one list, and measure that process alone."""
    started = time.perf_counter()
    command = subprocess.Popen(
        [sys.executable, "-m", "mapper", "ingest", "organisations", str(path)],
        env=os.environ | {"MAPPER_DATABASE_URL": address(database), "MAPPER_DEMO": "false"},
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(command.pid, 0)
    command.returncode = os.waitstatus_to_exitcode(status)
    assert command.returncode in {0, WITH_ROW_ISSUES}, f"mapper ingest: {command.returncode}"
    return Took(
        time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / MB
    )


def read_and_write(path: Path) -> float:
    """Give the seconds that pandas takes to move the columns, as they are, into one table."""
    database = FOLDER / "floor.sqlite"
    database.unlink(missing_ok=True)
    started = time.perf_counter()
    with closing(sqlite3.connect(database)) as connection:
        pd.read_csv(path, dtype=str).to_sql("organisations", connection, index=False)
        connection.commit()
    return time.perf_counter() - started


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
