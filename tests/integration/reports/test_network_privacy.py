"""Nobody can tell from the network they are shown that somebody is missing in it."""

import io
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import pandas as pd
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience, Visibility
from mapper.domain.organisation import Sector
from mapper.domain.place import Location
from mapper.domain.source import SourceKind
from mapper.domain.tie import DeclaredLink, Layer
from mapper.reports.export import as_plain
from mapper.reports.gap_report import gap_report
from mapper.reports.network_between import network_between
from mapper.reports.network_file import NetworkForm, network_file
from mapper.reports.network_layers import NetworkSlice
from mapper.reports.network_measured import seen_network
from mapper.reports.network_report import network_report
from mapper.reports.network_view import network_view
from mapper.reports.organisation_links import ties_of
from mapper.reports.providers import local_providers
from mapper.reports.sections.connections import connection_section
from mapper.store.activities import save_activities
from mapper.store.declared_links import save_declared_link
from mapper.store.organisations import save_organisations
from mapper.store.runs import latest_run
from mapper.store.session import Store, open_store
from mapper.store.sources import add_source
from tests.factories import (
    PORTSMOUTH,
    SOUTHAMPTON,
    located,
    make_activity,
    make_organisation,
    make_place,
    make_source,
)
from tests.integration.reports.world import choices, fill
from tests.published import analyse_and_publish

FORGOTTEN = "Forgotten Body"
DAYS = date(2025, 1, 10), date(2025, 3, 20)
SECTORS = (Sector.VCSE, Sector.SPORT, Sector.VCSE, Sector.EDUCATION, Sector.FAITH, Sector.SPORT)
PARTS = [
    NetworkSlice(),
    NetworkSlice(quarter="2025-1"),
    NetworkSlice(lad_code=PORTSMOUTH),
    NetworkSlice(lad_code=SOUTHAMPTON),
    NetworkSlice(sector=Sector.VCSE.value),
    NetworkSlice(Layer.VENUE),
    NetworkSlice(Layer.REFERRAL),
]
WORK = (("North", "South"), ("South", "East"), ("East", "West", "North"), ("West", "Middle"))


def inhabit(store: Store, *, has_forgotten: bool) -> None:
    """Fill the world, with six who work together, and one that the public may not see.

    It takes part in everything but the work of the last two, at one venue, and is referred to.
    """
    fill(store)
    names = ["North", "South", "East", "West", "Middle", "Lonely"]
    people = [
        located(make_organisation(name=name, sector=sector), make_place(square))
        for square, (name, sector) in enumerate(zip(names, SECTORS, strict=True))
    ]
    forgotten = make_organisation(name=FORGOTTEN, sector=Sector.VCSE)
    with store.writing() as session:
        source = add_source(session, make_source(SourceKind.ORGANISATIONS, name="list"))
        save_organisations(session, source, people)
        if has_forgotten:
            other = add_source(session, make_source(SourceKind.ORGANISATIONS, name="old list"))
            save_organisations(session, other, [located(forgotten, make_place(3))])
        activities = add_source(session, make_source(SourceKind.ACTIVITIES, name="more"))
        save_activities(
            session,
            activities,
            [
                located(_work(number, lead, partners, has_forgotten), make_place(number))
                for number, (lead, *partners) in enumerate(WORK)
            ],
        )
        _forget(session)
        ids = dict(session.execute(text("SELECT name, id FROM organisations")).all())
        pairs = [("North", "South"), ("South", "Middle"), ("South", FORGOTTEN), (FORGOTTEN, "East")]
        for one, other_name in pairs:
            if one in ids and other_name in ids:
                _refer(session, ids[one], ids[other_name])
    analyse_and_publish(store, choices())


def _work(number: int, lead: str, partners: list[str], has_forgotten: bool) -> Any:
    others = (*partners, FORGOTTEN) if has_forgotten and number < len(WORK) - 1 else tuple(partners)
    return make_activity(
        source_key=f"joint {number}",
        title=f"Joint {number}",
        lead=lead,
        partners=others,
        location=Location(postcode=make_place(number).postcode),
    )


def _forget(session: Session) -> None:
    session.execute(
        text(
            "UPDATE organisations SET recorded_at = '2021-01-01 00:00:00', verified_on = NULL "
            "WHERE name = :name"
        ),
        {"name": FORGOTTEN},
    )


def _refer(session: Session, one: int, other: int) -> None:
    link = DeclaredLink(
        layer=Layer.REFERRAL,
        from_id=one,
        to_id=other,
        declared_by_id=one,
        declared_on=date(2025, 1, 1),
    )
    save_declared_link(session, link, "a test")


@pytest.fixture(scope="module")
def files(upgraded_spatialite: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Databases with the world in them: with whom the public may not see, and without."""
    folder = tmp_path_factory.mktemp("worlds")
    paths = [folder / "with.sqlite", folder / "without.sqlite"]
    for path, has_forgotten in zip(paths, (True, False), strict=True):
        shutil.copy(upgraded_spatialite, path)
        store = open_store(f"sqlite:///{path}")
        inhabit(store, has_forgotten=has_forgotten)
        store.dispose()
    return paths


@pytest.fixture
def worlds(
    files: list[Path], tmp_path: Path, opened: Callable[[str], Store]
) -> tuple[Store, Store]:
    """The two worlds, each test's own and free to be changed."""
    one, other = (opened(f"sqlite:///{shutil.copy(path, tmp_path)}") for path in files)
    return one, other


def _without_sources(form: NetworkForm, content: bytes) -> object:
    """A file without its sources: one world was loaded from a list more than the other."""
    if form not in {NetworkForm.NODES, NetworkForm.EDGES}:
        return content
    return pd.read_csv(io.BytesIO(content)).drop(columns="sources", errors="ignore").to_csv()


def told(session: Session, audience: Audience, part: NetworkSlice) -> list[object]:
    """Everything that is published of a part of the network."""
    report = network_report(session, audience, part)
    tables = [as_plain(table) for table in (report.measures, report.links)]
    for table in tables:
        table.pop("provenance")
    files = [
        _without_sources(form, network_file(session, audience, form, part))
        for form in list(NetworkForm)[:-1]
    ]
    view = network_view(session, audience, part)
    advice = [view.meetings, view.brokers, view.mixing, view.changes]
    rows = [table.rows for table in advice if table]
    losses = [view.loss(int(one)) for one in view.network.figures.index]
    between = network_between(session, audience, part, DAYS)
    days = [each.rows for each in (between.whole, between.changes, between.organisations)]
    said = [report.summary, view.sentences, between.sentences]
    return [said, tables, files, view.picture, rows, losses, days]


@pytest.mark.parametrize("part", PARTS, ids=str)
def test_the_public_sees_the_same_as_if_whom_it_may_not_see_were_not_there(
    worlds: tuple[Store, Store], part: NetworkSlice
) -> None:
    with worlds[0].reading() as one, worlds[1].reading() as other:
        assert told(one, Audience.PUBLIC, part) == told(other, Audience.PUBLIC, part)


def test_so_it_is_in_gap_reports_and_on_the_pages_of_partners(worlds: tuple[Store, Store]) -> None:
    found = []
    for store in worlds:
        with store.reading() as session:
            report = gap_report(session, PORTSMOUTH, Audience.PUBLIC)
            ids = seen_network(
                session, latest_run(session), Audience.PUBLIC, NetworkSlice()
            ).figures.index
            ties = [ties_of(session, int(one), Audience.PUBLIC).rows for one in ids]
            run = latest_run(session)
            hanging = [
                connection_section(session, run, Audience.PUBLIC, code)
                for code in (PORTSMOUTH, SOUTHAMPTON)
            ]
            threads = [(one.sentences, one.table and one.table.rows) for one in hanging]
            found.append((report.network, report.links.rows, report.measures.rows, ties, threads))
    assert found[0] == found[1]


def test_analysts_see_it_and_other_figures(worlds: tuple[Store, Store]) -> None:
    with worlds[0].reading() as session:
        for part in PARTS:
            public, analyst = (
                network_report(session, audience, part).measures
                for audience in (Audience.PUBLIC, Audience.ANALYST)
            )
            assert FORGOTTEN not in str(public)
            if part.lad_code != SOUTHAMPTON:
                assert FORGOTTEN in str(analyst)
                assert public.rows != analyst.rows


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("part", PARTS, ids=str)
def test_whoever_measures_the_file_again_gets_what_is_published(
    worlds: tuple[Store, Store], audience: Audience, part: NetworkSlice
) -> None:
    with worlds[0].reading() as session:
        written = network_file(session, audience, NetworkForm.GRAPHML, part)
        table = network_report(session, audience, part).measures
    graph = nx.read_graphml(io.BytesIO(written))
    plain: nx.Graph[str] = nx.Graph(graph.to_undirected() if graph.is_directed() else graph)
    lengths = {
        tie: 1 / weight for *tie, weight in plain.edges(data="weight") for tie in [tuple(tie)]
    }
    nx.set_edge_attributes(plain, lengths, "length")
    between = nx.betweenness_centrality(plain, weight="length")
    published = {str(row["organisation_id"].value): row for row in table.records()}
    assert set(published) == set(plain)
    for node, row in published.items():
        assert row["degree"].value == plain.degree(node)
        assert row["strength"].value == pytest.approx(plain.degree(node, weight="weight"), abs=1e-9)
        assert row["betweenness"].value == pytest.approx(100 * between[node], abs=1e-9)
        assert graph.nodes[node]["betweenness"] == pytest.approx(between[node], abs=1e-9)
    cuts = {node for node, row in published.items() if row["is_cut_point"].value == "yes"}
    assert cuts == set(nx.articulation_points(plain))


def test_igraph_gets_the_same_from_the_file(worlds: tuple[Store, Store], tmp_path: Path) -> None:
    path = tmp_path / "network.graphml"
    with worlds[0].reading() as session:
        path.write_bytes(network_file(session, Audience.PUBLIC, NetworkForm.GRAPHML))
    graph = igraph.Graph.Read_GraphML(str(path))
    assert graph.degree() == [round(value) for value in graph.vs["degree"]]
    assert graph.constraint(weights="weight") == pytest.approx(
        [float("nan") if value is None else value for value in graph.vs["constraint"]], nan_ok=True
    )
    assert graph.pagerank(weights="weight") == pytest.approx(graph.vs["pagerank"], abs=1e-9)


def test_every_form_of_the_file_tells_the_same_ties(worlds: tuple[Store, Store]) -> None:
    with worlds[0].reading() as session:
        files = {form: network_file(session, Audience.PUBLIC, form) for form in NetworkForm}
    expected = sorted(nx.read_graphml(io.BytesIO(files[NetworkForm.GRAPHML])).edges(data="weight"))
    from_gexf = nx.read_gexf(io.BytesIO(files[NetworkForm.GEXF]))
    assert sorted(from_gexf.edges(data="weight")) == expected
    edges = pd.read_csv(io.BytesIO(files[NetworkForm.EDGES]), dtype={"source": str, "target": str})
    rows = edges[["source", "target", "weight"]].itertuples(index=False, name=None)
    assert sorted(rows) == expected
    sheet = pd.read_excel(
        io.BytesIO(files[NetworkForm.KUMU]), "Connections", dtype={"From": str, "To": str}
    )
    for table in (edges, pd.read_csv(io.BytesIO(files[NetworkForm.NODES]))):
        assert set(table["seen_by"]) == {"public"}
        assert set(table["run_period"]) == {"January 2025 to March 2025"}
    kumu = sheet[["From", "To", "weight"]].itertuples(index=False, name=None)
    assert sorted(kumu) == expected


def test_who_lapses_after_the_run_is_left_out_and_all_is_measured_anew(
    worlds: tuple[Store, Store],
) -> None:
    store = worlds[1]
    with store.writing() as session:
        before = network_report(session, Audience.PUBLIC).measures.records()
        session.execute(
            text(
                "UPDATE organisations SET recorded_at = '2021-01-01', verified_on = NULL "
                "WHERE name = 'South'"
            )
        )
    with store.reading() as session:
        after = network_report(session, Audience.PUBLIC).measures.records()
        analyst = network_report(session, Audience.ANALYST).measures.records()
    degrees = {row["name"].text: row["degree"].value for row in after}
    assert "South" not in degrees
    assert degrees["East"] == 2
    assert {row["name"].text: row["degree"].value for row in before}["East"] == 3
    assert [row["degree"] for row in analyst] == [row["degree"] for row in before]


def test_who_has_lapsed_is_not_named_to_the_public_among_those_who_work_in_an_authority(
    worlds: tuple[Store, Store],
) -> None:
    store = worlds[1]
    with store.writing() as session:
        session.execute(
            text(
                "UPDATE organisations SET recorded_at = '2021-01-01', verified_on = NULL "
                "WHERE name = 'South'"
            )
        )
    with store.reading() as session:
        public, partner = (
            {
                row["name"].text
                for lad_code in (PORTSMOUTH, SOUTHAMPTON)
                for row in local_providers(
                    session, latest_run(session), lad_code, audience
                ).records()
            }
            for audience in (Audience.PUBLIC, Audience.PARTNER)
        )
    assert "South" in partner
    assert public == partner - {"South"}


def test_a_hidden_site_is_in_no_authority_of_the_network(world: Store) -> None:
    with world.reading() as session:
        graph = seen_network(session, latest_run(session), Audience.ANALYST, NetworkSlice()).graph
        sites = session.execute(text("SELECT id, visibility FROM organisations")).all()
    for number, visibility in sites:
        if number in graph and visibility == Visibility.HIDDEN:
            assert graph.nodes[number]["lad_code"] == ""


def test_what_is_kept_with_the_run_is_what_would_be_measured_now(
    worlds: tuple[Store, Store],
) -> None:
    with worlds[0].writing() as session:
        run = latest_run(session)
        kept = {part: told(session, Audience.PUBLIC, part) for part in PARTS}
        session.execute(text("DELETE FROM run_networks"))
        session.flush()
        assert {part: told(session, Audience.PUBLIC, part) for part in PARTS} == kept
        assert run.summary["network"]["organisations"] == 12
        session.rollback()


def test_each_who_sees_the_same_is_measured_once(worlds: tuple[Store, Store]) -> None:
    counted = []
    for store in worlds:
        with store.reading() as session:
            rows = session.execute(text("SELECT seen, count(*) FROM run_networks GROUP BY seen"))
            counted.append([number for _, number in rows])
    # Three layers and one quarter; of everybody, and of whom the public may see.
    assert counted == [[4, 4], [4]]


def test_a_run_made_before_layers_were_kept_is_still_told(worlds: tuple[Store, Store]) -> None:
    with worlds[1].writing() as session:
        before = network_report(session, Audience.PUBLIC)
        for table in ("run_networks", "run_meetings"):
            session.execute(text(f"DELETE FROM {table}"))  # noqa: S608  (no word of it from outside)
        session.flush()
        after = network_report(session, Audience.PUBLIC)
        session.rollback()
    told_of = [[row["degree"] for row in report.measures.records()] for report in (before, after)]
    assert told_of[0] == told_of[1]
    assert [row[:5] for row in after.links.rows] == [row[:5] for row in before.links.rows]
