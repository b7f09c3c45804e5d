"""Explanations, and what one more activity would change."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.analysis.accessibility import enhanced_two_step_access
from mapper.analysis.explain import Wording, explain, explain_all, gap_with_one_more
from mapper.analysis.gaps import gap_table
from mapper.analysis.ranks import percentile_rank
from mapper.errors import UnknownAreaError

MakeFrame = Callable[..., pd.DataFrame]
A, B, C = "E01000001", "E01000002", "E01000003"


def table_of(areas: pd.DataFrame, counts: list[float], doses: list[float]) -> pd.DataFrame:
    """Measure the areas."""
    return gap_table(areas[["population"]].assign(count=counts, dose=doses))


def test_the_rank_and_its_two_sides_are_said_in_words(make_areas: MakeFrame) -> None:
    areas = make_areas([1000, 1000, 1000], [0, 50_000, 90_000])
    table = table_of(areas, [300, 200, 100], [1, 2, 3]).assign(area_name="Town 001A")
    found = explain(table, A, Wording("knife offences", "2025", "hours"))
    assert found.sentences[0] == (
        "Town 001A ranks 1 of 3 by engagement gap (1 is the widest): its gap score is 67 on a "
        "scale from -100 to 100."
    )
    assert found.sentences[1].startswith("Need: 300 knife offences in 2025 among 1,000 residents.")
    assert found.sentences[2].startswith("Provision: 1.0 hours reach the area, or 1.0 for every")


def test_the_rule_the_last_activity_and_the_stability_are_said_where_known(
    make_areas: MakeFrame,
) -> None:
    table = table_of(make_areas([1000], [0]), [3], [1]).assign(
        rules="in the top tenth",
        activities=4,
        last_month="2025-03",
        share_gap_class="under-engaged",
        stability=0.876,
        gap_score_with_one_more=-12.4,
    )
    said = " ".join(explain(table, A).sentences)
    for words in (
        "in the top tenth", "4, the latest in March 2025", "less engagement than violence", "88%",
        "-12",
    ):  # fmt: skip
        assert words in said


def test_an_area_where_nobody_lives_is_said_to_be_unranked(make_areas: MakeFrame) -> None:
    table = table_of(make_areas([1000, 0], [0, 1]), [3, 1], [1, 0])
    assert explain(table, B).sentences == (
        "This area is not ranked: nobody is known to live there.",
    )


def test_figures_are_plain_and_missing_ones_are_left_out(make_areas: MakeFrame) -> None:
    table = table_of(make_areas([1000, 0], [0, 1]), [3, 1], [1, 0])
    assert set(explain(table, B).figures) == {"count", "population", "dose"}
    assert {type(value) for value in explain(table, A).figures.values()} <= {int, float, str}


def test_all_areas_are_explained_as_each_is(make_areas: MakeFrame) -> None:
    areas = make_areas([1000, 0, 900], [0, 50_000, 90_000])
    table = table_of(areas, [300, 200, 100], [1, 2, 3]).assign(area_name="Town 001A", activities=2)
    found = explain_all(table, Wording(residents="Census"))
    assert found == {
        code: explain(table, code, Wording(residents="Census")) for code in table.index
    }


def test_an_unknown_area_is_refused_by_its_code(make_areas: MakeFrame) -> None:
    with pytest.raises(UnknownAreaError, match="E01999999"):
        explain(table_of(make_areas([1000], [0]), [3], [1]), "E01999999")


def test_one_more_activity_moves_an_area_past_those_it_overtakes(make_areas: MakeFrame) -> None:
    # A has no provision; with 5 for its 1,000 residents it passes B (2) but not C (9).
    areas = make_areas([1000, 1000, 1000], [0, 50_000, 90_000])
    table = table_of(areas, [300, 200, 100], [0, 2, 9])
    after = gap_with_one_more(areas, table, 5.0)
    assert table.loc[A, "gap_score"] - after[A] == pytest.approx(100 / 3)


def test_there_is_nothing_to_say_where_nobody_lives(make_areas: MakeFrame) -> None:
    areas = make_areas([1000, 0], [0, 100])
    after = gap_with_one_more(areas, table_of(areas, [3, 1], [1, 0]), 5.0)
    assert after.isna().tolist() == [False, True]


@settings(max_examples=40)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from([0.0, 400.0, 1500.0, 2500.0]),
            st.integers(0, 9_000),
            st.integers(0, 20),
        ),
        min_size=1,
        max_size=8,
    ),
    dose=st.floats(0, 50),
)
def test_one_more_activity_never_raises_a_gap(
    rows: list[tuple[float, int, int]], dose: float
) -> None:
    areas = pd.DataFrame(
        {
            "population": [row[0] for row in rows],
            "is_urban": True,
            "centre_easting_m": [float(row[1]) for row in rows],
            "centre_northing_m": 0.0,
        },
        index=pd.Index([f"E{number:08d}" for number in range(len(rows))], name="area_code"),
    )
    table = table_of(areas, [1.0] * len(rows), [float(row[2]) for row in rows])
    lived = table["gap_score"].notna()
    after = gap_with_one_more(areas, table, dose)
    assert (after[lived] <= table.loc[lived, "gap_score"] + 1e-9).all()


@settings(max_examples=40)
@given(
    coverage=st.lists(st.integers(0, 4), min_size=2, max_size=7),
    dose=st.floats(0.5, 20),
)
def test_the_rank_with_one_more_is_that_of_all_ranked_anew(
    coverage: list[int], dose: float
) -> None:
    number = len(coverage)
    areas = pd.DataFrame(
        {
            "population": 1000.0,
            "centre_easting_m": np.arange(number) * 700.0,
            "centre_northing_m": 0.0,
            "is_urban": True,
        },
        index=[f"E{place:08d}" for place in range(number)],
    )
    table = table_of(areas, [1.0] * number, [float(each) for each in coverage])
    after = gap_with_one_more(areas, table, dose)
    venues = areas.rename(
        columns={"centre_easting_m": "easting_m", "centre_northing_m": "northing_m"}
    )
    for place, code in enumerate(areas.index):
        access = enhanced_two_step_access(areas, venues.iloc[[place]].assign(dose=dose)).access
        anew = percentile_rank(table["coverage_per_1000"] + 1000 * access)
        expected = table.loc[code, "need_percentile"] - anew[code]
        assert after[code] == pytest.approx(expected)
