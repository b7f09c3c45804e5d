"""Areas whose providers hang on the network by a thread."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from mapper.analysis.connection import ConnectionGap, brokers_of, connection_gaps

# 1, 2 and 3 know one another; 4 knows only 3, 5 only 4; 8 and 9 only each other; 7 nobody.
TIES = [(1, 2), (2, 3), (1, 3), (3, 4), (4, 5), (8, 9)]
EVERYONE = [1, 2, 3, 4, 5, 7, 8, 9]


def providers(**by_area: tuple[int, ...]) -> pd.DataFrame:
    rows = [(code, one) for code, all_ in by_area.items() for one in all_]
    return pd.DataFrame(rows, columns=["area_code", "organisation_id"])


def test_a_broker_is_whoever_stands_between_the_core_and_an_organisation() -> None:
    found = brokers_of(EVERYONE, TIES)
    assert found == {
        1: frozenset(),
        2: frozenset(),
        3: frozenset(),
        4: frozenset({3}),
        5: frozenset({3, 4}),
    }


def test_nobody_is_in_a_main_part_without_ties() -> None:
    assert brokers_of([1, 2], []) == brokers_of([], []) == {}


def test_areas_are_found_outside_and_by_one_thread_and_the_others_left() -> None:
    found = connection_gaps(
        providers(A=(8, 7), B=(5,), C=(4, 5), D=(1, 5), E=(5, 8), F=(3, 4)),
        brokers_of(EVERYONE, TIES),
        list("ABCDEF"),
    )
    assert found["connection_gap"].to_dict() == {
        "A": ConnectionGap.OUTSIDE.value,
        "B": ConnectionGap.SINGLE_BROKER.value,
        "C": ConnectionGap.SINGLE_BROKER.value,
        "E": ConnectionGap.SINGLE_BROKER.value,
    }
    assert found["broker"].dropna().to_dict() == {"B": 4, "C": 3, "E": 4}


def test_only_areas_asked_for_are_looked_at() -> None:
    assert connection_gaps(providers(A=(7,)), brokers_of(EVERYONE, TIES), []).empty


@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda t: t[0] < t[1])))
def test_the_loss_of_a_broker_always_cuts_off(ties: set[tuple[int, int]]) -> None:
    found = brokers_of(range(10), sorted(ties))
    core = {one for one, cut in found.items() if not cut}
    for one, cut in found.items():
        for broker in cut:
            reached = _reached(core - {broker}, [t for t in ties if broker not in t])
            assert one not in reached


def _reached(start: set[int], ties: list[tuple[int, int]]) -> set[int]:
    reached, grown = set(start), True
    while grown:
        more = {b for a, b in ties if a in reached} | {a for a, b in ties if b in reached}
        grown = not more <= reached
        reached |= more
    return reached
