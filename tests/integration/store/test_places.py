"""Keeping places, and assigning them to areas by the directory's code or on the ground."""

import pytest
from sqlalchemy import select

from mapper.domain.area import AreaType
from mapper.domain.place import Place, Precision
from mapper.domain.source import SourceKind
from mapper.store.areas import save_areas
from mapper.store.models import PlaceAreaRow
from mapper.store.places import reassign_places, save_places
from mapper.store.session import Store
from mapper.store.sources import add_source
from tests.factories import lad_of, lsoa, make_areas, make_place, make_source, ward_of


def test_ids_stand_in_the_order_of_the_places(store: Store) -> None:
    first, second = make_place(0), make_place(1)
    with store.writing() as session:
        one, none, two, again = save_places(session, [first, None, second, first])
    assert none is None
    assert one == again != two


def test_a_place_is_kept_once(store: Store) -> None:
    with store.writing() as session:
        before = save_places(session, [make_place()])
        assert save_places(session, [make_place()]) == before


def test_a_place_lies_in_an_area_of_every_level_loaded(ground: Store) -> None:
    assert _areas(ground, make_place(5)) == {
        AreaType.LSOA: lsoa(5),
        AreaType.WARD: ward_of(5),
        AreaType.LAD: lad_of(5),
    }


def test_the_code_of_the_directory_is_trusted_over_an_approximate_polygon(ground: Store) -> None:
    place = make_place(0, lsoa11_code=lsoa(1))
    assert _areas(ground, place)[AreaType.LSOA] == lsoa(1)


def test_a_code_that_is_not_loaded_gives_way_to_the_ground(ground: Store) -> None:
    place = make_place(0, lsoa11_code="E01999999")
    assert _areas(ground, place)[AreaType.LSOA] == lsoa(0)


@pytest.mark.parametrize("precision", [Precision.DISTRICT, Precision.AREA, Precision.UNKNOWN])
def test_a_coarse_place_says_its_authority_and_no_more(ground: Store, precision: Precision) -> None:
    place = make_place(0, precision=precision)
    assert set(_areas(ground, place)) == {AreaType.LAD}


def test_how_a_place_was_assigned_is_kept(ground: Store) -> None:
    _areas(ground, make_place(0, lsoa11_code=lsoa(0)))
    with ground.reading() as session:
        rows = session.execute(select(PlaceAreaRow.level, PlaceAreaRow.method))
        methods = dict(rows.all())
    assert methods == {
        "lsoa": "postcode directory",
        "lad": "postcode directory",
        "ward": "point in polygon",
    }


def test_a_place_outside_every_area_lies_in_none(ground: Store) -> None:
    place = make_place(0, easting_m=300_000.0, northing_m=300_000.0, lad_code="")
    assert _areas(ground, place) == {}


def test_places_are_assigned_anew_when_boundaries_change(ground: Store) -> None:
    _areas(ground, make_place(0))
    moved = make_areas(AreaType.LSOA)
    moved["geometry"] = moved.geometry.translate(xoff=1_000.0)
    with ground.writing() as session:
        source = add_source(session, make_source(SourceKind.BOUNDARIES))
        save_areas(session, source, moved, (AreaType.LSOA, "2011"))
        assert reassign_places(session, AreaType.LSOA, "2011") == 0
    assert AreaType.LSOA not in _kept(ground)


def _areas(store: Store, place: Place) -> dict[AreaType, str]:
    with store.writing() as session:
        save_places(session, [place])
    return _kept(store)


def _kept(store: Store) -> dict[AreaType, str]:
    with store.reading() as session:
        rows = session.execute(select(PlaceAreaRow.level, PlaceAreaRow.area_code))
        return {AreaType(level): code for level, code in rows}


def test_a_sector_says_the_ward_that_the_directory_gives_and_nothing_smaller(
    ground: Store,
) -> None:
    sector = make_place(0, precision=Precision.SECTOR, postcode="PO1 3", ward_code=ward_of(0))
    assert _areas(ground, sector) == {AreaType.WARD: ward_of(0), AreaType.LAD: lad_of(0)}


def test_a_sector_of_several_wards_says_its_authority_and_no_more(ground: Store) -> None:
    sector = make_place(0, precision=Precision.SECTOR, postcode="PO1 3")
    assert set(_areas(ground, sector)) == {AreaType.LAD}


@pytest.mark.parametrize(("east_m", "levels"), [(0, {"ward", "lad"}), (1_000, {"lad"})])
def test_a_square_says_its_ward_only_if_it_lies_wholly_in_it(
    ground: Store, east_m: float, levels: set[str]
) -> None:
    # Wards are two kilometres wide: a square in the middle of one, and one over their border.
    place = make_place(
        0,
        precision=Precision.SQUARE_1KM,
        postcode="",
        lad_code="",
        easting_m=461_000.0 + east_m,
    )
    assert {level.value for level in _areas(ground, place)} == levels
