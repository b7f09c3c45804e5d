from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.analysis.dose import Dose, doses
from mapper.errors import MapperError


def activities(*rows: dict[str, Any]) -> pd.DataFrame:
    usual = {"type": "workshop", "sessions": 4, "participants": 20.0, "hours_per_session": 2.0}
    return pd.DataFrame([usual | {"share": 1.0} | row for row in rows])


def test_a_dose_of_sessions_is_the_sessions_in_the_period() -> None:
    found = doses(activities({"share": 0.25}), Dose.SESSIONS)
    assert found["dose"].tolist() == [1.0]
    assert not found["is_imputed"].any()


def test_missing_participants_take_the_median_of_their_type_and_are_marked() -> None:
    found = doses(
        activities(
            {"participants": 10.0},
            {"participants": 30.0},
            {"participants": np.nan},
            {"type": "event", "participants": 500.0},
        ),
        Dose.PARTICIPANTS,
    )
    assert found["dose"].tolist() == [10.0, 30.0, 20.0, 500.0]
    assert found["is_imputed"].tolist() == [False, False, True, False]


def test_a_type_that_nobody_counted_takes_the_median_of_all() -> None:
    found = doses(
        activities({"participants": 10.0}, {"type": "event", "participants": np.nan}),
        Dose.PARTICIPANTS,
    )
    assert found["dose"].tolist() == [10.0, 10.0]


def test_participant_hours_multiply_people_by_hours() -> None:
    found = doses(
        activities({"participants": 12.0, "hours_per_session": 1.5}), Dose("participant-hours")
    )
    assert found["dose"].tolist() == [18.0]


def test_nothing_known_at_all_leaves_the_dose_missing() -> None:
    found = doses(activities({"participants": np.nan}), Dose.PARTICIPANTS)
    assert found["dose"].isna().all()


def test_no_activities_give_no_doses() -> None:
    assert doses(activities({}).iloc[:0], Dose.PARTICIPANT_HOURS).empty


def test_a_missing_column_is_refused() -> None:
    with pytest.raises(MapperError, match="share"):
        doses(activities({}).drop(columns="share"), Dose.SESSIONS)


@given(
    people=st.lists(st.one_of(st.none(), st.integers(0, 500)), min_size=1, max_size=8),
    unit=st.sampled_from(list(Dose)),
)
def test_the_frame_is_not_changed_and_only_what_was_missing_is_imputed(
    people: list[int | None], unit: Dose
) -> None:
    frame = activities(*({"participants": np.nan if n is None else float(n)} for n in people))
    before = frame.copy(deep=True)
    found = doses(frame, unit)
    pd.testing.assert_frame_equal(frame, before)
    expected = [n is None for n in people] if unit is not Dose.SESSIONS else [False] * len(people)
    assert found["is_imputed"].tolist() == expected
