"""Places from OpenStreetMap, in each shape that its tools write."""

import json
from pathlib import Path

import pytest

from mapper.domain.disclosure import Visibility
from mapper.domain.organisation import Organisation, OrganisationKind, Sector
from mapper.errors import SourceError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog, Severity
from mapper.ingest.files.source import Entry, SourceFile
from mapper.ingest.formats.osm_kinds import kind_of
from mapper.ingest.formats.osm_shapes import feature_point, mean_point
from mapper.ingest.kinds.organisations import read_organisations
from mapper.ingest.records.parsed import Parsed

DATA = Path(__file__).parents[3] / "data"


def _read(source: SourceFile, log: IssueLog) -> Parsed[Organisation]:
    return read_organisations(source, Ground(), log)


def _made(log: IssueLog, *elements: dict[str, object]) -> list[Organisation]:
    text = json.dumps({"elements": elements})
    return [each for _, each in _read(SourceFile("a.json", text.encode()), log).records]


@pytest.fixture
def overpass(log: IssueLog) -> dict[str, Organisation]:
    parsed = _read(Entry(DATA / "map_places_overpass.json").open(), log)
    return {each.source_key: each for _, each in parsed.records}


@pytest.fixture
def exported(log: IssueLog) -> dict[str, Organisation]:
    parsed = _read(Entry(DATA / "map_places.geojson").open(), log)
    return {each.source_key: each for _, each in parsed.records}


def test_the_key_is_the_type_and_number_on_the_map(overpass: dict[str, Organisation]) -> None:
    assert set(overpass) == {
        "osm/node/900000001",
        "osm/way/900000002",
        "osm/way/900000003",
        "osm/relation/900000004",
        "osm/node/900000005",
        "osm/node/900000006",
        "osm/node/900000008",
    }


@pytest.mark.parametrize(
    ("key", "kind", "sector"),
    [
        ("osm/node/900000001", OrganisationKind.LIBRARY, Sector.PUBLIC),
        ("osm/way/900000002", OrganisationKind.YOUTH_CLUB, Sector.VCSE),
        ("osm/way/900000003", OrganisationKind.SPORTS_CLUB, Sector.SPORT),
        ("osm/relation/900000004", OrganisationKind.SCHOOL, Sector.EDUCATION),
        ("osm/node/900000005", OrganisationKind.COMMUNITY_GROUP, Sector.VCSE),
        ("osm/node/900000006", OrganisationKind.FAITH_GROUP, Sector.FAITH),
    ],
)
def test_tags_say_the_kind(
    key: str, kind: OrganisationKind, sector: Sector, overpass: dict[str, Organisation]
) -> None:
    assert (overpass[key].kind, overpass[key].sector) == (kind, sector)


def test_a_shelter_for_women_is_a_refuge_and_never_exact(
    overpass: dict[str, Organisation],
) -> None:
    found = overpass["osm/node/900000008"]
    assert (found.kind, found.visibility) == (OrganisationKind.REFUGE, Visibility.AUTHORITY)


@pytest.mark.parametrize(
    ("key", "longitude", "latitude"),
    [
        ("osm/node/900000001", -1.0912, 50.7989),
        ("osm/way/900000002", -1.4040, 50.9050),
        ("osm/way/900000003", (-1.40 - 1.41 - 1.41) / 3, (50.90 + 50.90 + 50.93) / 3),
        ("osm/relation/900000004", -1.41, 50.91),
    ],
)
def test_a_place_stands_at_its_point_its_centre_or_the_mean_of_its_corners(
    key: str, longitude: float, latitude: float, overpass: dict[str, Organisation]
) -> None:
    location = overpass[key].location
    assert location.longitude == pytest.approx(longitude)
    assert location.latitude == pytest.approx(latitude)


def test_the_address_and_the_number_of_a_school_are_kept(
    overpass: dict[str, Organisation],
) -> None:
    location = overpass["osm/node/900000001"].location
    assert (location.address, location.postcode) == ("1, Invented Street", "PO1 3AX")
    assert str(overpass["osm/relation/900000004"].identifiers[0]) == "GB-EDU-900004"


def test_one_without_a_name_is_a_note(overpass: dict[str, Organisation], log: IssueLog) -> None:
    assert overpass
    notes = [each for each in log if "no name" in each.message]
    assert [(each.value, each.severity) for each in notes] == [("node/900000007", Severity.NOTE)]


def test_one_without_a_place_is_an_error(overpass: dict[str, Organisation], log: IssueLog) -> None:
    assert overpass
    errors = [each for each in log if each.severity is Severity.ERROR]
    assert ["neither a place that could be found" in each.message for each in errors] == [True]


def test_kinds_that_are_not_read_are_counted(
    overpass: dict[str, Organisation], log: IssueLog
) -> None:
    assert overpass
    assert any("such as shops: 1 place." in each.message for each in log)


def test_every_way_of_writing_an_id_is_read(exported: dict[str, Organisation]) -> None:
    assert set(exported) == {
        "osm/node/900000001",
        "osm/way/900000002",
        "osm/relation/900000003",
        "osm/way/900000004",
    }


def test_the_mean_of_an_outline_counts_its_closing_corner_once(
    exported: dict[str, Organisation],
) -> None:
    location = exported["osm/way/900000002"].location
    assert (location.longitude, location.latitude) == pytest.approx((-1.41, 50.91))


def test_packed_tags_are_unpacked(exported: dict[str, Organisation]) -> None:
    assert exported["osm/way/900000004"].location.postcode == "PO1 3AX"


def test_the_licence_and_the_credit_are_kept(log: IssueLog) -> None:
    provenance = _read(Entry(DATA / "map_places.geojson").open(), log).provenance
    assert "Open Database License" in provenance.licence
    assert provenance.attribution.startswith("© OpenStreetMap contributors")


def test_a_school_that_is_a_shelter_is_a_refuge() -> None:
    tags = {"amenity": "school", "social_facility": "shelter", "social_facility:for": "abused"}
    assert kind_of(tags) == (OrganisationKind.REFUGE, Sector.VCSE)


def test_coordinates_nested_without_end_are_no_point() -> None:
    deep: list[object] = []
    for _ in range(50_000):
        deep = [deep]
    assert feature_point({"geometry": {"coordinates": deep}}) is None


def test_numbers_that_are_none_are_no_point() -> None:
    assert feature_point({"geometry": {"coordinates": [10**400, 1]}}) is None
    assert mean_point([]) is None


@pytest.mark.parametrize(
    "element",
    [
        {},
        {"type": "node"},
        {"type": "way", "tags": {"amenity": ["library"], "name": {"a": 1}}},
        {"type": "node", "id": None, "lat": "x", "lon": [], "tags": {"amenity": "library"}},
    ],
)
def test_elements_of_any_shape_are_left_out(element: dict[str, object], log: IssueLog) -> None:
    sound = {"type": "node", "id": 1, "lat": 50.8, "lon": -1.1,
             "tags": {"amenity": "library", "name": "A"}}  # fmt: skip
    assert [each.name for each in _made(log, element, sound)] == ["A"]


def test_an_answer_without_places_is_refused(log: IssueLog) -> None:
    with pytest.raises(SourceError, match="holds no organisation"):
        _made(log)
