"""`mapper duplicates`: from the search to an undone merge."""

import json
from pathlib import Path

import pytest

from tests.command_line import CommandLine

LIST = (
    "name,postcode,charity number,website\n"
    "Kitewing Youth Trust,SO14 7LW,1234567,www.kitewing.example.org\n"
    "KITEWING YTH TRUST,SO14 7LW,,www.kitewing.example.org\n"
    "Emberlark Chess Circle,PO1 3AX,,\n"
)


@pytest.fixture
def searched(on_new_ground: CommandLine, tmp_path: Path) -> CommandLine:
    """The command line after three were loaded and the directory searched."""
    path = tmp_path / "groups.csv"
    path.write_text(LIST, encoding="utf-8")
    assert on_new_ground("ingest", "organisations", path).status in {0, 1}
    found = on_new_ground("duplicates", "find")
    assert (found.status, found.out) == (0, "0 merged, 1 to review, 0 decided before.\n")
    return on_new_ground


def test_the_queue_is_listed_for_people_and_for_scripts(searched: CommandLine) -> None:
    assert "KITEWING YTH TRUST" in searched("duplicates", "list").out
    (row,) = json.loads(searched("duplicates", "list", "--json").out)["rows"]
    assert {row["first"], row["second"]} == {"Kitewing Youth Trust", "KITEWING YTH TRUST"}


def test_two_are_merged_and_the_merge_undone(searched: CommandLine) -> None:
    (row,) = json.loads(searched("duplicates", "list", "--json").out)["rows"]
    merged = searched("duplicates", "merge", str(row["first_id"]), str(row["second_id"]))
    assert merged.out == "Merge 1. To undo it: mapper duplicates undo 1\n"
    assert "KITEWING" not in searched("list", "organisations").out
    assert "KITEWING" in searched("duplicates", "list", "--merged").out
    assert searched("duplicates", "undo", "1").out == "Merge 1 is undone.\n"
    assert "KITEWING" in searched("list", "organisations").out


def test_two_are_kept_apart(searched: CommandLine) -> None:
    (row,) = json.loads(searched("duplicates", "list", "--json").out)["rows"]
    numbers = (str(row["first_id"]), str(row["second_id"]))
    assert searched("duplicates", "keep", *numbers, "--never").out.endswith("never again.\n")
    assert searched("duplicates", "find").out == "0 merged, 0 to review, 1 decided before.\n"


def test_a_merge_that_is_not_there_is_one_line_and_status_2(searched: CommandLine) -> None:
    told = searched("duplicates", "undo", "404")
    assert (told.status, told.err.count("\n")) == (2, 1)
    assert "There is no merge 404." in told.err
