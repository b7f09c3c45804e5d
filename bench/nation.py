"""Time the whole analysis of a country of the size of England and Wales.

Everything is invented: kilometre squares for areas, in towns of 108, as large as an authority.
The same is done at four sizes, each in a process of its own, so that the cost can be told
against the number of areas. What is loaded beforehand is not in the figures.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from matplotlib.figure import Figure

from bench.ground import FOLDER, activities, address, mapper, organisations
from mapper.domain.area import AreaType
from mapper.domain.period import Month, Period
from mapper.domain.place import Place, Precision
from mapper.domain.population import ResidentCount
from mapper.domain.source import Source, SourceKind
from mapper.domain.violence import ViolenceCount
from mapper.store.activities import save_activities
from mapper.store.areas import save_areas
from mapper.store.organisations import save_organisations
from mapper.store.population import save_population
from mapper.store.session import Store, open_store
from mapper.store.sources import add_source
from mapper.store.violence import save_violence

SIDES = (36, 72, 132, 189)
"""Of squares of 1,296, 5,184, 17,424 and 35,721 areas."""
AREAS = 35_721
CRIMES, ORGANISATIONS, ACTIVITIES = 6_000_000, 200_000, 100_000
"""At the largest size; at the others in proportion."""
TYPES = ("Violence and sexual offences", "Robbery", "Possession of weapons")
CHART = Path(__file__).with_suffix(".svg")
MONTHS = Period(Month(2025, 1), Month(2026, 1))
SIDE_M, LEFT_M, BOTTOM_M = 1_000.0, 300_000.0, 100_000.0
WARD, MSOA, LAD = (3, 2), (2, 2), (12, 9)
"""How many squares wide and high."""


def measure() -> dict[str, float]:
    """Analyse at every size.

    Returns
    -------
    Seconds and megabytes by what they measure, and the exponent of the cost.
    """
    found: dict[str, float] = {}
    seconds = []
    for side in SIDES:
        database = FOLDER / f"nation-{side}.sqlite"
        if not database.exists():
            fill(database, side)
        mapper(database, "init")  # one made earlier may be of an older version
        whole, peak_mb = analysed(database)
        seconds.append(whole)
        size = f"{side**2:,} areas"
        found |= {f"{size}: start included (s)": whole, f"{size}: peak memory (MB)": peak_mb}
    sizes = np.log([side**2 for side in SIDES])
    exponent, level = np.polyfit(sizes, np.log(seconds), 1)
    draw(seconds, float(exponent), float(level))
    found["exponent of the cost, over all sizes"] = float(exponent)
    found["exponent between the two largest"] = float(
        np.diff(np.log(seconds[-2:]))[0] / np.diff(sizes[-2:])[0]
    )
    return found


def draw(seconds: list[float], exponent: float, level: float) -> None:
    """Draw the seconds of a run against the number of areas, and the line fitted to them."""
    sizes = np.array([side**2 for side in SIDES])
    figure = Figure(figsize=(7, 4.5), layout="constrained")
    axes = figure.subplots()
    axes.loglog(sizes, seconds, "o", color="#1d70b8", markersize=8)
    fitted = np.exp(level) * sizes**exponent
    axes.loglog(sizes, fitted, "--", color="#505a5f", linewidth=1)
    for size, second in zip(sizes, seconds, strict=True):
        axes.annotate(
            f"{second:,.0f} s",
            (size, second),
            xytext=(10, -12),
            textcoords="offset points",
            fontsize=9,
        )
    axes.set(
        xlabel="Small areas (both axes are logarithmic)",
        ylabel="Seconds of the whole command",
        title=f"Cost of a run: areas to the power of {exponent:.2f}",
    )
    axes.set_xlim(sizes[0] * 0.8, sizes[-1] * 1.6)
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axes.set_xticks([], minor=True)
    axes.set_yticks([1, 10, 100, 1_000], ["1", "10", "100", "1,000"])
    axes.set_ylim(min(seconds) * 0.6, max(seconds) * 1.6)
    axes.grid(visible=True, which="major", color="#b1b4b6", linewidth=0.5)
    figure.savefig(CHART, metadata={"Date": None})


def analysed(database: Path) -> tuple[float, float]:
    """Seconds and megabytes of one run, in a process of its own."""
    words = [sys.executable, "-m", "bench.nation", str(database)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    whole, peak_mb = json.loads(done.stdout.splitlines()[-1])
    return whole, peak_mb


def analyse_once(database: Path) -> tuple[float, float]:
    """Run the command, and tell its seconds and the most memory it had."""
    started = time.perf_counter()
    mapper(database, "analyse", "--from", str(MONTHS.start), "--to", str(MONTHS.end))
    whole = time.perf_counter() - started
    return whole, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def fill(database: Path, side: int) -> None:
    """Make the database of one size."""
    unfinished = database.with_suffix(".unfinished")
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    unfinished.unlink(missing_ok=True)
    mapper(unfinished, "init")
    store = open_store(address(unfinished))
    generator = np.random.default_rng(side)
    part = side**2 / AREAS
    lay(store, side)
    add_violence(store, side, round(CRIMES * part), generator)
    add_work(store, side, part, generator)
    store.dispose()
    unfinished.rename(database)


def lay(store: Store, side: int) -> None:
    """Keep the areas of every level, and their residents."""
    ground = squares(side)
    with store.writing() as session:
        for level, column in (
            (AreaType.LAD, "lad_code"),
            (AreaType.MSOA, "msoa_code"),
            (AreaType.WARD, "ward_code"),
            (AreaType.LSOA, "area_code"),
        ):
            source = add_source(session, described(SourceKind.BOUNDARIES, level.value))
            save_areas(session, source, rolled_up(ground, level, column), (level, "2021"))
        people = [
            ResidentCount(area_code=code, age_from=0, age_to=None, residents=1_700)
            for code in ground["area_code"]
        ]
        census = add_source(session, described(SourceKind.POPULATION, "census"))
        save_population(session, census, people, label="Invented residents", year=2021)


def squares(side: int) -> pd.DataFrame:
    """The small areas, row by row, with the codes of what they lie in."""
    north, east = np.divmod(np.arange(side**2), side)

    def codes(prefix: str, size: tuple[int, int]) -> list[str]:
        return [
            f"{prefix}{number:06d}"
            for number in (north // size[1]) * (side // size[0] + 1) + east // size[0]
        ]

    return pd.DataFrame(
        {
            "area_code": [f"E01{number:06d}" for number in range(side**2)],
            "ward_code": codes("E05", WARD),
            "msoa_code": codes("E02", MSOA),
            "lad_code": codes("E07", LAD),
            "centre_easting_m": LEFT_M + (east + 0.5) * SIDE_M,
            "centre_northing_m": BOTTOM_M + (north + 0.5) * SIDE_M,
        }
    )


def rolled_up(ground: pd.DataFrame, level: AreaType, column: str) -> gpd.GeoDataFrame:
    """The areas of one level."""
    half = SIDE_M / 2
    bounds = pd.DataFrame(
        {
            "west": ground["centre_easting_m"] - half,
            "south": ground["centre_northing_m"] - half,
            "east": ground["centre_easting_m"] + half,
            "north": ground["centre_northing_m"] + half,
        }
    ).groupby(ground[column])
    least, most = bounds[["west", "south"]].min(), bounds[["east", "north"]].max()
    corners = (least["west"], least["south"], most["east"], most["north"])
    frame = ground.groupby(ground[column].rename("code")).first()
    if level is not AreaType.LSOA:
        frame = frame.assign(ward_code="", msoa_code="")
    frame = frame.assign(
        area_name=[f"Invented {code}" for code in frame.index],
        is_urban=True,
        is_approximate=True,
        centre_easting_m=(corners[0] + corners[2]) / 2,
        centre_northing_m=(corners[1] + corners[3]) / 2,
    )
    frame.index.name = "area_code"
    shapes = shapely.box(*(each.to_numpy() for each in corners))
    return gpd.GeoDataFrame(
        frame.drop(columns="area_code", errors="ignore"), geometry=shapes, crs="EPSG:27700"
    )


def add_violence(store: Store, side: int, crimes: int, generator: np.random.Generator) -> None:
    """Keep so many crimes, more of them in some areas than in others."""
    months = list(MONTHS)
    rates = generator.gamma(2.0, 1.0, side**2)
    cells = np.outer(rates / rates.sum(), np.tile([0.9, 0.04, 0.06], len(months)) / len(months))
    counts = generator.poisson(crimes * cells)
    with store.writing() as session:
        source = add_source(session, described(SourceKind.VIOLENCE, "violence"))
        rows, columns = np.nonzero(counts)
        save_violence(
            session,
            source,
            [
                ViolenceCount(
                    month=months[column // len(TYPES)],
                    crime_type=TYPES[column % len(TYPES)],
                    count=int(counts[row, column]),
                    area_code=f"E01{row:06d}",
                )
                for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
            ],
        )


def add_work(store: Store, side: int, part: float, generator: np.random.Generator) -> None:
    """Keep organisations, and what they did together."""
    number = round(ORGANISATIONS * part)
    places = [somewhere(side, generator) for _ in range(number + round(ACTIVITIES * part))]
    with store.writing() as session:
        source = add_source(session, described(SourceKind.ORGANISATIONS, "organisations"))
        save_organisations(session, source, organisations(places[:number]))
    with store.writing() as session:
        source = add_source(session, described(SourceKind.ACTIVITIES, "activities"))
        save_activities(session, source, activities(places[number:], generator, number))


def somewhere(side: int, generator: np.random.Generator) -> Place:
    """A point of the ground."""
    east, north = generator.uniform(0, side, 2)
    square = int(north) * side + int(east)
    lad = (int(north) // LAD[1]) * (side // LAD[0] + 1) + int(east) // LAD[0]
    return Place(
        easting_m=round(float(LEFT_M + east * SIDE_M), 1),
        northing_m=round(float(BOTTOM_M + north * SIDE_M), 1),
        precision=Precision.UNIT_POSTCODE,
        method="invented",
        postcode=f"ZZ{square % 99 + 1} 1ZZ",
        lad_code=f"E07{lad:06d}",
    )


def described(kind: SourceKind, name: str) -> Source:
    """A source of the bench."""
    return Source(
        kind=kind,
        name=f"invented {name}",
        file_name="none",
        checksum=f"{kind.value} {name}",
        is_synthetic=True,
    )


if __name__ == "__main__":
    given = sys.argv[1:]
    print(json.dumps(analyse_once(Path(given[0])) if given else measure()))
