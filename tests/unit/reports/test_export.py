"""Published tables as files."""

import csv
import io
import json
from dataclasses import replace

import pytest

from mapper.reports.export import as_plain, to_csv, to_json
from mapper.reports.published import Cell, SourceCredit
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
    by_csv = [{name: row[name] for name in ROW} for row in read(to_csv(table))]
    assert by_csv == [{k: str(v) for k, v in row.items()} for row in by_json]


def test_an_empty_table_keeps_its_headings() -> None:
    headings = "area_code,run_name,run_period,made_on,sources,seen_by,data_status"
    assert to_csv(make_table([])) == f"{headings}\r\n"


def test_every_row_of_a_csv_says_what_stands_behind_it() -> None:
    table = make_table([ROW, ROW])
    credit = SourceCredit("Returns", "A council", "OGL", "2025-01 to 2025-03", "", "")
    told = replace(table.provenance, sources=(credit, credit))
    table = replace(table, provenance=told)
    rows = read(to_csv(table))
    assert len(rows) == 2
    for row in rows:
        assert (row["run_name"], row["run_period"]) == (told.run_name, told.period)
        assert row["made_on"] == told.made_at.date().isoformat()
        assert row["sources"] == "Returns, A council, 2025-01 to 2025-03"
        assert (row["seen_by"], row["data_status"]) == ("public", "SYNTHETIC")


def test_a_csv_of_real_data_is_not_called_synthetic() -> None:
    table = make_table([ROW])
    real = replace(table, provenance=replace(table.provenance, is_synthetic=False))
    assert read(to_csv(real))[0]["data_status"] == "real"


def test_a_column_of_the_tables_own_is_not_written_twice() -> None:
    text = to_csv(make_table([{"run_name": cell("of the row")}]))
    assert text.splitlines()[0].count("run_name") == 1
    assert read(text)[0]["run_name"] == "of the row"


def test_a_source_that_a_spreadsheet_would_run_is_made_harmless() -> None:
    table = make_table([ROW])
    credit = SourceCredit("=1+1", "", "", "", "", "")
    bad = replace(table, provenance=replace(table.provenance, sources=(credit,)))
    assert read(to_csv(bad))[0]["sources"] == "'=1+1"
