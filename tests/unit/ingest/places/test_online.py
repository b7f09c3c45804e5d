"""An online geocoder is asked last, for few, and never for what is sheltered or of a person."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
import shapely

from mapper.domain.activity import Activity
from mapper.domain.disclosure import Visibility
from mapper.domain.located import Located
from mapper.domain.organisation import OrganisationKind
from mapper.domain.place import Location, Place, Precision
from mapper.domain.site import Site
from mapper.errors import SettingError
from mapper.geography.postcode_directory import PostcodeDirectory
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog, Severity
from mapper.ingest.places.geocoder import Geocoder
from mapper.ingest.places.online import Online
from mapper.ingest.places.placing import Finders, placed
from mapper.ingest.records.parsed import Parsed
from mapper.ingest.records.provenance import Provenance
from tests.factories import located, make_activity, make_contact, make_organisation, make_place
from tests.local_server import Answers, Server
from tests.nominatim_server import gazetteer

SOUTHAMPTON = Ground(
    lsoa_shapes=np.array([shapely.box(440_000, 110_000, 444_000, 114_000)], dtype=object)
)
HALL = "1 Mill Lane, Southampton"

Ask = Callable[..., list[Place | None]]


@pytest.fixture(scope="module")
def postcodes() -> PostcodeDirectory:
    return PostcodeDirectory.load()


@pytest.fixture
def server(serve: Callable[[Answers], Server]) -> Server:
    return serve(gazetteer)


@pytest.fixture
def ask(server: Server, postcodes: PostcodeDirectory, log: IssueLog) -> Ask:
    def of(
        *records: Any, sheltered: tuple[str, ...] = (), chunk: int = 0, **choices: Any
    ) -> list[Place | None]:
        set_so = {"address": server.address, "per_second": 100.0, "silence_s": 0.3} | choices
        online = Online(Geocoder(**set_so), lambda: sheltered)
        given = [
            each if isinstance(each, Located) else located(each, line=2 + at)
            for at, each in enumerate(records)
        ]
        places = online.for_file(log)
        chunks = (given,) if not chunk else (given[:chunk], given[chunk:])
        found = [
            each.place for some in chunks for each in places.place(some, postcodes, SOUTHAMPTON)
        ]
        places.end()
        return found

    return of


def at(address: str, postcode: str = "", **choices: Any) -> Any:
    """An organisation of which only its address is known."""
    return make_organisation(location=Location(address=address, postcode=postcode), **choices)


def asked(server: Server) -> list[str]:
    return [parse_qs(urlsplit(path).query)["q"][0] for path in server.asked]


def test_a_house_is_found_at_its_door(ask: Ask, log: IssueLog) -> None:
    (place,) = ask(at(HALL))
    assert place is not None
    assert (place.precision, place.method) == (
        Precision.COORDINATES,
        "online geocoder (127.0.0.1)",
    )
    assert (place.easting_m, place.northing_m) == pytest.approx((441_960, 112_000), abs=200)
    assert [(each.line, each.severity) for each in log] == [(2, Severity.NOTE)]


def test_a_road_is_a_street_and_a_city_only_an_area(ask: Ask, log: IssueLog) -> None:
    found = ask(at("99 Mill Lane, Southampton"), at("Southampton"))
    assert [each and each.precision for each in found] == [Precision.STREET, Precision.AREA]
    assert [each.severity for each in log] == [Severity.NOTE, Severity.WARNING]


def test_only_the_address_is_sent_with_a_hint_of_where(ask: Ask, server: Server) -> None:
    ask(
        at(HALL, "hello", name="Secret Name", description="Words"), agent="hips-vru (a@example.org)"
    )
    (path,) = server.asked
    query = parse_qs(urlsplit(path).query)
    assert set(query) == {"q", "format", "limit", "viewbox", "countrycodes", "accept-language"}
    assert (query["q"], query["countrycodes"], query["limit"]) == ([HALL], ["gb"], ["1"])
    assert query["viewbox"] == ["-1.96,50.55,-0.7,51.4"]
    assert server.agents == ["hips-vru (a@example.org)"]


@pytest.mark.parametrize("town", ["Leeds", "Wareham"])
def test_an_answer_outside_hips_gives_no_place(ask: Ask, log: IssueLog, town: str) -> None:
    assert ask(at(f"1 Mill Lane, {town}")) == [None]
    assert [each.severity for each in log] == [Severity.NOTE]
    assert "outside HIPS" in next(iter(log)).message


def test_an_answer_as_wide_as_a_county_gives_no_place(ask: Ask, log: IssueLog) -> None:
    assert ask(at("1 Mill Lane, Hampshire")) == [None]
    assert "wider than an authority" in next(iter(log)).message


@pytest.mark.parametrize("chunk", [0, 1, 3])
def test_equal_addresses_are_asked_for_once_in_a_file(ask: Ask, server: Server, chunk: int) -> None:
    records = (at(HALL), at(HALL.upper()), at("Nowhere Hall"), at("Nowhere Hall"))
    found = ask(*records, chunk=chunk)
    assert [each is not None for each in found] == [True, True, False, False]
    assert asked(server) == [HALL, "Nowhere Hall"]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("Nowhere Hall", "did not know 1 address"),
        ("Slow Hall", "failed for 1 address: it did not answer in time"),
        ("Dripping Hall", "failed for 1 address: its answer took too long"),
        ("Broken Hall", "failed for 1 address: it answered 500"),
        ("Page Hall", "failed for 1 address: its answer is not JSON"),
        ("Odd Hall", "failed for 1 address: its answer is not one of a geocoder"),
    ],
)
def test_a_question_that_fails_is_an_issue_and_the_next_is_asked(
    ask: Ask, log: IssueLog, address: str, words: str
) -> None:
    found = ask(at(address), at(HALL))
    assert [each is not None for each in found] == [False, True]
    (said,) = [each for each in log if not each.line]
    assert words in said.message


@pytest.mark.parametrize("address", ["Busy Hall", "Closed Hall", "Moved Hall"])
def test_a_server_that_refuses_is_not_asked_again_and_that_is_said_once(
    ask: Ask, server: Server, log: IssueLog, address: str
) -> None:
    assert ask(at(address), at(HALL), at("Nowhere Hall")) == [None, None, None]
    assert asked(server) == [address]
    said = [each.message for each in log]
    assert len(said) == 2
    assert "was not asked for 2 addresses" in said[1]


def test_after_three_failures_in_a_row_the_server_is_left_alone(
    ask: Ask, server: Server, log: IssueLog
) -> None:
    ask(at("Broken Hall"), at("Page Hall"), at("Odd Hall"), at(HALL))
    assert len(server.asked) == 3
    assert "was not asked for 1 address: 3 questions in a row failed." in [
        each.message.partition("127.0.0.1 ")[2] for each in log
    ]


def test_questions_keep_the_pace_that_was_set(ask: Ask) -> None:
    began = time.monotonic()
    ask(at(HALL), at("Nowhere Hall"), at("Southampton"), per_second=5.0)
    assert time.monotonic() - began >= 0.4


@pytest.mark.parametrize("chunk", [0, 1, 2])
def test_no_more_is_asked_than_is_allowed_for_a_file(
    ask: Ask, server: Server, log: IssueLog, chunk: int
) -> None:
    ask(at(HALL), at("Nowhere Hall"), at("Southampton"), most=1, chunk=chunk)
    assert asked(server) == [HALL]
    assert "was not asked for 2 addresses" in log.all()[0].message


@pytest.mark.parametrize(
    "record",
    [
        at(HALL, kind=OrganisationKind.REFUGE),
        at(HALL, visibility=Visibility.WARD),
        at(HALL, visibility=Visibility.AUTHORITY),
        at(HALL, visibility=Visibility.HIDDEN),
        at(HALL, name="Solent Women's Refuge"),
        at(HALL, description="Safe accommodation for women and children"),
        at(HALL, also_known_as=("The Safe House",)),
        at(f"Women's Aid, {HALL}"),
        at(HALL, name="Hope Trust"),
        at("Unit 2, 5 Dock Road, Southampton"),
        at("5 Dock Road"),
        at(f"c/o Sam Example, {HALL}"),
        at(f"{HALL}, sam@example.org"),
        at(f"{HALL}, 023 8012 3456"),
        at(f"Sam Example, {HALL}", contacts=(make_contact(name="Sam Example"),)),
        at(HALL, postcode="M1 1AE"),
        at(HALL, postcode="M1"),
        at("Confidential"),
        at("N/A"),
        at(""),
        located(at(HALL), make_place()),
    ],
    ids=repr,
)
def test_nothing_is_asked_of_what_is_sheltered_of_a_person_or_already_known(
    ask: Ask, server: Server, record: Any
) -> None:
    ask(record, sheltered=("Hope Trust", "5 Dock Road, Southampton"))
    assert server.asked == []


def test_an_address_that_the_file_itself_shelters_is_not_asked_for(
    ask: Ask, server: Server
) -> None:
    ask(at(HALL), at(HALL, name="Hope House", kind=OrganisationKind.REFUGE))
    assert server.asked == []


def test_nothing_is_asked_at_a_further_site_that_is_sheltered(ask: Ask, server: Server) -> None:
    site = Site(location=Location(address=HALL), visibility=Visibility.AUTHORITY)
    ask(at("Southampton", further_sites=(site,)), at(HALL))
    assert asked(server) == ["Southampton"]


def _activity(**choices: Any) -> Activity:
    return make_activity(location=Location(address=HALL), **choices)


@pytest.mark.parametrize(
    "record",
    [
        _activity(visibility=Visibility.AUTHORITY),
        _activity(lead="Portsmouth Women's Aid"),
        _activity(lead="Hope Trust"),
        _activity(title="Play at the refuge"),
    ],
    ids=repr,
)
def test_nothing_is_asked_of_an_activity_at_or_of_a_sheltered_place(
    ask: Ask, server: Server, record: Activity
) -> None:
    ask(record, sheltered=("Hope Trust",))
    assert server.asked == []


def test_an_activity_is_found_by_its_address(ask: Ask) -> None:
    assert ask(_activity())[0] is not None


def test_a_postcode_that_is_only_not_known_leaves_the_address_to_ask_for(
    ask: Ask, server: Server
) -> None:
    ask(at(HALL, "SO14 9ZZ"))
    assert asked(server) == [HALL]


def test_without_a_geocoder_nothing_is_asked(
    server: Server, postcodes: PostcodeDirectory, log: IssueLog
) -> None:
    parsed = Parsed(((2, at(HALL)),), 1, Provenance("list"))
    assert not list(placed(parsed, Finders(postcodes, SOUTHAMPTON), log))
    assert server.asked == []


def test_what_stays_without_a_place_is_left_out_as_before(
    server: Server, postcodes: PostcodeDirectory, log: IssueLog
) -> None:
    online = Online(Geocoder(address=server.address, per_second=100.0))
    parsed = Parsed(((2, at(HALL)), (3, at("Nowhere Hall"))), 2, Provenance("list"))
    found = placed(parsed, Finders(postcodes, SOUTHAMPTON, online=online), log)
    assert [each.line for each in found] == [2]
    assert [each.line for each in log if each.severity is Severity.ERROR] == [3]


@pytest.mark.parametrize(
    "address",
    [
        "http://geocoder.example.org",
        "geocoder.example.org",
        "ftp://geocoder.example.org",
        "https://",
        "https://sam:word@geocoder.example.org",
        "https://geocoder.example.org/search?key=1",
        "https://geocoder.example.org:port",
    ],
)
def test_an_address_that_would_not_be_safe_to_ask_is_refused_without_its_secrets(
    address: str,
) -> None:
    with pytest.raises(SettingError) as error:
        Geocoder(address=address)
    assert "word" not in str(error.value).replace("a password", "")


def test_a_folder_and_the_word_search_may_stand_in_the_address() -> None:
    geocoder = Geocoder(address="https://maps.example.org/nominatim/search/")
    assert (geocoder.scheme, geocoder.domain) == ("https", "maps.example.org/nominatim")
