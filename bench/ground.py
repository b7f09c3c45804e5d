"""The database that the benches of the analysis and the pages share, made once a day.

Official LSOAs of 2021, wards and authorities, residents of 2021, the nine months of police.uk
of 2025, and an invented directory and register of the size named in the bench.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from mapper.domain.activity import Activity
from mapper.domain.located import Located
from mapper.domain.organisation import Organisation, OrganisationKind
from mapper.domain.place import Location, Place, Precision
from mapper.domain.source import Source, SourceKind
from mapper.geography.postcode_directory import SHIPPED
from mapper.store.activities import save_activities
from mapper.store.organisations import save_organisations
from mapper.store.session import open_store
from mapper.store.sources import add_source

ROOT = Path(__file__).resolve().parents[1]
REAL_DATA = ROOT.parent / "shared" / "data" / "real"
FOLDER = ROOT / "build" / "bench"
ORGANISATIONS, ACTIVITIES = 2_000, 5_000
KINDS = [kind for kind in OrganisationKind if kind is not OrganisationKind.REFUGE]


def address(path: Path) -> str:
    """The database in a file."""
    return f"sqlite:///{path}"


def mapper(database: Path, *arguments: str) -> None:
    """Run one command of mapper, and stop unless all went well."""
    done = subprocess.run(
        [sys.executable, "-m", "mapper", *arguments],
        env=os.environ | {"MAPPER_DATABASE_URL": address(database), "MAPPER_DEMO": "false"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"mapper {' '.join(arguments[:2])}: {done.stderr.strip()}"


def police_files() -> list[Path]:
    """The nine months of 2025."""
    return sorted((REAL_DATA / "police").glob("2025-*.csv.gz"))


def official_ground(database: Path) -> None:
    """Make a database with the official areas and residents of 2021."""
    database.parent.mkdir(parents=True, exist_ok=True)
    database.unlink(missing_ok=True)
    mapper(database, "init")
    boundaries = REAL_DATA / "boundaries"
    for name in ("lad25_dissolved_from_wd25", "wd25_bgc", "lsoa21_bgc"):
        mapper(database, "boundaries", "import", str(boundaries / f"{name}_hips.geojson"))
    residents = REAL_DATA / "population" / "census2021_usual_residents_6_age_bands_lsoa21_hips.csv"
    mapper(database, "ingest", "population", str(residents))


def filled() -> Path:
    """The database with everything in it, made when it is not there."""
    database = FOLDER / f"filled-{date.today():%Y%m%d}.sqlite"  # noqa: DTZ011  (any day will do)
    if not database.exists():
        unfinished = FOLDER / "unfinished.sqlite"
        official_ground(unfinished)
        mapper(unfinished, "ingest", "violence", *map(str, police_files()))
        invent(unfinished, seed=1)
        unfinished.rename(database)
    mapper(database, "init")  # one made earlier today may be of an older version
    return database


def invent(database: Path, seed: int) -> None:
    """Add organisations and activities at random live postcodes."""
    generator = np.random.default_rng(seed)
    postcodes = pd.read_parquet(SHIPPED)
    live = postcodes[~postcodes["is_terminated"]]
    at = live.iloc[generator.choice(len(live), ORGANISATIONS + ACTIVITIES)]
    places = [place(row) for row in at.itertuples(index=False)]
    store = open_store(address(database))
    with store.writing() as session:
        for kind, count in (
            (SourceKind.ORGANISATIONS, ORGANISATIONS),
            (SourceKind.ACTIVITIES, ACTIVITIES),
        ):
            name = f"invented {kind.value} of the bench"
            source = Source(
                kind=kind, name=name, file_name="none", checksum=kind.value, is_synthetic=True
            )
            number = add_source(session, source)
            chosen, places = places[:count], places[count:]
            if kind is SourceKind.ORGANISATIONS:
                save_organisations(session, number, organisations(chosen))
            else:
                save_activities(session, number, activities(chosen, generator))
    store.dispose()


def place(row: object) -> Place:
    """A row of the postcode directory as a place."""
    return Place(
        easting_m=float(row.easting_m),  # type: ignore[attr-defined]  # a row of a frame
        northing_m=float(row.northing_m),  # type: ignore[attr-defined]
        precision=Precision.UNIT_POSTCODE,
        method="postcode directory",
        postcode=row.postcode,  # type: ignore[attr-defined]
        lad_code=row.lad_code,  # type: ignore[attr-defined]
        ward_code=row.ward_code,  # type: ignore[attr-defined]
        lsoa11_code=row.lsoa11_code,  # type: ignore[attr-defined]
    )


def organisations(places: list[Place]) -> list[Located[Organisation]]:
    """One organisation a place."""
    return [
        Located(
            Organisation(
                source_key=str(number),
                name=f"Invented organisation {number}",
                kind=KINDS[number % len(KINDS)],
                location=Location(postcode=found.postcode),
            ),
            found,
        )
        for number, found in enumerate(places)
    ]


def activities(
    places: list[Place], generator: np.random.Generator, members_in_all: int = ORGANISATIONS
) -> list[Located[Activity]]:
    """One delivered activity a place, in the nine months, with up to three partners."""
    records = []
    for number, found in enumerate(places):
        first = date(2025, 1, 1) + timedelta(days=int(generator.integers(0, 240)))
        members = generator.choice(members_in_all, int(generator.integers(1, 5)), replace=False)
        names = [f"Invented organisation {member}" for member in members]
        record = Activity(
            source_key=str(number),
            title=f"Invented activity {number}",
            lead=names[0],
            partners=tuple(names[1:]),
            starts_on=first,
            ends_on=first + timedelta(days=int(generator.integers(0, 60))),
            sessions=int(generator.integers(1, 13)),
            participants=int(generator.integers(3, 40)),
            location=Location(postcode=found.postcode),
        )
        records.append(Located(record, found))
    return records
