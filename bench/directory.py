"""Time the directory's pages with 20,000 organisations: after a change, and later.

The peer is SQLite alone: `LIKE` over name and description of the same rows, sorted by name. It
knows no facets, no merged entries and no place that may not be shown, so it is a floor.
"""

from __future__ import annotations

import json
import os
import sqlite3
import statistics
import time
from contextlib import closing
from typing import TYPE_CHECKING

from bench.ground import FOLDER, address, mapper
from bench.organisation_list import write_list
from bench.organisations import load
from mapper.config import Settings
from mapper.store.session import open_store
from mapper.web import create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROWS = 20_000
SEED = 11
ROUNDS = 11
WORD = "youth"
MS = 1000
LIKE = """
    SELECT id, name, website FROM organisations
    WHERE is_active AND (name LIKE :word OR description LIKE :word) ORDER BY name
"""


def measure() -> dict[str, float]:
    """Fetch the list and search it, from one process.

    Returns
    -------
    Milliseconds and ratios by what they measure.
    """
    database = made()
    settings = Settings(
        database_url=address(database), secret_key="x" * 40, public_view=True, demo=False
    )
    store = open_store(settings.database_url)
    client = create_app(settings, store).test_client()
    client.get("/about")  # what every page needs is not the directory's

    def fetch(path: str) -> Callable[[], None]:
        def once() -> None:
            answer = client.get(path)
            assert answer.status_code == 200, (path, answer.status)

        return once

    first, first_cpu = took(fetch("/organisations"))
    words = (f"youth+{number}" for number in range(ROUNDS))
    figures = {
        "organisations": ROWS,
        "`/organisations`, first request (ms)": first,
        "the same, of processor (ms)": first_cpu,
        "`/organisations`, median of later (ms)": later(fetch("/organisations")),
        "a page further on, median (ms)": later(fetch("/organisations?page=100")),
        "a new search of two words, median (ms)": statistics.median(
            took(fetch(f"/organisations?q={each}"))[0] for each in words
        ),
        f"search of {WORD!r}, first (ms)": took(fetch(f"/organisations?q={WORD}"))[0],
        f"SQLite: LIKE of {WORD!r}, median (ms)": floor(database),
        "load average of the machine": os.getloadavg()[0],
    }
    store.dispose()
    return figures


def made() -> Path:
    """Make the database: the ground that is shipped, and one long list."""
    database, path = FOLDER / "directory.sqlite", FOLDER / f"organisations-{ROWS}.csv"
    FOLDER.mkdir(parents=True, exist_ok=True)
    database.unlink(missing_ok=True)
    mapper(database, "init")
    write_list(path, ROWS, SEED)
    load(database, path)
    return database


def took(act: Callable[[], None]) -> tuple[float, float]:
    """Milliseconds by the clock, and of the processor, that something takes."""
    started, cpu = time.perf_counter(), time.process_time()
    act()
    return (time.perf_counter() - started) * MS, (time.process_time() - cpu) * MS


def later(act: Callable[[], None]) -> float:
    """The median of some rounds, in milliseconds."""
    act()
    return statistics.median(took(act)[0] for _ in range(ROUNDS))


def floor(database: Path) -> float:
    """What SQLite alone takes for one word, in milliseconds."""
    with closing(sqlite3.connect(database)) as connection:
        asked = {"word": f"%{WORD}%"}
        return later(lambda: connection.execute(LIKE, asked).fetchall() and None)


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
