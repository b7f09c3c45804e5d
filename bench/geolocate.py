"""Time the giving of places to many records at once, as `mapper ingest` does it.

Run with `python bench/geolocate.py`. Three kinds of rows: a postcode each; coordinates in
degrees each; and a mixture with one fault in ten. The ground has one shape, so that the search
for points outside it is run, but is not what is measured.
"""

from __future__ import annotations

import json
import time

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from bench.geocode import mixed_postcodes
from mapper.domain.place import Location
from mapper.geography.postcode_directory import SHIPPED, PostcodeDirectory
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.places.geolocate import geolocate

ROWS = 200_000
ROUNDS = 3


def measure(count: int = ROWS) -> dict[str, float]:
    """Time each kind of rows.

    Parameters
    ----------
    count : how many rows of each.

    Returns
    -------
    Rows a second by kind, the quickest of three rounds.
    """
    postcodes = PostcodeDirectory.load()
    hips = gpd.GeoSeries([shapely.box(420_000, 75_000, 490_000, 165_000)])
    ground = Ground(lsoa_shapes=hips.to_numpy())
    geolocate([(2, Location(postcode="PO1 3AX"))], postcodes, ground, IssueLog("first"))
    return {
        f"{kind} (rows a second)": count / _seconds(locations, postcodes, ground)
        for kind, locations in _kinds(count).items()
    }


def _kinds(count: int) -> dict[str, list[tuple[int, Location]]]:
    table = pd.read_parquet(SHIPPED, columns=["postcode"])
    texts = mixed_postcodes(table["postcode"], count).tolist()
    random = np.random.default_rng(2)
    lon = random.uniform(-1.9, -0.8, count).tolist()
    lat = random.uniform(50.75, 51.3, count).tolist()
    by_postcode = [(line, Location(postcode=text)) for line, text in enumerate(texts)]
    by_point = [
        (line, Location(longitude=x, latitude=y))
        for line, (x, y) in enumerate(zip(lon, lat, strict=True))
    ]
    faults = [Location(postcode="SW1A 1AA"), Location(postcode="hello"), Location(latitude=1.0)]
    mixture = [
        (line, faults[line % 3] if line % 10 == 0 else pair[line % 2][1])
        for line, pair in enumerate(zip(by_postcode, by_point, strict=True))
    ]
    return {"a postcode each": by_postcode, "degrees each": by_point, "a mixture": mixture}


def _seconds(
    locations: list[tuple[int, Location]], postcodes: PostcodeDirectory, ground: Ground
) -> float:
    seconds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        geolocate(locations, postcodes, ground, IssueLog("bench"))
        seconds.append(time.perf_counter() - started)
    return min(seconds)


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
