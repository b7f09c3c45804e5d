"""What the gap would be with other activities: right, at one moment, and nothing kept unasked."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from mapper.domain.area import AreaType
from mapper.domain.disclosure import Audience
from mapper.domain.source import SourceKind
from mapper.errors import InvalidValueError, NotAllowedError, NotFoundError
from mapper.ingest.files.source import Entry
from mapper.ingest.outcome.report import AllRefusedError
from mapper.ingest.run import ingest
from mapper.reports.comparing import compare_runs
from mapper.reports.publishing import publish_as
from mapper.reports.run import analyse
from mapper.reports.scenario import ScenarioFound, try_scenario
from mapper.reports.scenario_plan import Plan
from mapper.store.runs import get_run, list_runs, run_areas
from mapper.store.session import Store
from tests.factories import make_place
from tests.integration.reports.world import choices

HEADINGS = "Title,Lead organisation,Status,First date,Last date,Sessions,Easting,Northing"
TABLES = ("activities", "organisations", "sources", "places", "runs", "participations")


@pytest.fixture
def plan_of(tmp_path: Path) -> Any:
    """Writes rows to a file of planned activities."""

    def write(*rows: str, name: str = "plan.csv") -> Entry:
        path = tmp_path / name
        path.write_text("\n".join((HEADINGS, *rows)) + "\n")
        return Entry(path)

    return write


def boxing(square: int, sessions: int = 40, status: str = "planned") -> str:
    """A row of the plan, in some far year."""
    place = make_place(square)
    where = f"{place.easting_m:.0f},{place.northing_m:.0f}"
    return f"Boxing {square},A New Club,{status},06/01/2031,27/03/2031,{sessions},{where}"


def rows_of(store: Store) -> dict[str, int]:
    """How many rows each table has."""
    with store.reading() as session:
        return {
            table: session.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608  (no word of it from outside)
            for table in TABLES
        }


def by_area(found: ScenarioFound) -> dict[str, dict[str, Any]]:
    """Values by code of the small area."""
    return {
        str(row["area_code"].value): {name: cell.value for name, cell in row.items()}
        for row in found.areas.records()
    }


def test_nothing_is_kept_of_a_scenario(world: Store, plan_of: Any) -> None:
    before = rows_of(world)
    try_scenario(world, 1, Plan(file=plan_of(boxing(7))))
    assert rows_of(world) == before


def test_a_planned_activity_raises_provision_where_it_is_and_nowhere_else(
    world: Store, plan_of: Any
) -> None:
    rows = by_area(try_scenario(world, 1, Plan(file=plan_of(boxing(7)))))
    with world.reading() as session:
        kept = run_areas(session, 1, AreaType.LSOA)
    for code, row in rows.items():
        assert row["provision_before"] == pytest.approx(round(kept[code]["coverage_per_1000"], 1))
        assert row["gap_score_before"] == round(kept[code]["gap_score"])
        assert row["provision_change"] >= 0
    most = max(rows.values(), key=lambda row: row["provision_change"])
    assert most["area_code"] == "E01000008"
    assert most["gap_score_after"] <= most["gap_score_before"]


def test_a_scenario_is_what_the_run_would_be_had_the_activities_been_delivered(
    world: Store, plan_of: Any
) -> None:
    """The figures are those of a real run over a register that holds them, in the period."""
    found = by_area(try_scenario(world, 1, Plan(file=plan_of(boxing(7), boxing(4)))))
    real = plan_of(
        *(boxing(at, status="delivered").replace("2031", "2025") for at in (7, 4)),
        name="real.csv",
    )
    ingest(world, SourceKind.ACTIVITIES, [real])
    run_id = analyse(world, choices())
    with world.reading() as session:
        kept = run_areas(session, run_id, AreaType.LSOA)
    for code, row in found.items():
        assert row["provision_after"] == round(kept[code]["coverage_per_1000"], 1)
        assert row["gap_score_after"] == round(kept[code]["gap_score"])
        assert row["share_gap_points_after"] == round(kept[code]["share_gap"], 3)
        assert row["gap_class_after"] == kept[code]["gap_class"]


def test_an_activity_left_out_is_missed_where_it_was(world: Store) -> None:
    rows = by_area(try_scenario(world, 1, Plan(withdrawn=frozenset({1}))))
    changes = {code: row["provision_change"] for code, row in rows.items()}
    assert min(changes, key=changes.__getitem__) == "E01000003"
    assert all(change <= 0 for change in changes.values())


def test_what_is_called_off_does_not_count(world: Store, plan_of: Any) -> None:
    found = try_scenario(
        world, 1, Plan(file=plan_of(boxing(7, status="cancelled")), withdrawn=frozenset({1}))
    )
    assert found.sentences[0].startswith("0 activities are added and 1 is left out")


def test_rows_at_fault_are_told_and_the_others_count(world: Store, plan_of: Any) -> None:
    wrong = boxing(5).replace("06/01/2031", "31/02/2031")
    found = try_scenario(world, 1, Plan(file=plan_of(boxing(7), wrong)))
    assert found.sentences[0].startswith("1 activity is added")
    assert [issue.line for file in found.files for issue in file.issues] == [3]


def test_a_scenario_is_kept_only_when_asked_and_never_published(world: Store, plan_of: Any) -> None:
    found = try_scenario(world, 1, Plan(file=plan_of(boxing(7))), kept_by="analyst@example.org")
    with world.writing() as session:
        run = get_run(session, found.saved_id)
        assert (run.is_scenario, run.parameters["scenario"]["added"]) == (True, 1)
        assert run.parameters["scenario"]["run"] == 1
        with pytest.raises(NotAllowedError, match="only thought of"):
            publish_as(session, found.saved_id, "Dream", "")
        table = compare_runs(session, (1, found.saved_id), Audience.ANALYST, level=AreaType.LSOA)
    compared = {row["area_code"].value: row["gap_score_after"].value for row in table.records()}
    assert compared == {code: row["gap_score_after"] for code, row in by_area(found).items()}


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        ({"withdrawn": {99}}, "Activity 99 cannot be left out"),
        ({"planned": {98, 99}}, "Activities 98 and 99 cannot be counted"),
        ({"planned": {1}}, "Activity 1 counts already"),
    ],
)
def test_activities_that_do_not_fit_are_named(
    world: Store, plan_of: Any, plan: dict[str, set[int]], told: str
) -> None:
    numbers = {name: frozenset(ids) for name, ids in plan.items()}
    for file in (None, plan_of(boxing(7))):
        with pytest.raises(InvalidValueError, match=told):
            try_scenario(world, 1, Plan(file=file, **numbers))


def test_a_plan_of_nothing_and_one_against_itself_are_refused() -> None:
    with pytest.raises(InvalidValueError, match="changes nothing"):
        Plan()
    with pytest.raises(InvalidValueError, match="both count and be left out"):
        Plan(planned=frozenset({1}), withdrawn=frozenset({1}))


def test_a_file_that_holds_no_activities_is_refused(world: Store, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Colour,Shape\nred,round\n")
    with pytest.raises(AllRefusedError):
        try_scenario(world, 1, Plan(file=Entry(path)))


def test_a_scenario_is_not_compared_with_a_scenario(world: Store, plan_of: Any) -> None:
    plan = Plan(file=plan_of(boxing(7)))
    found = try_scenario(world, 1, plan, kept_by="")
    with pytest.raises(InvalidValueError, match="is a scenario itself"):
        try_scenario(world, found.saved_id, plan)
    with pytest.raises(NotFoundError, match="no run 9"):
        try_scenario(world, 9, plan)


def test_what_was_loaded_since_the_run_is_said(world: Store) -> None:
    plan = Plan(withdrawn=frozenset({1}))
    assert not any("has changed since" in said for said in try_scenario(world, 1, plan).sentences)
    with world.writing() as session:
        session.execute(text("UPDATE activities SET sessions = sessions + 5 WHERE id = 2"))
    assert any("has changed since run 1" in said for said in try_scenario(world, 1, plan).sentences)
    with world.reading() as session:
        assert len(list_runs(session)) == 1
