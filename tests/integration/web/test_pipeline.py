"""Small steps on an entry: its status, its confirmation, a field given back to its source."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from mapper.domain.entry_change import ChangeHow
from mapper.domain.pipeline import PipelineStatus
from mapper.domain.role import Role
from mapper.store.corrections import by_hand, correct
from mapper.store.entries import entry
from mapper.store.entry_history import Written, entry_changes, status_history
from mapper.store.session import Store
from tests.integration.web.reader import Reader
from tests.web_site import PASSWORD

LIBRARY = 2
PAGE = f"/organisations/{LIBRARY}"


@pytest.fixture
def editor(site: Flask) -> Iterator[Reader]:
    """An analyst who has signed in, on a site of the test's own."""
    with Reader(site) as reader:
        reader.sign_in(f"{Role.ANALYST.value}@example.org", PASSWORD)
        yield reader


def test_a_partner_sets_the_status_with_its_day_and_why(writer: Reader, store: Store) -> None:
    answers = writer.get(f"{PAGE}/status").fields()
    told = {"status": "contacted", "since": ["6", "5", "2025"], "note": "rang the library"}
    writer.send(f"{PAGE}/status", answers | told)
    with store.reading() as session:
        (step,) = status_history(session, [LIBRARY])

    assert (step.status, step.by) == (PipelineStatus.CONTACTED, "partner@example.org")
    assert "Contacted" in writer.get(PAGE).text
    assert "Now: contacted" in writer.get(f"{PAGE}/status").text


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, "Choose where it stands"),
        ({"status": "famous"}, "Not a valid choice"),
        ({"status": "engaged", "since": ["1", "1", "2090"]}, "The day is still to come"),
    ],
)
def test_a_status_that_cannot_be_is_refused(
    told: dict[str, object], words: str, writer: Reader
) -> None:
    page = writer.post(f"{PAGE}/status", writer.get(f"{PAGE}/status").fields() | told)

    assert words in page.text


def test_an_analyst_marks_an_entry_as_confirmed(editor: Reader, store: Store) -> None:
    editor.send(f"{PAGE}/verify", {"csrf_token": editor.token(PAGE)})
    with store.reading() as session:
        verified_on = entry(session, LIBRARY)[0].located.record.verified_on
    text = editor.get(PAGE).text

    assert verified_on == datetime.now(UTC).date()
    assert "by an analyst" in text


def test_a_field_is_given_back_to_its_source(editor: Reader, store: Store) -> None:
    with store.writing() as session:
        placed, _ = entry(session, LIBRARY)
        changed = by_hand({"opening": "Mondays"}, placed.located)
        correct(session, changed, Written(LIBRARY, "Ann Alyst", ChangeHow.FORM))
    assert "Set by hand" in editor.get(PAGE).text
    data = {"csrf_token": editor.token(PAGE), "field": "opening"}
    editor.send(f"{PAGE}/release", data)
    editor.send(f"{PAGE}/release", data)
    with store.reading() as session:
        _, hand_fields = entry(session, LIBRARY)
        latest = entry_changes(session, [LIBRARY])[0]

    assert hand_fields == ()
    assert latest.how is ChangeHow.RELEASE
    assert "as its source says" in editor.get(f"{PAGE}/history").text


def test_only_analysts_confirm_and_give_back(writer: Reader) -> None:
    token = writer.token(f"{PAGE}/status")

    writer.post(f"{PAGE}/verify", {"csrf_token": token}, 403)
    writer.post(f"{PAGE}/release", {"csrf_token": token, "field": "name"}, 403)
