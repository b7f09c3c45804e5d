"""A geocoder on this machine that speaks as Nominatim does."""

import json
from typing import Any

from tests.local_server import Answer

SOUTHAMPTON_HALL = (50.9073, -1.4043)
_METRES_A_DEGREE = 111_320.0


def box(side_m: float) -> list[str]:
    """The box of something so large, as Nominatim writes it: south, north, west and east."""
    (south, west), step = SOUTHAMPTON_HALL, side_m / _METRES_A_DEGREE
    return [f"{each:.7f}" for each in (south, south + step, west, west + step)]


def point(**choices: Any) -> dict[str, Any]:
    """A building in Southampton."""
    latitude, longitude = SOUTHAMPTON_HALL
    given: dict[str, Any] = {
        "place_id": 1,
        "lat": str(latitude),
        "lon": str(longitude),
        "class": "building",
        "type": "yes",
        "place_rank": 30,
        "display_name": "Hall, Southampton, England",
        "boundingbox": box(30),
    }
    return given | choices


def _says(*points: dict[str, Any]) -> Answer:
    return Answer(json.dumps(points).encode(), headers={"Content-Type": "application/json"})


GAZETTEER = {
    "1 Mill Lane, Southampton": _says(point()),
    "99 Mill Lane, Southampton": _says(
        point(**{"class": "highway", "type": "residential", "place_rank": 26})
        | {"display_name": "Mill Lane, Southampton", "boundingbox": box(300)}
    ),
    "Southampton": _says(
        point(**{"class": "boundary", "type": "administrative", "place_rank": 16})
        | {"addresstype": "city", "display_name": "Southampton", "boundingbox": box(12_000)}
    ),
    "1 Mill Lane, Leeds": _says(point(lat="53.80", lon="-1.55", display_name="Mill Lane, Leeds")),
    "1 Mill Lane, Wareham": _says(
        point(lat="50.69", lon="-1.95", display_name="Mill Lane, Wareham")
    ),
    "1 Mill Lane, Hampshire": _says(
        point(addresstype="county", display_name="Hampshire", boundingbox=box(80_000))
    ),
    "Nowhere Hall": _says(),
    "Slow Hall": Answer(b"[]", wait_s=1.0),
    "Dripping Hall": Answer(b" " * 200 + b"[]", drip_s=0.02),
    "Busy Hall": Answer(b"Too many requests", 429, {"Retry-After": "60"}),
    "Broken Hall": Answer(b"oops", 500),
    "Page Hall": Answer(b"<!doctype html><p>Sign in first</p>"),
    "Odd Hall": Answer(b'[{"lat": "north"}]'),
    "Closed Hall": Answer(b"no", 403),
    "Moved Hall": Answer(b"", 302, {"Location": "http://127.0.0.1:9/search"}),
}


def gazetteer(path: str, query: dict[str, list[str]], _: int) -> Answer:
    """Answer a search as the gazetteer has it."""
    if path != "/search":
        return Answer(b"not found", 404)
    return GAZETTEER[query["q"][0]]
