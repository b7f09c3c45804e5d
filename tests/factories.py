"""Records, places and ground with sensible defaults: a test states only what it is about."""

from datetime import date
from itertools import count
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from sqlalchemy.orm import Session

from mapper.domain.activity import Activity
from mapper.domain.area import AreaType
from mapper.domain.contact import Consent, Contact
from mapper.domain.disclosure import Audience
from mapper.domain.located import Located, T
from mapper.domain.organisation import Organisation
from mapper.domain.period import Month
from mapper.domain.place import Location, Place, Precision
from mapper.domain.population import ResidentCount
from mapper.domain.role import Role
from mapper.domain.source import Source, SourceKind
from mapper.domain.violence import ViolenceCount
from mapper.geography.crs import NATIONAL_GRID
from mapper.store.areas import save_areas
from mapper.store.population import save_population
from mapper.store.runs import Run, RunResults
from mapper.store.sources import add_source
from mapper.store.users import User

_NUMBERS = count(1)

PORTSMOUTH = "E06000044"
SOUTHAMPTON = "E06000045"
LEFT_M, BOTTOM_M, SIDE_M = 460_000, 100_000, 1_000
"""The ground: LSOAs are squares in a row from west to east, four to a district."""


def make_source(kind: SourceKind = SourceKind.ORGANISATIONS, **choices: Any) -> Source:
    """A file, each with a checksum of its own."""
    given = {
        "name": "libraries",
        "file_name": "libraries.csv",
        "checksum": f"{next(_NUMBERS):064x}",
    }
    return Source(kind=kind, **given | choices)


def make_organisation(**choices: Any) -> Organisation:
    """An organisation with a key and a name of its own."""
    number = next(_NUMBERS)
    return Organisation(**{"source_key": f"o{number}", "name": f"Organisation {number}"} | choices)


def make_activity(**choices: Any) -> Activity:
    """A delivered activity of one session with a venue, in January 2025."""
    number = next(_NUMBERS)
    given = {
        "source_key": f"a{number}",
        "title": f"Activity {number}",
        "lead": "Portsmouth Youth Trust",
        "starts_on": date(2025, 1, 6),
        "ends_on": date(2025, 1, 6),
        "location": Location(postcode="PO1 3AX"),
    }
    return Activity(**given | choices)


def make_contact(**choices: Any) -> Contact:
    """A person who agreed to be shown to partners."""
    consent = Consent(Audience.PARTNER, date(2025, 1, 1), "e-mail reply")
    return Contact(**{"name": "Sam Example", "consent": consent} | choices)


def make_place(square: int = 0, **choices: Any) -> Place:
    """A unit postcode in the middle of an LSOA of the ground, the westernmost being 0."""
    given = {
        "easting_m": LEFT_M + (square + 0.5) * SIDE_M,
        "northing_m": BOTTOM_M + 0.5 * SIDE_M,
        "precision": Precision.UNIT_POSTCODE,
        "method": "postcode directory",
        "postcode": f"PO1 {square}AX",
        "lad_code": lad_of(square),
    }
    return Place(**given | choices)


def located(record: T, place: Place | None = None, line: int = 2) -> Located[T]:
    """A record with the place that was found for it."""
    return Located(record, place, line)


def make_count(**choices: Any) -> ViolenceCount:
    """Three robberies in the westernmost LSOA in January 2025."""
    given = {"month": Month(2025, 1), "crime_type": "Robbery", "count": 3, "area_code": lsoa(0)}
    return ViolenceCount(**given | choices)


def make_user(**choices: Any) -> User:
    """A partner with an account."""
    given = {
        "email": "partner@example.org",
        "name": "Pat Partner",
        "organisation_name": "Portsmouth Youth Trust",
        "role": Role.PARTNER,
        "password_hash": "not a hash",
    }
    return User(**given | choices)


def make_run(**choices: Any) -> Run:
    """A run of nothing."""
    given = {
        "name": "January 2025 to September 2025",
        "made_by": "analyst@example.org",
        "parameters": {"seed": 1},
        "inputs": {},
        "versions": {},
        "summary": {},
        "is_synthetic": True,
    }
    return Run(**given | choices)


def make_results(**choices: Any) -> RunResults:
    """The rows of a run that found one LSOA."""
    given: dict[str, Any] = {
        "areas": {AreaType.LSOA: {lsoa(0): {"lad_code": PORTSMOUTH, "gap_score": 12.5}}},
        "organisations": {},
        "links": [],
        "providers": [],
    }
    return RunResults(**given | choices)


def lsoa(square: int) -> str:
    """The code of an LSOA of the ground."""
    return f"E0100000{square + 1}"


def ward_of(square: int) -> str:
    """The code of the ward that holds it: two LSOAs to a ward."""
    return f"E0500000{square // 2 + 1}"


def lad_of(square: int) -> str:
    """The code of the district that holds it: four LSOAs to a district."""
    return PORTSMOUTH if square < 4 else SOUTHAMPTON


def make_areas(level: AreaType) -> gpd.GeoDataFrame:
    """One layer of the ground."""
    code_of = {AreaType.LSOA: lsoa, AreaType.WARD: ward_of, AreaType.LAD: lad_of}[level]
    rows = pd.DataFrame({"area_code": [code_of(square) for square in range(8)]})
    rows["lad_code"] = [lad_of(square) for square in range(8)]
    rows["ward_code"] = [ward_of(square) if level is AreaType.LSOA else "" for square in range(8)]
    rows["centre_easting_m"] = [LEFT_M + (square + 0.5) * SIDE_M for square in range(8)]
    rows["geometry"] = [
        shapely.box(east - 500.0, BOTTOM_M, east + 500.0, BOTTOM_M + SIDE_M)
        for east in rows["centre_easting_m"]
    ]
    ground = gpd.GeoDataFrame(rows, crs=NATIONAL_GRID).dissolve("area_code")
    names = {PORTSMOUTH: "Portsmouth", SOUTHAMPTON: "Southampton"}
    given = {"msoa_code": "", "is_urban": True, "is_approximate": True}
    ground = ground.assign(centre_northing_m=BOTTOM_M + 500.0, **given)
    ground["area_name"] = [names.get(code, f"Area {code[-1]}") for code in ground.index]
    return ground


def lay_ground(session: Session, vintage: str = "2011") -> None:
    """Keep eight LSOAs in four wards in two districts, with 1,000 residents in each LSOA."""
    for level in (AreaType.LAD, AreaType.WARD, AreaType.LSOA):
        source = make_source(SourceKind.BOUNDARIES, name=f"{level.value} {vintage}")
        save_areas(session, add_source(session, source), make_areas(level), (level, vintage))
    people = [
        ResidentCount(area_code=lsoa(square), age_from=0, age_to=None, residents=1_000)
        for square in range(8)
    ]
    census = add_source(session, make_source(SourceKind.POPULATION, name="census"))
    save_population(session, census, people, label="Census 2011 usual residents", year=2011)
