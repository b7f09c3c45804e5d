"""The gap report of one authority."""

import json

import pytest

from mapper.domain.area import AreaType
from mapper.domain.deprivation import DeprivationFigure, DeprivationKind, Domain
from mapper.domain.disclosure import Audience
from mapper.domain.lookup import AreaLink, LinkTo
from mapper.domain.source import SourceKind
from mapper.errors import NotReadyError, UnknownAreaError
from mapper.reports.export import to_csv, to_json
from mapper.reports.gap_report import GapReport, gap_report
from mapper.reports.stand_alone import stand_alone_report
from mapper.store.deprivation import save_deprivation
from mapper.store.lookups import save_links
from mapper.store.runs import run_areas
from mapper.store.session import Store
from mapper.store.sources import add_source
from tests.factories import PORTSMOUTH, SOUTHAMPTON, make_source
from tests.integration.reports.world import EXAMPLE, choices
from tests.published import analyse_and_publish

LSOAS = {f"E0100000{number}" for number in (1, 2, 3, 4)}


def read(store: Store, lad: str = PORTSMOUTH, audience: Audience = Audience.PUBLIC) -> GapReport:
    """One report."""
    with store.reading() as session:
        return gap_report(session, lad, audience)


@pytest.mark.parametrize("lad", ["E06000044", " e06000044 ", "Portsmouth", "PORTS MOUTH"])
def test_an_authority_is_found_by_code_or_name_case_and_spaces_forgiven(
    world: Store, lad: str
) -> None:
    assert read(world, lad).lad_code == PORTSMOUTH


def test_an_unknown_authority_is_answered_with_those_there_are(world: Store) -> None:
    with pytest.raises(UnknownAreaError, match="Portsmouth, Southampton"):
        read(world, "Winchester")


def test_before_anything_is_loaded_no_authority_is_known(store: Store) -> None:
    with pytest.raises(UnknownAreaError):
        read(store)


def test_before_the_first_run_the_report_asks_for_one(filled: Store) -> None:
    with pytest.raises(NotReadyError, match="mapper analyse"):
        read(filled)


def test_a_report_holds_its_own_small_areas_by_rank(world: Store) -> None:
    rows = read(world).areas.table.records()
    ranks = [row["rank"].value for row in rows]
    assert {row["area_code"].value for row in rows} == LSOAS
    assert ranks == sorted(ranks)


def test_every_small_area_has_an_outline_and_a_working(world: Store) -> None:
    report = read(world)
    assert set(report.areas.outlines) == set(report.explanations) == LSOAS


def test_the_wards_are_those_of_the_authority(world: Store) -> None:
    rows = read(world).wards.records()
    assert {row["area_code"].value for row in rows} == {"E05000001", "E05000002"}


def test_headline_figures_are_those_of_the_authority(world: Store) -> None:
    figures = {heading: cell.value for heading, cell, _ in read(world).figures}
    assert figures["Recorded violence"] == 73


def test_who_works_here_are_those_whose_work_reaches_it(world: Store) -> None:
    here = {row["name"].text for row in read(world).providers.records()}
    there = {row["name"].text for row in read(world, SOUTHAMPTON).providers.records()}
    assert {"Portsmouth Youth Trust", "A Refuge"} <= here
    assert "A Refuge" not in there
    assert EXAMPLE in there


def test_ties_are_between_those_who_work_here(world: Store) -> None:
    [tie] = read(world).links.records()
    assert {tie["first"].text, tie["second"].text} == {
        "Portsmouth Youth Trust",
        "Southampton Library",
    }


def test_a_report_says_where_it_comes_from(world: Store) -> None:
    told = read(world).provenance
    names = {source.name for source in told.sources}
    assert {"directory", "returns", "lsoa 2011", "census"} <= names
    assert (told.period, told.population) == (
        "January 2025 to March 2025",
        "Census 2011 usual residents",
    )


@pytest.mark.parametrize("audience", list(Audience))
def test_the_page_the_json_and_the_csv_carry_the_same_rows(
    world: Store, audience: Audience
) -> None:
    report = read(world, PORTSMOUTH, audience)
    page = stand_alone_report(report, "data:,")
    codes = [row["area_code"] for row in json.loads(to_json(report.areas.table))["rows"]]
    lines = to_csv(report.areas.table).splitlines()[1:]
    assert len(codes) == len(lines) == 4
    assert all(code in line for code, line in zip(codes, lines, strict=True))
    assert all(f",{audience.label}," in line for line in lines)
    places = [page.index(f"<td>{code}</td>") for code in codes]
    assert places == sorted(places)


def test_a_report_says_for_whose_eyes_it_is(world: Store) -> None:
    page = stand_alone_report(read(world, audience=Audience.PARTNER), "data:,")
    assert "for partner eyes" in page


def test_a_hostile_name_is_only_a_name_in_the_page(world: Store) -> None:
    page = stand_alone_report(read(world, SOUTHAMPTON), "data:,")
    assert "<script" not in page


@pytest.fixture
def deprived(world: Store) -> Store:
    """The world with deciles of 2019 and of 2025, and a partnership, analysed again."""
    figures = [
        DeprivationFigure(
            area_code=f"E0100000{number}",
            edition=edition,
            vintage=vintage,
            measure=Domain.INDEX.value,
            kind=DeprivationKind.DECILE,
            value=value,
        )
        for number in (1, 2, 3)
        for edition, vintage, value in ((2019, "2011", number), (2025, "2021", 10))
    ]
    own = {"from_level": "lad", "from_vintage": "2024", "from_code": PORTSMOUTH}
    links = [
        AreaLink(**own, to=kind, to_vintage="2024", to_code=code, to_name=name)
        for kind, code, name in (
            (LinkTo.CSP, "E22000118", "Portsmouth"),
            (LinkTo.PFA, "E23000030", "Hampshire"),
        )
    ]
    with world.writing() as session:
        save_links(session, add_source(session, make_source(SourceKind.LOOKUPS)), links)
        for edition in (2019, 2025):
            source = make_source(SourceKind.DEPRIVATION, name=f"indices {edition}")
            chosen = [each for each in figures if each.edition == edition]
            save_deprivation(session, add_source(session, source), chosen)
    analyse_and_publish(world, choices())
    return world


def test_deprivation_is_told_for_context_of_the_edition_on_the_same_small_areas(
    deprived: Store,
) -> None:
    report = read(deprived)
    deciles = {
        row["area_code"].value: row["deprivation_decile"].text
        for row in report.areas.table.records()
    }
    assert deciles == {
        "E01000001": "1", "E01000002": "2", "E01000003": "3", "E01000004": "not known",
    }  # fmt: skip
    (column,) = [c for c in report.areas.table.columns if c.name == "deprivation_decile"]
    assert "Indices of Deprivation 2019 (LSOA 2011)" in column.meaning
    assert any("2019 (LSOA 2011), for context" in note for note in report.provenance.notes)
    assert {"indices 2019"} == {
        each.name for each in report.provenance.sources if each.name.startswith("indices")
    }


def test_deprivation_changes_no_score_and_no_rank(deprived: Store) -> None:
    with deprived.reading() as session:
        later, earlier = (run_areas(session, run, AreaType.LSOA) for run in (2, 1))
    scores = [{code: row["gap_score"] for code, row in rows.items()} for rows in (earlier, later)]
    assert scores[0] == scores[1]


def test_a_ward_counts_its_small_areas_in_the_most_deprived_tenth(deprived: Store) -> None:
    counts = [row["areas_most_deprived"].value for row in read(deprived).wards.records()]
    assert sorted(counts) == [0, 1]


def test_a_report_says_which_partnership_and_force_the_authority_belongs_to(
    deprived: Store,
) -> None:
    assert read(deprived).summary[-1] == (
        "Portsmouth belongs to the community safety partnership of Portsmouth and the police "
        "force area of Hampshire (2024)."
    )


def test_without_deprivation_nothing_is_said_of_it(world: Store) -> None:
    report = read(world)
    assert "deprivation_decile" not in {c.name for c in report.areas.table.columns}
    assert not any("Deprivation" in note for note in report.provenance.notes)
