"""A run of the analysis: what it keeps, and that it can be had again."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from mapper.analysis.dose import Dose
from mapper.domain.area import AreaType
from mapper.domain.period import Month, Period
from mapper.errors import ChangedMeanwhileError, NotReadyError, ParametersError
from mapper.reports.given import read_given
from mapper.reports.run import analyse
from mapper.store.findings import FindingKind, run_findings
from mapper.store.run_networks import run_links, run_meetings
from mapper.store.runs import (
    get_run,
    list_runs,
    run_areas,
    run_organisations,
    run_providers,
)
from mapper.store.session import Store
from tests.factories import PORTSMOUTH, SOUTHAMPTON, lsoa
from tests.integration.reports.world import COUNTS, QUARTER, choices, fill

LEVELS = (AreaType.LSOA, AreaType.WARD, AreaType.MSOA, AreaType.LAD)


def everything(store: Store, run_id: int) -> dict[str, Any]:
    """Every row of a run."""
    with store.reading() as session:
        return {
            "areas": {level.value: run_areas(session, run_id, level) for level in LEVELS},
            "organisations": run_organisations(session, run_id),
            "links": run_links(session, run_id).to_dict("records"),
            "meetings": run_meetings(session, run_id).to_dict("records"),
            "providers": run_providers(session, run_id),
        }


def areas(store: Store, run_id: int, level: AreaType = AreaType.LSOA) -> dict[str, Any]:
    """The figures of one level of a run."""
    with store.reading() as session:
        return run_areas(session, run_id, level)


def test_a_run_keeps_its_parameters_inputs_and_versions(filled: Store) -> None:
    run_id = analyse(filled, choices(seed=7), "analyst@example.org")
    with filled.reading() as session:
        run = get_run(session, run_id)
    assert (run.name, run.made_by) == ("January 2025 to March 2025", "analyst@example.org")
    assert (run.parameters["seed"], run.parameters["from"]) == (7, "2025-01")
    assert (run.inputs["lsoa_vintage"], run.inputs["activities"]) == ("2011", 5)
    assert {"mapper", "python", "numpy"} <= set(run.versions)


def test_the_same_choices_give_the_same_figures_and_leave_the_first_run_alone(
    filled: Store,
) -> None:
    first = analyse(filled, choices())
    before = everything(filled, first)
    second = analyse(filled, choices())
    assert second != first
    assert everything(filled, second) == everything(filled, first) == before
    with filled.reading() as session:
        assert [run.id for run in list_runs(session)] == [second, first]


def test_another_seed_changes_only_what_is_random(filled: Store) -> None:
    one = areas(filled, analyse(filled, choices(seed=1)))
    two = areas(filled, analyse(filled, choices(seed=2)))
    for name in ("count", "eb_rate_per_1000", "dose", "gap_score", "rank", "gap_class"):
        assert [row[name] for row in one.values()] == [row[name] for row in two.values()]


@pytest.mark.parametrize("level", LEVELS[1:])
@pytest.mark.parametrize("figure", ["count", "population", "dose", "lsoas"])
def test_what_is_rolled_up_is_the_sum_of_its_parts(
    world: Store, level: AreaType, figure: str
) -> None:
    key = {"ward": "ward_code", "msoa": "msoa_code", "lad": "lad_code"}[level.value]
    sums: dict[str, float] = {}
    for row in areas(world, 1).values():
        sums[row[key]] = sums.get(row[key], 0) + (1 if figure == "lsoas" else row[figure])
    rolled = {code: row[figure] for code, row in areas(world, 1, level).items()}
    assert rolled == pytest.approx(sums, abs=1e-4)


def test_only_violence_is_counted_and_by_small_area(world: Store) -> None:
    found = {code: row["count"] for code, row in areas(world, 1).items()}
    assert found == {lsoa(square): count for square, count in enumerate(COUNTS)}


def test_a_rate_is_for_a_year_of_the_months_kept(filled: Store) -> None:
    without = choices(excluded=frozenset({Month(2025, 1)}))
    row = areas(filled, analyse(filled, without))[lsoa(7)]
    assert row["count"] == 40
    assert row["crude_rate_per_1000"] == pytest.approx(40 * 12 / 2)


def test_a_month_without_counts_is_asked_for(filled: Store) -> None:
    longer = choices(period=Period(QUARTER.start, Month(2025, 5)))
    with pytest.raises(ParametersError, match=r"2025-04.*2025-01 to 2025-03.*--exclude"):
        analyse(filled, longer)


def test_an_empty_database_asks_to_be_filled(store: Store) -> None:
    with pytest.raises(NotReadyError, match="mapper init"):
        analyse(store, choices())


def test_ties_are_joint_activities_and_closed_organisations_are_no_partners(world: Store) -> None:
    with world.reading() as session:
        assert len(run_links(session, 1)) == 1
        assert len(run_organisations(session, 1)) == 5


def test_who_works_in_an_authority_is_told_with_what_reaches_it(world: Store) -> None:
    with world.reading() as session:
        found = run_providers(session, 1, [PORTSMOUTH, SOUTHAMPTON])
        doses = {level: row["dose"] for level, row in run_areas(session, 1, AreaType.LAD).items()}
    assert {code for code, *_ in found} == {PORTSMOUTH, SOUTHAMPTON}
    assert sum(doses.values()) == pytest.approx(21)


@pytest.mark.parametrize("unit", list(Dose))
def test_where_the_refuge_works_in_its_authority_changes_no_figure(
    fresh: Callable[[str], Store], unit: Dose
) -> None:
    found = []
    for square in (0, 3):
        store = fresh(f"refuge-{square}.sqlite")
        fill(store, refuge_square=square)
        found.append(everything(store, analyse(store, choices(unit=unit))))
    assert found[0] == found[1]


@pytest.mark.parametrize("unit", [Dose.PARTICIPANTS, Dose.PARTICIPANT_HOURS])
def test_how_small_a_small_group_was_changes_no_figure(
    fresh: Callable[[str], Store], unit: Dose
) -> None:
    found = []
    for few in (1, 4):
        store = fresh(f"few-{few}.sqlite")
        fill(store, few=few)
        found.append(everything(store, analyse(store, choices(unit=unit))))
    assert found[0] == found[1]


def test_a_run_that_cannot_be_stored_as_a_whole_leaves_nothing(filled: Store) -> None:
    def fail(_session: Session, run_id: int) -> None:
        raise ChangedMeanwhileError(f"The order of run {run_id} is gone.")

    with pytest.raises(ChangedMeanwhileError):
        analyse(filled, choices(), and_then=fail)
    with filled.reading() as session:
        assert list_runs(session) == []
        assert run_areas(session, 1, AreaType.LSOA) == {}
        assert run_findings(session, 1, FindingKind.PRESENCE) == []


def test_what_is_loaded_while_a_run_reads_is_not_half_in_it(filled: Store) -> None:
    with filled.snapshot() as session:
        before = read_given(session, choices())
        with filled.writing() as other:
            other.execute(text("UPDATE violence_counts SET count = count + 100"))
        after = read_given(session, choices())
    assert after.inputs.violence.equals(before.inputs.violence)
    with filled.snapshot() as session:
        assert read_given(session, choices()).inputs.violence["count"].min() > 100
