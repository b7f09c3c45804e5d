"""The figures of an organisation with their working: page, JSON and rows, that add up."""

import csv
import io
from typing import Any

import networkx as nx
import pytest

from mapper.store.runs import run_providers
from mapper.store.session import Store
from tests.integration.web.reader import Reader, text_of

TRUST = "/organisations/1/working"


def figures(reader: Reader, path: str = TRUST) -> dict[str, dict[str, Any]]:
    plain = reader.fetch(f"{path}.json").get_json()
    return {each["measure"]: each for each in plain["figures"]}


def test_every_figure_says_what_it_rests_on_and_how(visitor: Reader) -> None:
    found = figures(visitor)
    assert {"activities", "dose", "areas_reached", "degree", "strength", "constraint"} <= set(found)
    assert all(each["formula"].endswith(".") for each in found.values())
    assert all(each["inputs"] for name, each in found.items() if name != "activities")


def test_results_that_are_sums_are_those_of_their_inputs(visitor: Reader) -> None:
    found = figures(visitor)
    for name in ("dose", "areas_reached", "strength"):
        total = sum(each["value"] for each in found[name]["inputs"])
        assert round(total, 1) == round(found[name]["result"], 1), name
    for name in ("degree", "authorities_reached"):
        assert found[name]["result"] == len(found[name]["inputs"]), name


def test_figures_are_those_of_the_gap_reports_and_of_the_network(visitor: Reader) -> None:
    found = figures(visitor)
    whole = visitor.fetch("/gaps/E06000044/report.json").get_json()
    row = next(each for each in whole["providers"]["rows"] if each["organisation_id"] == 1)
    inputs = {each["of"]: each["value"] for each in found["dose"]["inputs"]}
    assert inputs["Portsmouth"] == row["dose"]
    measured = visitor.fetch("/network/organisations.json").get_json()["rows"]
    place = next(each for each in measured if each["organisation_id"] == 1)
    for name in ("degree", "strength", "betweenness", "constraint", "community"):
        assert found[name]["result"] == place[name], name


def test_the_dose_is_that_of_the_run(visitor: Reader, store: Store) -> None:
    with store.reading() as session:
        stored = run_providers(session, 1, ["E06000044", "E06000045"])
    expected = sum(dose for _, number, dose, _ in stored if number == 1)
    assert abs(figures(visitor)["dose"]["result"] - expected) < 0.1


def test_the_page_the_json_and_the_rows_say_the_same(visitor: Reader) -> None:
    page = visitor.get(TRUST)
    found = figures(visitor)
    told = {
        text_of(each.find("dt")): text_of(each.find("dd"))
        for each in page.all("div[@class='worked__figure']")
    }
    assert told == {each["heading"]: each["result_in_words"] for each in found.values()}
    rows = list(csv.DictReader(io.StringIO(visitor.fetch(f"{TRUST}.csv").get_data(as_text=True))))
    results = {row["measure"]: row["formula"] for row in rows if row["part"] == "result"}
    assert results == {name: each["formula"] for name, each in found.items()}
    inputs = [row for row in rows if row["part"] == "input"]
    assert len(inputs) == sum(len(each["inputs"]) for each in found.values())


def test_an_organisation_leads_to_its_figures(visitor: Reader) -> None:
    links = [each.get("href") for each in visitor.get("/organisations/1").all("a")]
    assert TRUST in links
    visitor.get("/organisations/999/working", 404)
    visitor.fetch(f"{TRUST}.xml", status=404)


def test_the_words_for_distances_are_those_of_the_figures(visitor: Reader) -> None:
    links = visitor.fetch("/network/links.json").get_json()["rows"]
    graph: nx.Graph[int] = nx.Graph()
    for row in links:
        graph.add_edge(row["first_id"], row["second_id"], length=1 / row["weight"])
    graph.add_nodes_from(
        row["organisation_id"]
        for row in visitor.fetch("/network/organisations.json").get_json()["rows"]
    )
    tied = next(node for node in graph if graph.degree(node))
    found = figures(visitor, f"/organisations/{tied}/working")
    part = graph.subgraph(nx.node_connected_component(graph, tied))
    assert found["closeness"]["result"] == pytest.approx(
        nx.closeness_centrality(part, tied, distance="length")
    )
    between = nx.betweenness_centrality(graph, weight="length")
    assert found["betweenness"]["result"] == pytest.approx(100 * between[tied])
    assert "half as long for two" in found["closeness"]["formula"]
