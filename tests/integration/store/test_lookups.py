"""Keeping look-ups, postcodes and deprivation, and what they settle."""

from collections.abc import Sequence
from typing import Any

import pytest

from mapper.domain.area import AreaType
from mapper.domain.deprivation import DeprivationFigure, DeprivationKind, Domain
from mapper.domain.lookup import AreaLink, Change, LinkTo, PostcodeAreas
from mapper.domain.source import SourceKind
from mapper.store.areas import area_frame, save_areas
from mapper.store.counts import SaveCounts
from mapper.store.deprivation import deprivation_deciles, save_deprivation
from mapper.store.lookups import lsoa_changes, partnerships, save_links, settle_areas
from mapper.store.postcodes import postcode_directory, postcodes_version, save_postcodes
from mapper.store.session import Store
from mapper.store.sources import add_source, list_sources
from tests.factories import PORTSMOUTH, lsoa, make_areas, make_source


def _link(code: str = "E01000001", **given: Any) -> AreaLink:
    usual = {
        "from_level": "lsoa", "from_vintage": "2011", "from_code": code, "to": LinkTo.RURAL_URBAN,
        "to_vintage": "2011", "to_code": "D1", "to_name": "Rural town and fringe",
    }  # fmt: skip
    return AreaLink(**(usual | given))


def _save(store: Store, links: Sequence[AreaLink], name: str = "look-up") -> SaveCounts:
    with store.writing() as session:
        return save_links(session, add_source(session, make_source(SourceKind.LOOKUPS, name=name)),
                          links)  # fmt: skip


def _urban(store: Store, vintage: str = "2011") -> list[str]:
    with store.reading() as session:
        areas = area_frame(session, AreaType.LSOA, vintage)
    return areas.index[~areas["is_urban"].astype(bool)].to_list()


def test_a_class_settles_which_areas_are_rural(ground: Store) -> None:
    assert _save(ground, [_link()]) == SaveCounts(new=1)
    assert _urban(ground) == ["E01000001"]


def test_areas_that_come_later_keep_their_class(ground: Store) -> None:
    _save(ground, [_link(from_vintage="2021")])
    with ground.writing() as session:
        source = add_source(session, make_source(SourceKind.BOUNDARIES))
        save_areas(session, source, make_areas(AreaType.LSOA), (AreaType.LSOA, "2021"))
        settle_areas(session)
    assert (_urban(ground), _urban(ground, "2021")) == ([], ["E01000001"])


def test_a_corrected_line_replaces_the_first(ground: Store) -> None:
    _save(ground, [_link(), _link(lsoa(1))])
    told = _save(ground, [_link(to_code="C1", to_name="Urban city and town")], "newer")
    assert (told.changed, told.new) == (1, 1)
    assert _urban(ground) == [lsoa(1)]


def test_the_same_lines_again_are_as_before(ground: Store) -> None:
    _save(ground, [_link()])
    assert _save(ground, [_link()]) == SaveCounts(unchanged=1)


def test_a_source_of_which_nothing_is_left_is_no_longer_current(ground: Store) -> None:
    _save(ground, [_link()], "old")
    _save(ground, [_link(to_code="D2")], "new")
    with ground.reading() as session:
        current = {each.source.name: each.is_current for each in list_sources(session)}
    assert (current["old"], current["new"]) == (False, True)


def test_a_ward_is_settled_only_where_it_is_loaded(ground: Store) -> None:
    ward = {"to": LinkTo.WARD, "to_vintage": "2024", "to_name": ""}
    _save(ground, [_link(to_code="E05000004", **ward), _link(lsoa(1), to_code="E05009999", **ward)])
    with ground.reading() as session:
        wards = area_frame(session, AreaType.LSOA, "2011")["ward_code"]
    assert wards[[lsoa(0), lsoa(1)]].to_list() == ["E05000004", "E05000001"]


def test_a_best_fit_comes_before_any_ward_is_loaded(store: Store) -> None:
    with store.writing() as session:
        source = add_source(session, make_source(SourceKind.BOUNDARIES))
        save_areas(session, source, make_areas(AreaType.LSOA), (AreaType.LSOA, "2011"))
    _save(store, [_link(to=LinkTo.WARD, to_vintage="2024", to_code="E05000004")])
    with store.reading() as session:
        assert area_frame(session, AreaType.LSOA, "2011")["ward_code"].iloc[0] == "E05000001"


def test_a_name_in_everyday_words_is_what_an_area_is_called(ground: Store) -> None:
    _save(ground, [_link(to=LinkTo.NAME, to_vintage="", to_code="", to_name="Paulsgrove East")])
    with ground.reading() as session:
        assert area_frame(session, AreaType.LSOA, "2011")["area_name"].iloc[0] == "Paulsgrove East"


def test_changes_are_seen_from_both_sides(ground: Store) -> None:
    split = {"to": LinkTo.LSOA, "to_vintage": "2021", "to_name": "", "change": Change.SPLIT}
    _save(ground, [_link(to_code="E01000011", **split), _link(to_code="E01000012", **split)])
    with ground.reading() as session:
        found = set(lsoa_changes(session).itertuples(index=False, name=None))
    assert found == {
        ("E01000001", "E01000011", "S"), ("E01000001", "E01000012", "S"),
        ("E01000011", "E01000001", "M"), ("E01000012", "E01000001", "M"),
    }  # fmt: skip


def test_a_district_knows_its_partnership_and_force(ground: Store) -> None:
    own = {"from_level": "lad", "from_vintage": "2024", "from_code": PORTSMOUTH}
    _save(ground, [
        _link(**own, to=LinkTo.CSP, to_vintage="2024", to_code="E22000118", to_name="Portsmouth"),
        _link(**own, to=LinkTo.PFA, to_vintage="2024", to_code="E23000030", to_name="Hampshire"),
    ])  # fmt: skip
    with ground.reading() as session:
        found = partnerships(session, PORTSMOUTH)
    assert found == {LinkTo.CSP: ("Portsmouth", "2024"), LinkTo.PFA: ("Hampshire", "2024")}


@pytest.fixture
def known(store: Store) -> str:
    """A postcode of the shipped directory."""
    with store.reading() as session:
        return str(postcode_directory(session).table["postcode"].iloc[0])


def _add(store: Store, **given: Any) -> None:
    usual = {"easting_m": 450_000.0, "northing_m": 110_000.0, "lad_code": PORTSMOUTH}
    with store.writing() as session:
        source = add_source(session, make_source(SourceKind.LOOKUPS))
        save_postcodes(session, source, [PostcodeAreas(**(usual | given))])


def test_a_postcode_that_is_new_is_found(store: Store) -> None:
    with store.reading() as session:
        before = len(postcode_directory(session))
    _add(store, postcode="PO99 9QQ", ward_code="E05002441")
    with store.reading() as session:
        directory = postcode_directory(session)
    found = directory.find("po999qq")
    assert len(directory) == before + 1
    assert (found.easting_m, found.ward_code, found.lsoa11_code) == (450_000.0, "E05002441", "")
    assert not found.is_terminated


def test_a_later_look_up_wins_where_it_says_something(store: Store, known: str) -> None:
    with store.reading() as session:
        before = postcode_directory(session).find(known)
    _add(store, postcode=known, ward_code="E05099999")
    with store.reading() as session:
        found = postcode_directory(session).find(known)
    assert (found.ward_code, found.lad_code, found.easting_m) == ("E05099999", PORTSMOUTH, 450_000)
    assert found.lsoa11_code == before.lsoa11_code
    assert found.is_terminated == before.is_terminated


def test_a_later_look_up_can_end_a_postcode(store: Store, known: str) -> None:
    _add(store, postcode=known, is_terminated=True)
    with store.reading() as session:
        assert postcode_directory(session).find(known).is_terminated


def test_the_version_of_the_directory_changes_with_what_is_loaded(store: Store) -> None:
    with store.reading() as session:
        before = postcodes_version(session)
    _add(store, postcode="PO1 9ZZ")
    with store.reading() as session:
        assert postcodes_version(session) != before


def _figure(value: float, edition: int = 2019, vintage: str = "2011") -> DeprivationFigure:
    return DeprivationFigure(
        area_code=lsoa(0), edition=edition, vintage=vintage, measure=Domain.INDEX.value,
        kind=DeprivationKind.DECILE, value=value,
    )  # fmt: skip


def _keep(store: Store, *figures: DeprivationFigure) -> SaveCounts:
    with store.writing() as session:
        source = add_source(session, make_source(SourceKind.DEPRIVATION))
        return save_deprivation(session, source, figures)


def test_editions_on_other_small_areas_are_never_mixed(store: Store) -> None:
    _keep(store, _figure(3))
    _keep(store, _figure(7, 2025, "2021"))
    with store.reading() as session:
        found = {vintage: deprivation_deciles(session, vintage) for vintage in ("2011", "2021")}
    assert {vintage: each.by_area[lsoa(0)] for vintage, each in found.items() if each} == {
        "2011": 3.0, "2021": 7.0,
    }  # fmt: skip
    assert [each.label for each in found.values() if each] == [
        "Indices of Deprivation 2019 (LSOA 2011)",
        "Indices of Deprivation 2025 (LSOA 2021)",
    ]


def test_of_two_editions_on_the_same_small_areas_the_newer_is_used(store: Store) -> None:
    _keep(store, _figure(3))
    _keep(store, _figure(5, 2015))
    with store.reading() as session:
        found = deprivation_deciles(session, "2011")
    assert found is not None
    assert (found.edition, found.by_area[lsoa(0)]) == (2019, 3.0)


def test_without_an_edition_on_these_small_areas_there_is_none(store: Store) -> None:
    _keep(store, _figure(3))
    with store.reading() as session:
        assert deprivation_deciles(session, "2021") is None


def test_a_corrected_figure_replaces_the_first(store: Store) -> None:
    assert _keep(store, _figure(3)) == SaveCounts(new=1)
    assert _keep(store, _figure(4)) == SaveCounts(changed=1)
    assert _keep(store, _figure(4)) == SaveCounts(unchanged=1)
