"""What is withheld of a needs assessment's counts cannot be had by subtraction."""

from hypothesis import assume, given
from hypothesis import strategies as st

from mapper.domain.disclosure import THRESHOLD
from mapper.reports.cohort_table import withheld_cohorts
from mapper.reports.needs_context import withheld_areas

COUNTS = st.dictionaries(
    st.sampled_from("abcdefgh"), st.integers(0, 30) | st.none(), min_size=1, max_size=8
)


def test_one_small_count_withholds_all_counts_of_its_area() -> None:
    parts = {"a": {"VAP": 10.0, "with injury": 7.0, "without": 3.0}, "b": {"VAP": 40.0}}
    assert withheld_areas(None, parts) == {"a"}


def test_beside_a_total_a_second_area_is_withheld() -> None:
    parts = {"a": {"VAP": 3.0}, "b": {"VAP": 20.0}, "c": {"VAP": 90.0}}
    assert withheld_areas({"VAP": 113.0}, parts) == {"a", "b"}


def test_an_area_that_is_not_in_the_table_counts_as_one_withheld() -> None:
    parts = {"a": {"VAP": 20.0}, "b": {"VAP": 90.0}}
    assert withheld_areas({"VAP": 113.0}, parts) == {"a"}


def test_a_small_total_withholds_everything() -> None:
    assert withheld_areas({"VAP": 3.0}, {"a": {"VAP": 3.0}}) == {"", "a"}


@given(COUNTS, st.integers(0, 10))
def test_what_is_left_of_a_total_never_tells_a_small_cohort(
    counts: dict[str, int | None], more: int
) -> None:
    known = {name: None if count is None else float(count) for name, count in counts.items()}
    total = sum(count or 0 for count in counts.values()) + more
    assume(total >= THRESHOLD)  # a smaller total is withheld itself
    withheld = withheld_cohorts(known, total)
    assert {name for name, count in known.items() if (count or 0) < THRESHOLD} <= withheld
    left = total - sum(count or 0 for name, count in known.items() if name not in withheld)
    hidden = len(withheld) + (more > 0)
    assert not withheld or (hidden > 1 and (left >= THRESHOLD or len(withheld) == len(known)))


@given(COUNTS, COUNTS)
def test_what_is_left_of_an_authority_never_tells_a_small_area(
    first: dict[str, int | None], second: dict[str, int | None]
) -> None:
    both = first.keys() & second.keys()
    parts = {
        name: {"VAP": _float(first[name]), "Robbery": _float(second[name])} for name in sorted(both)
    }
    total = {
        group: sum(each[group] or 0.0 for each in parts.values()) for group in ("VAP", "Robbery")
    }
    withheld = withheld_areas(total, parts)
    if not parts or "" in withheld:
        return
    small = {
        name for name, each in parts.items() if min(x or 0.0 for x in each.values()) < THRESHOLD
    }
    assert small <= withheld
    for group, count in total.items():
        left = count - sum(
            each[group] or 0.0 for name, each in parts.items() if name not in withheld
        )
        assert not withheld or (len(withheld) > 1 and left >= THRESHOLD) or withheld == set(parts)


def _float(count: int | None) -> float | None:
    return None if count is None else float(count)
