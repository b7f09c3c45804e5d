"""Time the pages on the server and weigh what they send, compressed as a browser asks for it.

The whole map page is its HTML and everything the HTML and its scripts load at once: styles,
scripts, pictures named in the HTML, and the GeoJSON of areas and outlines.
"""

from __future__ import annotations

import json
import re
import shutil
import statistics
import time
from typing import TYPE_CHECKING

from bench.ground import FOLDER, address, filled, mapper
from mapper.config import Settings
from mapper.store.session import open_store
from mapper.web import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

ROUNDS = 21
PORTSMOUTH = "E06000044"
HEADERS = {"Accept-Encoding": "br, gzip"}
DATA = ("/map/areas.geojson", "/map/outlines.geojson")
POINTS = ("/map/organisations.geojson", "/map/activities.geojson")


def measure() -> dict[str, float]:
    """Fetch each page often from one process.

    Returns
    -------
    Milliseconds and kilobytes by what they measure.
    """
    database = FOLDER / "pages.sqlite"
    shutil.copy(filled(), database)
    mapper(database, "analyse", "--from", "2025-01", "--to", "2025-10", "--publish")
    settings = Settings(
        database_url=address(database), secret_key="x" * 40, public_view=True, demo=False
    )
    store = open_store(settings.database_url)
    client = create_app(settings, store).test_client()
    figures: dict[str, float] = {}
    for path in ("/", "/map", *DATA, *POINTS, "/gaps", f"/gaps/{PORTSMOUTH}", "/network"):
        figures |= weigh(client, path)
    loaded = assets(client, "/map")
    whole = sum(kilobytes(client, path) for path in ("/map", *DATA, *loaded))
    figures["the whole map page with areas and outlines (kB)"] = whole
    points = sum(kilobytes(client, path) for path in POINTS)
    figures["and with organisations and activities (kB)"] = whole + points
    store.dispose()
    return figures


def weigh(client: FlaskClient, path: str) -> dict[str, float]:
    """Time one address, the first time apart."""
    times = []
    for _ in range(ROUNDS + 1):
        started = time.perf_counter()
        answer = client.get(path, headers=HEADERS)
        times.append((time.perf_counter() - started) * 1000)
        assert answer.status_code == 200, (path, answer.status)
    return {
        f"`{path}`, first request (ms)": times[0],
        f"`{path}`, median of {ROUNDS} later (ms)": statistics.median(times[1:]),
        f"`{path}` (kB)": len(answer.data) / 1000,
    }


def assets(client: FlaskClient, path: str) -> list[str]:
    """List what the HTML of a page names that a browser loads with it."""
    html = client.get(path).get_data(as_text=True)
    tags = re.findall(r"<(?:script|img|link)\b[^>]*>", html)
    found = (re.search(r'(?:src|href)="(/[^"]+)"', tag) for tag in tags)
    return sorted({match[1].replace("&amp;", "&") for match in found if match})


def kilobytes(client: FlaskClient, path: str) -> float:
    """Weigh one answer as it is sent."""
    answer = client.get(path, headers=HEADERS)
    assert answer.status_code == 200, (path, answer.status)
    return len(answer.data) / 1000


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
