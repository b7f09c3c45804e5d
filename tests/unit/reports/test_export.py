"""Published tables as files."""

import csv
import io
import json

import pytest

from mapper.reports.export import as_plain, to_csv, to_json
from mapper.reports.published import Cell
from tests.unit.reports.tables import cell, hidden, make_table

ROW = {
    "area_code": cell("E01000001"),
    "count": cell(1204, "1,204"),
    "rate": cell(10.25, "10.3"),
    "small": hidden("fewer than 5"),
    "dose": Cell(None, "not known"),
}


def read(text: str) -> list[dict[str, str]]:
    """The rows of a CSV."""
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_holds_full_values_under_the_names_for_machines() -> None:
    [row] = read(to_csv(make_table([ROW])))
    assert (row["area_code"], row["count"], row["rate"]) == ("E01000001", "1204", "10.25")


def test_csv_says_why_a_value_is_not_there() -> None:
    [row] = read(to_csv(make_table([ROW])))
    assert (row["small"], row["dose"]) == ("fewer than 5", "not known")


@pytest.mark.parametrize("text", ["=1+1", "+44 7700", "-cmd", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_a_spreadsheet_would_run_is_made_harmless(text: str) -> None:
    [row] = read(to_csv(make_table([{"name": cell(text)}])))
    assert row["name"].startswith("'")


def test_a_negative_number_stays_a_number() -> None:
    assert read(to_csv(make_table([{"gap_score": cell(-12)}])))[0]["gap_score"] == "-12"


def test_commas_quotes_and_lines_in_a_name_stay_in_their_cell() -> None:
    name = 'One, "two"\nthree'
    assert read(to_csv(make_table([{"name": cell(name)}])))[0]["name"] == name


def test_json_holds_null_for_what_is_not_there_and_the_reason_in_notes() -> None:
    [row] = json.loads(to_json(make_table([ROW])))["rows"]
    assert row["small"] is None
    assert row["notes"] == {"small": "fewer than 5", "dose": "not known"}


def test_json_has_no_notes_where_nothing_is_missing() -> None:
    assert "notes" not in as_plain(make_table([{"count": cell(1)}]))["rows"][0]


def test_json_says_for_whom_it_is_and_that_it_is_synthetic() -> None:
    plain = json.loads(to_json(make_table([ROW])))
    assert (plain["audience"], plain["provenance"]["is_synthetic"]) == ("public", True)


def test_json_and_csv_hold_the_same_values() -> None:
    table = make_table([ROW, ROW | {"count": cell(7)}])
    by_json = [
        {name: row["notes"].get(name, row[name]) for name in ROW}
        for row in json.loads(to_json(table))["rows"]
    ]
    assert read(to_csv(table)) == [{k: str(v) for k, v in row.items()} for row in by_json]


def test_an_empty_table_keeps_its_headings() -> None:
    assert to_csv(make_table([])) == "area_code\r\n"
