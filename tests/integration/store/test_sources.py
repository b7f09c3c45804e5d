"""Provenance: what was loaded, and whether it is still what counts."""

from dataclasses import replace

from mapper.domain.disclosure import Sensitivity
from mapper.domain.population import ResidentCount
from mapper.domain.source import SourceKind
from mapper.store import frames
from mapper.store.areas import population_set
from mapper.store.population import save_population
from mapper.store.session import Store
from mapper.store.sources import (
    add_source,
    find_same,
    form_source,
    list_sources,
    mark_replaced,
    sources_by_id,
)
from tests.factories import lsoa, make_source

FORM = make_source(SourceKind.ACTIVITIES, name="Register an activity", checksum="")


def test_a_source_comes_back_as_it_was_kept(store: Store) -> None:
    source = make_source(
        publisher="A council",
        licence="OGL-UK-3.0",
        attribution="Contains public sector data",
        period="2025-01",
        sensitivity=Sensitivity.RESTRICTED,
        loaded_by="analyst@example.org",
        is_synthetic=True,
    )
    with store.writing() as session:
        add_source(session, source)
    with store.reading() as session:
        assert [one.source for one in list_sources(session)] == [source]


def test_the_same_content_under_the_same_name_is_recognised(store: Store) -> None:
    source = make_source()
    with store.writing() as session:
        known = add_source(session, source)
        found = find_same(session, source.kind, source.name, source.checksum)
    assert found is not None
    assert found.id == known


def test_other_content_name_or_kind_is_not_the_same(store: Store) -> None:
    source = make_source()
    with store.writing() as session:
        add_source(session, source)
        assert find_same(session, source.kind, source.name, "0" * 64) is None
        assert find_same(session, source.kind, "schools", source.checksum) is None
        assert find_same(session, SourceKind.VIOLENCE, source.name, source.checksum) is None


def test_content_that_was_replaced_since_may_be_loaded_again(store: Store) -> None:
    source = make_source()
    with store.writing() as session:
        mark_replaced(session, [add_source(session, source)])
        assert find_same(session, source.kind, source.name, source.checksum) is None


def test_a_form_is_one_source(store: Store) -> None:
    with store.writing() as session:
        assert form_source(session, FORM) == form_source(session, replace(FORM))


def test_sources_are_found_by_id_in_the_order_loaded(store: Store) -> None:
    with store.writing() as session:
        ids = [add_source(session, make_source()) for _ in range(3)]
        assert [one.id for one in sources_by_id(session, reversed(ids))] == ids


def test_the_time_of_loading_is_kept(store: Store) -> None:
    with store.writing() as session:
        add_source(session, make_source())
    with store.reading() as session:
        assert list_sources(session)[0].loaded_at is not None


def test_the_newest_residents_are_the_denominator(ground: Store) -> None:
    people = [
        ResidentCount(area_code=lsoa(square), age_from=low, age_to=high, residents=700)
        for square in range(8)
        for low, high in ((0, 15), (16, None))
    ]
    with ground.writing() as session:
        source = add_source(session, make_source(SourceKind.POPULATION, name="census 2021"))
        save_population(session, source, people, label="Census 2021 usual residents", year=2021)
    with ground.reading() as session:
        chosen = population_set(session, "2011")
        assert chosen is not None
        assert chosen.label == "Census 2021 usual residents"
        assert frames.residents(session, "2011")[lsoa(0)] == 1_400
