"""Keeping boundaries, and finding an authority by what people call it."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from mapper.domain.area import AreaType
from mapper.domain.population import ResidentCount
from mapper.domain.source import SourceKind
from mapper.errors import NotReadyError, UnknownAreaError
from mapper.store.areas import (
    analysis_vintage,
    area_frame,
    area_names,
    find_lad,
    latest_vintage,
    link_areas,
    loaded_layers,
    lsoa_vintages,
    save_areas,
)
from mapper.store.population import save_population
from mapper.store.session import Store
from mapper.store.sources import add_source
from tests.factories import PORTSMOUTH, lay_ground, lsoa, make_areas, make_source

LSOA_2021 = (AreaType.LSOA, "2021")


def test_areas_come_back_as_they_were_saved(ground: Store) -> None:
    saved = make_areas(AreaType.LSOA)
    with ground.reading() as session:
        kept = area_frame(session, AreaType.LSOA, "2011")
    assert kept.index.to_list() == saved.index.to_list()
    assert kept.crs.to_epsg() == 27700
    assert all(kept.geometry.geom_equals(saved.geometry))


def test_a_polygon_is_kept_as_a_multipolygon(ground: Store) -> None:
    with ground.reading() as session:
        kept = area_frame(session, AreaType.LAD, "2011")
    assert set(kept.geom_type) == {"MultiPolygon"}


def test_a_code_that_is_there_is_replaced_and_another_added(ground: Store) -> None:
    changed = make_areas(AreaType.LSOA).rename(index={lsoa(0): "E01000099"})
    with ground.writing() as session:
        source = add_source(session, make_source(SourceKind.BOUNDARIES))
        assert save_areas(session, source, changed, (AreaType.LSOA, "2011")) == (7, 1)
        assert len(area_frame(session, AreaType.LSOA, "2011")) == 9


def test_vintages_stand_side_by_side(ground: Store) -> None:
    with ground.writing() as session:
        _load(session, LSOA_2021)
        assert lsoa_vintages(session) == ["2011", "2021"]
        assert len(area_frame(session, AreaType.LSOA, "2011")) == 8


def test_the_latest_vintage_is_chosen_by_level(ground: Store) -> None:
    with ground.writing() as session:
        _load(session, LSOA_2021)
        assert latest_vintage(session, AreaType.LSOA) == "2021"
        assert latest_vintage(session, AreaType.LAD) == "2011"


def test_a_level_that_is_not_loaded_says_what_to_do(store: Store) -> None:
    with store.reading() as session, pytest.raises(NotReadyError, match="mapper init"):
        latest_vintage(session, AreaType.LSOA)


def test_the_analysis_takes_the_newest_vintage_that_has_residents(ground: Store) -> None:
    with ground.writing() as session:
        renamed = make_areas(AreaType.LSOA).rename(index=lambda code: code.replace("E010", "E013"))
        source = add_source(session, make_source(SourceKind.BOUNDARIES))
        save_areas(session, source, renamed, LSOA_2021)
        assert analysis_vintage(session) == "2011"
        _people(session, list(renamed.index))
        assert analysis_vintage(session) == "2021"


def test_residents_of_half_the_areas_are_not_enough(ground: Store) -> None:
    with ground.writing() as session:
        renamed = make_areas(AreaType.LSOA).rename(index=lambda code: code.replace("E010", "E013"))
        source = add_source(session, make_source(SourceKind.BOUNDARIES))
        save_areas(session, source, renamed, LSOA_2021)
        _people(session, list(renamed.index)[:4])
        assert analysis_vintage(session) == "2011"


def test_without_residents_there_is_nothing_to_analyse(store: Store) -> None:
    with store.writing() as session:
        _load(session, LSOA_2021)
        with pytest.raises(NotReadyError, match="population"):
            analysis_vintage(session)


def test_links_are_set_for_the_areas_given_only(ground: Store) -> None:
    links = make_areas(AreaType.LSOA)[["msoa_code", "centre_easting_m"]].head(1)
    links["msoa_code"] = "E02000001"
    with ground.writing() as session:
        link_areas(session, (AreaType.LSOA, "2011"), links)
        kept = area_frame(session, AreaType.LSOA, "2011")["msoa_code"]
    assert kept.to_list() == ["E02000001"] + [""] * 7


@pytest.mark.parametrize(
    "text", ["Portsmouth", "portsmouth", " PORTSMOUTH ", "E06000044", "e06000044", "Ports mouth"]
)
def test_an_authority_is_found_whatever_case_and_spaces(ground: Store, text: str) -> None:
    with ground.reading() as session:
        assert find_lad(session, text) == (PORTSMOUTH, "Portsmouth")


def test_an_unknown_authority_is_refused_with_those_that_are_loaded(ground: Store) -> None:
    with ground.reading() as session, pytest.raises(UnknownAreaError, match="Southampton"):
        find_lad(session, "Portsea")


@given(text=st.text(max_size=30))
def test_any_text_is_either_an_authority_or_refused(ground: Store, text: str) -> None:
    with ground.reading() as session:
        try:
            code, _ = find_lad(session, text)
        except UnknownAreaError:
            return
    assert code.startswith("E0600004")


def test_the_names_of_every_level_are_listed(ground: Store) -> None:
    with ground.reading() as session:
        assert area_names(session)["level"].value_counts().to_dict() == {
            "lsoa": 8,
            "ward": 4,
            "lad": 2,
        }


def test_layers_are_listed_by_level_and_vintage(ground: Store) -> None:
    with ground.reading() as session:
        assert loaded_layers(session) == [
            (AreaType.LAD, "2011"),
            (AreaType.LSOA, "2011"),
            (AreaType.WARD, "2011"),
        ]


def test_an_area_in_two_parts_is_kept_whole(store: Store) -> None:
    areas = make_areas(AreaType.LAD)
    parts = [shapely.box(0, 0, 1, 1), shapely.box(5, 5, 6, 6)]
    areas["geometry"] = [shapely.MultiPolygon(parts)] * 2
    with store.writing() as session:
        source = add_source(session, make_source(SourceKind.BOUNDARIES))
        save_areas(session, source, areas, (AreaType.LAD, "2011"))
        assert area_frame(session, AreaType.LAD, "2011").area.to_list() == [2.0, 2.0]


def test_the_same_ground_twice_is_no_fault(ground: Store) -> None:
    with ground.writing() as session:
        lay_ground(session)
        assert len(area_frame(session, AreaType.LSOA, "2011")) == 8


def _load(session: Session, layer: tuple[AreaType, str]) -> None:
    source = add_source(session, make_source(SourceKind.BOUNDARIES))
    save_areas(session, source, make_areas(layer[0]), layer)


def _people(session: Session, codes: list[str]) -> None:
    source = add_source(session, make_source(SourceKind.POPULATION))
    residents = [
        ResidentCount(area_code=code, age_from=0, age_to=None, residents=1) for code in codes
    ]
    save_population(session, source, residents, label="Mid-2020 estimates", year=2020)
