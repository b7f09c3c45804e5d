"""Priority lists in a run, and who is told of them."""

from typing import Any

import pytest

from mapper.domain.area import AreaType
from mapper.domain.disclosure import Audience, Sensitivity
from mapper.domain.priority import PriorityArea
from mapper.domain.source import SourceKind
from mapper.reports.export import to_json
from mapper.reports.gap_report import gap_report
from mapper.reports.publish import publish_area_table
from mapper.store.needs import save_priorities
from mapper.store.runs import get_run, latest_run, run_areas
from mapper.store.session import Store
from mapper.store.sources import add_source
from tests.factories import PORTSMOUTH, lsoa, make_source, ward_of
from tests.integration.reports.world import choices
from tests.published import analyse_and_publish

LIST = "sna 2024"
WORDS = f"on the needs assessment's priority list ({LIST})"


def add_list(store: Store, sensitivity: Sensitivity, *areas: tuple[str, AreaType, int]) -> int:
    """Keep a list, analyse, and give the id of the run."""
    records = [
        PriorityArea(area_code=code, area_name="Dock", level=level, lad_code=PORTSMOUTH, rank=rank)
        for code, level, rank in areas
    ]
    with store.writing() as session:
        source = make_source(SourceKind.PRIORITIES, name=LIST, sensitivity=sensitivity)
        save_priorities(session, add_source(session, source), records)
    return analyse_and_publish(store, choices())


def rules(store: Store, level: AreaType = AreaType.LSOA) -> dict[str, str]:
    """The rules of the latest run."""
    with store.reading() as session:
        rows = run_areas(session, latest_run(session).id, level)
        return {code: row["rules"] for code, row in rows.items()}


def test_a_ward_on_the_list_flags_the_areas_in_it_and_says_so(world: Store) -> None:
    add_list(world, Sensitivity.PARTNER, (ward_of(0), AreaType.WARD, 1))
    found = rules(world)
    assert found[lsoa(0)] == found[lsoa(1)] == f"in Dock ward, {WORDS} as number 1"
    assert WORDS not in found[lsoa(2)]
    assert rules(world, AreaType.WARD)[ward_of(0)] == f"{WORDS} as number 1"


def test_an_authority_on_the_list_flags_every_area_in_it(world: Store) -> None:
    add_list(world, Sensitivity.PARTNER, (PORTSMOUTH, AreaType.LAD, 1))
    flagged = {code for code, rule in rules(world).items() if WORDS in rule}
    assert flagged == {lsoa(square) for square in range(4)}


def test_a_run_names_its_lists_and_what_it_could_not_place(world: Store) -> None:
    listed = [(lsoa(0), AreaType.LSOA, 1), ("E05009999", AreaType.WARD, 2)]
    run_id = add_list(world, Sensitivity.PARTNER, *listed)
    with world.reading() as session:
        run = get_run(session, run_id)
    assert run.inputs["priority_lists"] == [LIST]
    assert run.summary["priorities_not_found"] == ["Dock (E05009999)"]


def test_without_a_list_nothing_of_one_is_kept(world: Store) -> None:
    with world.reading() as session:
        row = run_areas(session, latest_run(session).id, AreaType.LSOA)[lsoa(0)]
    assert not [key for key in row if key.endswith("without_list")]


@pytest.mark.parametrize(
    ("sensitivity", "told"),
    [
        (Sensitivity.OPEN, set(Audience)),
        (Sensitivity.PARTNER, {Audience.PARTNER, Audience.ANALYST}),
        (Sensitivity.RESTRICTED, {Audience.ANALYST}),
    ],
)
def test_only_those_who_may_see_the_list_are_told_of_it(
    sensitivity: Sensitivity, told: set[Audience], world: Store
) -> None:
    add_list(world, sensitivity, (ward_of(0), AreaType.WARD, 1))
    assert {each for each in Audience if "priority list" in _everything(world, each)} == told


def test_who_may_not_see_the_list_is_given_the_counts_without_it(world: Store) -> None:
    before = _affected(world, Audience.PUBLIC)
    add_list(world, Sensitivity.PARTNER, (ward_of(0), AreaType.WARD, 1))
    assert _affected(world, Audience.PUBLIC) == before
    assert _affected(world, Audience.PARTNER) != before


def _everything(store: Store, audience: Audience) -> str:
    with store.reading() as session:
        report = gap_report(session, PORTSMOUTH, audience)
        tables = [
            to_json(publish_area_table(session, latest_run(session), level, audience))
            for level in AreaType
            if level is not AreaType.OA
        ]
    return f"{tables} {report.summary} {report.explanations} {to_json(report.areas.table)}"


def _affected(store: Store, audience: Audience) -> list[Any]:
    with store.reading() as session:
        table = publish_area_table(session, latest_run(session), AreaType.LAD, audience)
    return [(row["area_code"].value, row["areas_affected"].value) for row in table.records()]
