"""The page that tells whether enough sessions were held."""

import logging
from pathlib import Path

import pytest

from tests.integration.web.reader import Page, Reader

SESSIONS = "Group 1: debt, gangs\nparks\nparks\nparks\ndebt\nnone\n"


def answer(reader: Reader, **changes: str) -> Page:
    fields = reader.get("/enough-heard").fields()
    return reader.post("/enough-heard", fields | {"sessions": SESSIONS} | changes)


def test_what_was_heard_is_answered_with_every_run(partner: Reader) -> None:
    page = answer(partner)
    assert "Nothing much new was heard after 4 sessions" in page.text
    assert "5 and 6" in page.text


def test_nothing_of_it_is_kept_or_logged(
    partner: Reader, filled_spatialite: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "what was said in confidence"  # noqa: S105  (a theme)
    page = answer(partner, sessions=f"{secret}\n" * 6)
    assert secret in page.fields()["sessions"][0]
    assert secret not in caplog.text
    for file in filled_spatialite.parent.iterdir():
        assert file.is_dir() or secret.encode() not in file.read_bytes()


def test_what_cannot_be_read_is_said_beside_its_box(partner: Reader) -> None:
    assert "Write one line for each session" in answer(partner, sessions="").text
    assert "There is no session." in answer(partner, sessions=",,\n;").text
    assert "The base set must be a whole number" in answer(partner, base="four").text
    assert "must be between 0 and 100" in answer(partner, threshold="200").text


def test_a_gap_report_leads_to_the_page(partner: Reader) -> None:
    assert "/enough-heard" in partner.fetch("/gaps/E06000044").text
