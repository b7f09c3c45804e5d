"""Whether more sessions would still bring new themes, as people write them down."""

from __future__ import annotations

import pytest

from mapper.errors import InvalidValueError
from mapper.reports.heard import enough_heard, read_sessions

HEARD = """Group 1: county lines, School exclusion
Group 2: debt; county  lines
Group 3:\tknives\tparks

Group 4: none
Group 5: Knives, transport
parks, debt
Group 7: nothing
"""


def test_a_line_is_a_session_and_case_spaces_and_its_name_do_not_matter() -> None:
    assert read_sessions(HEARD) == [
        {"county lines", "school exclusion"},
        {"debt", "county lines"},
        {"knives", "parks"},
        set(),
        {"knives", "transport"},
        {"parks", "debt"},
        set(),
    ]


def test_it_is_told_after_which_session_nothing_much_new_was_heard() -> None:
    heard = enough_heard(read_sessions(HEARD))
    # Five themes in the first four; sessions 5 and 6 bring one, 6 and 7 none.
    assert [(run.sessions, run.new_themes, run.percent, run.is_enough) for run in heard.runs] == [
        ("Sessions 5 and 6", 1, "20.0", False),
        ("Sessions 6 and 7", 0, "0.0", True),
    ]
    assert heard.finding == (
        "Nothing much new was heard after 5 sessions. As 2 sessions more were needed to know it, "
        "this is written 5(+2)."
    )


def test_a_longer_run_is_told_from_its_first_to_its_last_session() -> None:
    heard = enough_heard(read_sessions("a\na\nb\nb\nc\nd\n"), base=2, run=3)
    assert [run.sessions for run in heard.runs] == ["Sessions 3 to 5", "Sessions 4 to 6"]
    assert heard.finding.startswith("Not yet: the last 3 sessions of 6 still brought 200.0 new")


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("a\nb\nc", "Cannot say yet: 3 sessions were given, and at least 6 are needed."),
        (
            "none\n-\nnone\nnone\na\nb",
            "Cannot say: no theme was heard in the first 4 sessions.",
        ),
    ],
)
def test_what_cannot_be_said_is_not_said(text: str, finding: str) -> None:
    heard = enough_heard(read_sessions(text))
    assert heard.finding == finding
    assert heard.runs == ()


@pytest.mark.parametrize("text", ["", " \n\t\n", "a\n" * 501])
def test_no_session_and_too_many_are_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match="session"):
        read_sessions(text)


def test_a_run_may_be_of_a_single_session() -> None:
    heard = enough_heard(read_sessions("a\nb\nc\na\na"), run=1)
    assert [(run.sessions, run.new_themes) for run in heard.runs] == [("Session 5", 0)]
