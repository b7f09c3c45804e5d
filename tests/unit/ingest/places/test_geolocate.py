import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.domain.place import Location, Place, Precision
from mapper.geography.postcode_directory import PostcodeDirectory
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog, Severity
from mapper.ingest.places.geolocate import geolocate


@pytest.fixture(scope="module")
def postcodes() -> PostcodeDirectory:
    return PostcodeDirectory.load()


@pytest.fixture
def find(postcodes: PostcodeDirectory, log: IssueLog):  # noqa: ANN201  (a plain function)
    def one(**given: object) -> Place | None:
        location = Location(**given)  # type: ignore[arg-type]
        return geolocate([(2, location)], postcodes, Ground(), log)[0]

    return one


def test_a_postcode_gives_its_point_and_areas(find, log: IssueLog) -> None:  # noqa: ANN001
    place = find(postcode="so14 7lw")
    assert (place.postcode, place.precision) == ("SO14 7LW", Precision.UNIT_POSTCODE)
    assert place.lad_code == "E06000045"
    assert not len(log)


def test_an_outward_code_gives_its_district_with_a_warning(find, log: IssueLog) -> None:  # noqa: ANN001
    assert find(postcode="SO14").precision is Precision.DISTRICT
    assert [issue.severity for issue in log] == [Severity.WARNING]


def test_unknown_malformed_and_outside_are_three_different_issues(find, log: IssueLog) -> None:  # noqa: ANN001
    places = [find(postcode=text) for text in ("SO14 9ZZ", "hello", "M1 1AE")]
    assert places == [None, None, None]
    assert len({issue.message for issue in log}) == 3
    assert [issue.severity for issue in log] == [Severity.WARNING, Severity.WARNING, Severity.NOTE]


def test_a_terminated_postcode_is_placed_and_noted(
    find,  # noqa: ANN001
    postcodes: PostcodeDirectory,
    log: IssueLog,
) -> None:
    table = postcodes.table
    gone = str(table.loc[table["is_terminated"].astype(bool), "postcode"].iloc[0])
    assert find(postcode=gone).is_terminated
    assert [issue.severity for issue in log] == [Severity.NOTE]


def test_nothing_given_is_nothing_found_and_nothing_said(find, log: IssueLog) -> None:  # noqa: ANN001
    assert find() is None
    assert not len(log)


@pytest.mark.parametrize(
    "given",
    [
        {"longitude": -1.4043, "latitude": 50.9073},
        {"easting_m": 441_988.0, "northing_m": 112_007.0},
        {"easting_m": -1.4043, "northing_m": 50.9073},
    ],
)
def test_coordinates_give_a_point_in_metres_or_degrees(given, find, log: IssueLog) -> None:  # noqa: ANN001
    place = find(**given)
    assert place.precision is Precision.COORDINATES
    assert (place.easting_m, place.northing_m) == pytest.approx((441_960, 112_000), abs=200)
    assert not len(log)


@pytest.mark.parametrize(
    "given",
    [
        {"longitude": 50.9073, "latitude": -1.4043},
        {"easting_m": 112_007.0, "northing_m": 441_988.0},
    ],
)
def test_swapped_coordinates_are_put_right_with_a_warning(given, find, log: IssueLog) -> None:  # noqa: ANN001
    place = find(**given)
    assert (place.easting_m, place.northing_m) == pytest.approx((441_960, 112_000), abs=200)
    assert [issue.severity for issue in log] == [Severity.WARNING]


def test_null_island_is_refused(find, log: IssueLog) -> None:  # noqa: ANN001
    assert find(longitude=0.0, latitude=0.0) is None
    assert "off Africa" in log.all()[0].message


def test_a_point_off_great_britain_is_refused(find, log: IssueLog) -> None:  # noqa: ANN001
    assert find(longitude=2.35, latitude=48.85) is None
    assert log.count(Severity.WARNING) == 1


def test_bad_coordinates_leave_the_postcode(find) -> None:  # noqa: ANN001
    assert find(longitude=0.0, latitude=0.0, postcode="SO14 7LW").precision is (
        Precision.UNIT_POSTCODE
    )


def test_coordinates_far_from_the_postcode_are_a_warning(find, log: IssueLog) -> None:  # noqa: ANN001
    find(longitude=-1.09, latitude=50.8, postcode="SO14 7LW")
    assert "km from the postcode SO14 7LW" in log.all()[0].message


def test_a_point_outside_hips_is_kept_and_noted(
    postcodes: PostcodeDirectory, log: IssueLog
) -> None:
    square = gpd.GeoSeries([shapely.box(440_000, 110_000, 445_000, 115_000)])
    ground = Ground(lsoa_shapes=square.to_numpy())
    location = Location(easting_m=530_000.0, northing_m=180_000.0)
    (place,) = geolocate([(2, location)], postcodes, ground, log)
    assert place is not None
    assert [(issue.severity, issue.line) for issue in log] == [(Severity.NOTE, 2)]


LOCATIONS = st.one_of(
    st.sampled_from(["SO14 7LW", "so147lw", "SO14", "SO14 9ZZ", "hello", "M1 1AE", " "]).map(
        lambda text: Location(postcode=text)
    ),
    st.sampled_from(
        [(-1.4043, 50.9073), (50.9073, -1.4043), (0.0, 0.0), (2.35, 48.85), (441_988.0, 112_007.0)]
    ).map(lambda pair: Location(longitude=pair[0], latitude=pair[1], postcode="SO14 7LW")),
    st.just(Location()),
)


@given(st.lists(LOCATIONS, max_size=10))
@settings(max_examples=25)
def test_many_are_placed_as_one_by_one(
    postcodes: PostcodeDirectory, locations: list[Location]
) -> None:
    together, singly = IssueLog("file.csv"), IssueLog("file.csv")
    numbered = list(enumerate(locations, start=2))
    places = geolocate(numbered, postcodes, Ground(), together)
    assert places == [
        place for each in numbered for place in geolocate([each], postcodes, Ground(), singly)
    ]
    assert sorted(map(str, together)) == sorted(map(str, singly))


def test_the_beginning_of_a_postcode_gives_its_sector_with_a_warning(find, log: IssueLog) -> None:  # noqa: ANN001
    assert find(postcode="SO14 7").precision is Precision.SECTOR
    assert "no area smaller than a ward" in log.all()[0].message


@pytest.mark.parametrize(
    ("side_m", "precision", "issues"),
    [
        (0, Precision.COORDINATES, 0),
        (10, Precision.COORDINATES, 0),
        (100, Precision.SQUARE_100M, 0),
        (1_000, Precision.SQUARE_1KM, 1),
        (10_000, Precision.AREA, 1),
    ],
)
def test_the_middle_of_a_square_is_as_exact_as_the_square_is_small(
    side_m: float,
    precision: Precision,
    issues: int,
    find,  # noqa: ANN001
    log: IssueLog,
) -> None:
    place = find(easting_m=442_500.0, northing_m=112_500.0, square_m=side_m)
    assert place.precision is precision
    assert len(log) == issues


def test_a_postcode_goes_before_coordinates_that_are_less_exact(find) -> None:  # noqa: ANN001
    place = find(easting_m=442_500.0, northing_m=112_500.0, square_m=1_000.0, postcode="SO14 7LW")
    assert place.precision is Precision.UNIT_POSTCODE
