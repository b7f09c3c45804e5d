"""Putting the rows of a table in order of a column."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from mapper.domain.disclosure import Audience
from mapper.reports.published import Column, Provenance, PublishedTable
from mapper.reports.wording import number_cell, text_cell, withheld_cell
from mapper.web.sorting import asked_order

NONE = Provenance(0, "", "", (), "", "", datetime(2025, 1, 1, tzinfo=UTC), (), (), False)
TABLE = PublishedTable(
    Audience.PUBLIC,
    "Areas",
    (Column("name", "Area"), Column("gap", "Gap", is_number=True)),
    (
        (text_cell("Gosport"), number_cell(2)),
        (text_cell("fareham"), withheld_cell()),
        (text_cell("Havant"), number_cell(10)),
        (text_cell("Eastleigh"), withheld_cell()),
    ),
    NONE,
)


def names(address: str) -> list[str]:
    with Flask(__name__).test_request_context(address):
        return [row[0].text for row in asked_order(TABLE)[0].rows]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/", ["Gosport", "fareham", "Havant", "Eastleigh"]),
        ("/?sort=nothing", ["Gosport", "fareham", "Havant", "Eastleigh"]),
        ("/?sort=gap", ["Havant", "Gosport", "fareham", "Eastleigh"]),
        ("/?sort=gap&order=up", ["Gosport", "Havant", "fareham", "Eastleigh"]),
        ("/?sort=name&order=up", ["Eastleigh", "fareham", "Gosport", "Havant"]),
    ],
)
def test_what_is_not_shown_stands_last_whichever_way(address: str, expected: list[str]) -> None:
    assert names(address) == expected


def test_a_heading_leads_to_the_other_way_and_keeps_what_else_was_asked() -> None:
    with Flask(__name__).test_request_context("/gaps?work=knife+crime&sort=gap"):
        _, order = asked_order(TABLE)
        assert order.address("gap") == "/gaps?work=knife+crime&sort=gap&order=up"
        assert order.address("name") == "/gaps?work=knife+crime&sort=name&order=down"
        assert (order.aria("gap"), order.aria("name")) == ("descending", "none")
