"""Every command: what it does, the status it leaves with, and the one line when it cannot."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mapper.cli import COMMANDS
from tests.command_line import CommandLine
from tests.integration.cli.conftest import FILES

FACTS = ["run_name", "run_period", "made_on", "sources", "seen_by", "data_status"]
"""What ends every row of a CSV."""

ORGANISATIONS = FILES / "organisations.csv"
ACTIVITIES = FILES / "activities.csv"
VIOLENCE = FILES / "2026-01-hampshire-street.csv"
LISTINGS = ["organisations", "activities", "violence", "areas"]


def read_csv(text: str) -> list[dict[str, str]]:
    """The rows of a CSV."""
    return list(csv.DictReader(io.StringIO(text)))


def read_json(text: str) -> Any:
    """The rows of a listing."""
    return json.loads(text)["rows"]


@pytest.mark.parametrize("command", list(COMMANDS))
def test_every_command_explains_itself(mapper: CommandLine, command: str) -> None:
    told = mapper(command, "--help")
    assert told.status == 0
    assert told.out.startswith(f"Usage: mapper {command}")


def test_mapper_alone_lists_the_commands(mapper: CommandLine) -> None:
    told = mapper()
    assert told.status == 0
    listed = [command for command in COMMANDS if f"\n  {command} " in told.out]
    assert set(COMMANDS) - set(listed) == {"background"}  # which the site starts, not a person


def test_the_version_is_told(mapper: CommandLine) -> None:
    assert mapper("--version").out.startswith("mapper, version ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["list", "everything"],
        ["ingest", "organisations"],
        ["ingest", "violence", "not-there.csv"],
        ["ingest", "violence", str(ORGANISATIONS)],
        ["analyse", "--from", "2026-01"],
        ["analyse", "--from", "soon", "--to", "2026-02"],
        ["analyse", "--from", "2026-01", "--to", "2026-03"],
        ["analyse", "--from", "2026-01", "--to", "2026-02", "--exclude", "2026-01"],
        ["analyse", "--from", "2026-01", "--to", "2026-02", "--exclude", "2026-02"],
        ["analyse", "--from", "2026-02", "--to", "2026-01"],
        ["runs", "show", "99"],
        ["runs", "show", "9" * 30],
        ["analyse", "--from", "2026-01", "--to", "2026-02", "--seed", "-5"],
        ["ingest", "organisations", str(ORGANISATIONS), "--issues", "/proc/nowhere/issues.csv"],
        ["ingest", "organisations", ""],
        ["ingest", "organisations", str(ORGANISATIONS), " "],
        ["list", "violence", "--from", "2026-01"],
        ["list", "organisations", "--lad", "Atlantis"],
        ["report", "Atlantis"],
        ["report", "Havant", "--audience", "everybody"],
        ["postcode", "hello"],
        ["postcode", "SO14 9ZZ"],
        ["boundaries", "import", "not-there.geojson"],
        ["network", "export", "--format", "graphml"],
        ["users", "add", "a@example.org", "--name", "A", "--organisation", "O", "--password", "no"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_said_in_one_line_with_status_two(
    mapper: CommandLine, arguments: list[str]
) -> None:
    told = mapper(*arguments)
    assert (told.status, told.out) == (2, "")
    assert told.err.startswith("mapper: ")
    assert told.err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [["report", "Havant"], ["map"], ["network", "export", "--out", "n.graphml"]]
)
def test_before_the_first_run_the_line_says_to_analyse(
    on_new_ground: CommandLine, arguments: list[str]
) -> None:
    told = on_new_ground(*arguments)
    assert told.status == 2
    assert "mapper analyse" in told.err


def test_without_a_database_the_line_says_to_make_one(tmp_path: Path) -> None:
    told = CommandLine(f"sqlite:///{tmp_path / 'none.sqlite'}")("list", "organisations")
    assert told.status == 2
    assert "mapper init" in told.err


def test_init_makes_the_database_and_the_second_time_does_nothing(tmp_path: Path) -> None:
    run = CommandLine(f"sqlite:///{tmp_path / 'new' / 'mapper.sqlite'}")
    assert "the shipped areas and residents are loaded" in run("init").out
    assert "nothing had to be done" in run("init").out


def test_init_loads_every_level_of_area(on_new_ground: CommandLine) -> None:
    told = on_new_ground("boundaries", "list").out
    assert all(level in told for level in ("lsoa", "msoa", "ward", "lad"))


@pytest.mark.parametrize(
    ("text", "state"), [("PO1 3AX", "no longer in use"), (" so147lw", "in use (live)")]
)
def test_a_postcode_is_placed_and_its_state_told(
    mapper: CommandLine, text: str, state: str
) -> None:
    told = mapper("postcode", text)
    assert told.status == 0
    assert state in told.out
    assert "local authority: " in told.out


def test_a_postcode_needs_no_quotation_marks(mapper: CommandLine) -> None:
    assert mapper("postcode", "PO1", "2AL").out == mapper("postcode", "PO1 2AL").out != ""


def test_a_postcode_is_told_as_json_too(mapper: CommandLine) -> None:
    found = json.loads(mapper("postcode", "SO14 7LW", "--json").out)
    assert (found["lad_code"], found["is_terminated"]) == ("E06000045", False)


def test_good_rows_are_saved_bad_ones_counted_on_standard_error_with_status_one(
    on_new_ground: CommandLine,
) -> None:
    told = on_new_ground("ingest", "organisations", ORGANISATIONS)
    assert told.status == 1
    assert "new 4" in told.out
    assert "Rows with issues: 1 error, 2 notes" in told.err
    assert "line 6, Name" in told.err


def test_a_file_without_fault_leaves_status_nought_and_no_word(
    on_new_ground: CommandLine, tmp_path: Path
) -> None:
    file = tmp_path / VIOLENCE.name
    file.write_text("\n".join(VIOLENCE.read_text("utf-8").splitlines()[:4]), "utf-8")
    told = on_new_ground("ingest", "violence", file)
    assert (told.status, told.err) == (0, "")


@pytest.mark.parametrize(
    ("kind", "file"),
    [("organisations", ORGANISATIONS), ("activities", ACTIVITIES), ("violence", VIOLENCE)],
)
def test_the_same_file_twice_changes_nothing_and_says_so(
    mapper: CommandLine, kind: str, file: Path
) -> None:
    before = mapper("list", kind, "--csv").out
    told = mapper("ingest", kind, file)
    assert told.status == 0
    assert "unchanged" in told.out
    assert mapper("list", kind, "--csv").out == before


def test_a_dry_run_reports_the_same_and_saves_nothing(on_new_ground: CommandLine) -> None:
    rehearsed = on_new_ground("ingest", "organisations", ORGANISATIONS, "--dry-run")
    assert rehearsed.status == 1
    assert read_csv(on_new_ground("list", "organisations", "--csv").out) == []
    loaded = on_new_ground("ingest", "organisations", ORGANISATIONS)
    as_rehearsed = rehearsed.out.replace("dry run", "loaded").replace("would be ", "")
    as_rehearsed = as_rehearsed.replace("will be loaded", "were loaded")
    assert as_rehearsed == loaded.out
    assert rehearsed.err == loaded.err


def test_issues_are_written_where_asked(on_new_ground: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "issues.csv"
    told = on_new_ground("ingest", "organisations", ORGANISATIONS, "--issues", out)
    severities = [row["severity"] for row in read_csv(out.read_text("utf-8-sig"))]
    assert sorted(severities) == ["error", "note", "note"]
    assert f"They are listed in {out}." in told.err


def test_a_source_may_be_named(on_new_ground: CommandLine) -> None:
    told = on_new_ground("ingest", "organisations", ORGANISATIONS, "--source", "our list")
    assert "'our list'" in told.out


def test_a_restricted_source_is_not_listed_for_the_public(on_new_ground: CommandLine) -> None:
    on_new_ground("ingest", "violence", VIOLENCE, "--sensitivity", "restricted")
    assert on_new_ground("list", "violence").status == 2
    assert on_new_ground("list", "violence", "--audience", "analyst").status == 0


def test_analysing_says_what_went_in(mapper: CommandLine) -> None:
    told = mapper("analyse", "--from", "2026-01", "--to", "2026-02", "--seed", "3")
    assert told.status == 0
    assert told.out.startswith("Run 2: January 2026\n")
    assert "LSOA 2011" in told.out
    assert told.err == ""


def test_runs_are_listed_the_latest_first(mapper: CommandLine) -> None:
    mapper("analyse", "--from", "2026-01", "--to", "2026-02")
    lines = mapper("runs", "list").out.splitlines()
    assert [line.split()[0] for line in lines] == ["2", "1"]


def test_a_run_is_shown_as_json_with_all_that_it_rests_on(mapper: CommandLine) -> None:
    shown = json.loads(mapper("runs", "show", "1").out)
    assert shown["parameters"]["seed"] == 1
    assert {"inputs", "versions", "summary"} <= set(shown)


@pytest.mark.parametrize("listing", LISTINGS)
def test_a_listing_is_the_same_as_text_json_and_csv(mapper: CommandLine, listing: str) -> None:
    by_json, by_csv = (mapper("list", listing, form).out for form in ("--json", "--csv"))
    text = mapper("list", listing)
    assert len(read_json(by_json)) == len(read_csv(by_csv)) > 0
    assert len(text.out.splitlines()) == len(read_csv(by_csv)) + 1
    assert text.err == ""


@pytest.mark.parametrize("lad", ["E06000045", "e06000045", "Southampton", " SOUTH ampton "])
def test_an_authority_goes_by_code_or_name_case_and_spaces_forgiven(
    mapper: CommandLine, lad: str
) -> None:
    rows = read_csv(mapper("list", "organisations", "--lad", lad, "--csv").out)
    assert {row["name"] for row in rows} == {"Invented Youth Trust", "Pretend Library"}


def test_violence_is_listed_with_the_columns_that_scripts_rely_on(mapper: CommandLine) -> None:
    rows = read_csv(mapper("list", "violence", "--by", "lsoa", "--by", "month", "--csv").out)
    assert list(rows[0]) == ["area_code", "area_name", "crime_type", "month", "count"]


def test_violence_is_listed_without_the_month_unless_asked_for(mapper: CommandLine) -> None:
    rows = read_csv(mapper("list", "violence", "--csv").out)
    assert list(rows[0]) == ["area_code", "area_name", "crime_type", "count"]


def test_a_listing_to_be_kept_says_in_every_row_what_stands_behind_it(
    mapper: CommandLine,
) -> None:
    bare = read_csv(mapper("list", "violence", "--csv").out)
    rows = read_csv(mapper("list", "violence", "--csv-with-sources").out)
    assert list(rows[0]) == [*bare[0], *FACTS]
    assert [{name: row[name] for name in bare[0]} for row in rows] == bare
    assert {row["seen_by"] for row in rows} == {"public"}
    assert all(row["sources"] for row in rows)


@pytest.mark.parametrize("level", ["lad", "ward", "lsoa", "month"])
def test_violence_adds_up_to_the_same_whichever_way_it_is_counted(
    mapper: CommandLine, level: str
) -> None:
    rows = read_json(mapper("list", "violence", "--by", level, "--json").out)
    assert sum(row["count"] for row in rows) == 5


@pytest.mark.parametrize(
    ("months", "titles"),
    [
        (("2026-01", "2026-02"), {"Tuesday boxing"}),
        (("2026-02", "2026-03"), {"Tuesday boxing", "Detached team"}),
        (("2026-04", "2026-05"), set()),
    ],
)
def test_activities_of_a_period_are_those_with_a_day_in_it(
    mapper: CommandLine, months: tuple[str, str], titles: set[str]
) -> None:
    told = mapper("list", "activities", "--from", months[0], "--to", months[1], "--csv")
    assert {row["title"] for row in read_csv(told.out)} == titles


def test_an_empty_listing_says_so(on_new_ground: CommandLine) -> None:
    assert on_new_ground("list", "activities").out == "Nothing to list.\n"


@pytest.mark.parametrize("level", ["lad", "ward", "lsoa", "msoa"])
def test_areas_of_one_authority_are_listed_by_level(mapper: CommandLine, level: str) -> None:
    rows = read_csv(mapper("list", "areas", "--by", level, "--lad", "Havant", "--csv").out)
    assert {row["level"] for row in rows} == {level}
    assert {row["lad_code"] for row in rows} == {"E07000090"}


def test_the_report_carries_the_same_rows_in_every_form(
    mapper: CommandLine, tmp_path: Path
) -> None:
    for form in ("html", "json", "csv"):
        told = mapper("report", "Havant", "--format", form, "--out", tmp_path / "reports")
        assert told.status == 0
    stem = tmp_path / "reports" / "gap-report-E07000090"
    whole = json.loads(stem.with_suffix(".json").read_text("utf-8"))
    codes = [row["area_code"] for row in whole["areas"]["rows"]]
    assert codes == [
        row["area_code"] for row in read_csv(stem.with_suffix(".csv").read_text("utf-8"))
    ]
    page = stem.with_suffix(".html").read_text("utf-8")
    assert [code for code in codes[:30] if f"<td>{code}</td>" not in page] == []


@pytest.mark.parametrize("audience", ["public", "partner", "analyst"])
def test_a_report_is_written_for_the_audience_asked_for(
    mapper: CommandLine, tmp_path: Path, audience: str
) -> None:
    told = mapper("report", "E07000090", "--audience", audience, "--out", tmp_path)
    assert f"was written for {audience} eyes" in told.out


def test_a_report_for_few_eyes_never_takes_the_place_of_one_for_everybody(
    mapper: CommandLine, tmp_path: Path
) -> None:
    out = tmp_path / "reports"
    for audience in ("public", "analyst"):
        mapper("report", "Havant", "--format", "csv", "--audience", audience, "--out", out)
    assert {path.name for path in out.iterdir()} == {
        "gap-report-E07000090.csv",
        "gap-report-E07000090-analyst.csv",
    }


def test_the_map_is_one_file_that_asks_no_server(mapper: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "maps" / "map.html"
    assert mapper("map", "--out", out).status == 0
    page = out.read_text("utf-8")
    assert 'src="http' not in page
    assert "<title>" in page


def test_the_network_is_written_for_other_software(mapper: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "network.graphml"
    told = mapper("network", "export", "--format", "graphml", "--out", out)
    assert told.status == 0
    assert out.read_text("utf-8").count("<node ") == 4


REFERRAL = ("--kind", "referral", "--on", "2025-02-03")


def test_a_declared_link_is_written_down_and_listed(mapper: CommandLine) -> None:
    told = mapper(
        "network", "declare", "1", "2", "--kind", "referral", "--by", "1", "--on", "2025-02-03"
    )
    assert told.status == 0
    assert "referral\t1\t2\t1\t2025-02-03" in mapper("network", "declared").out


@pytest.mark.parametrize(
    ("numbers", "by"), [(("1", "1"), "1"), (("1", "2"), "3"), (("1", "9999999"), "1")], ids=str
)
def test_a_link_that_cannot_be_is_refused_in_one_line(
    mapper: CommandLine, numbers: tuple[str, str], by: str
) -> None:
    told = mapper(
        "network", "declare", *numbers, "--kind", "referral", "--by", by, "--on", "2025-02-03"
    )
    assert (told.status, told.out) == (2, "")
    assert told.err.count("\n") == 1


def test_a_file_that_cannot_be_written_is_said_to_be_so(
    mapper: CommandLine, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    told = mapper("report", "Havant", "--format", "csv", "--out", tmp_path / "taken")
    assert (told.status, "cannot be written" in told.err) == (2, True)


def test_the_template_is_a_workbook_or_a_csv(mapper: CommandLine, tmp_path: Path) -> None:
    for name in ("activities.xlsx", "activities.csv"):
        assert mapper("template", "--out", tmp_path / name).status == 0
    assert openpyxl.load_workbook(tmp_path / "activities.xlsx").sheetnames
    assert "Lead organisation" in (tmp_path / "activities.csv").read_text("utf-8-sig")


def test_an_empty_template_is_said_to_hold_its_example_alone(
    on_new_ground: CommandLine, tmp_path: Path
) -> None:
    on_new_ground("template", "--out", tmp_path / "activities.xlsx")
    told = on_new_ground("ingest", "activities", tmp_path / "activities.xlsx")
    assert told.status == 2
    assert "example" in told.err.lower()


def test_the_template_is_written_under_no_other_ending(mapper: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "activities.docx"
    assert (mapper("template", "--out", out).status, out.exists()) == (2, False)


def test_the_template_is_taken_back_as_a_file_of_activities(
    on_new_ground: CommandLine, tmp_path: Path
) -> None:
    out = tmp_path / "activities.csv"
    on_new_ground("template", "--out", out)
    told = on_new_ground("ingest", "activities", out, "--dry-run")
    assert "Traceback" not in told.err
    assert told.status in {0, 1, 2}


def test_an_account_is_added_and_listed_without_its_password(mapper: CommandLine) -> None:
    person = ("--name", "Pat", "--organisation", "Trust", "--role", "analyst")
    secret = ("--password", "a long enough password")
    told = mapper("users", "add", "Pat@Example.org", *person, *secret)
    assert told.out == "pat@example.org may sign in as analyst.\n"
    listed = mapper("users", "list").out
    assert listed == "pat@example.org  analyst  Trust\n"


def test_rows_at_fault_are_written_to_be_mended(on_new_ground: CommandLine, tmp_path: Path) -> None:
    outcome = on_new_ground(
        "ingest", "activities", FILES / "activities.csv", "--mend", tmp_path / "mend.csv"
    )
    text = (tmp_path / "mend.csv").read_text(encoding="utf-8-sig")

    assert text.startswith("Line,What is wrong,Who can mend it,Kept as the source,Reference,Title")
    assert "T-3,Library talk" in text
    assert "to mend" in outcome.err


def test_a_refused_file_has_its_first_issues_listed(
    on_new_ground: CommandLine, tmp_path: Path
) -> None:
    path = tmp_path / "groups.csv"
    path.write_text("name,postcode\n" + "".join(f"Group {n},ZZ{n} 1ZZ\n" for n in range(1, 31)))
    told = on_new_ground("ingest", "organisations", path)
    lines = told.err.splitlines()

    assert told.status == 2
    assert lines[0] == "Rows with issues: 30 errors, 30 warnings"
    assert lines[1].startswith("  groups.csv, line 2")
    assert "and 40 more; --issues OUT.csv lists them all." in lines[-2]
    assert lines[-1].startswith("mapper: No row of groups.csv could be saved, of 30 read.")


def test_the_issues_of_a_refused_file_are_said_to_be_where_they_were_asked_for(
    on_new_ground: CommandLine, tmp_path: Path
) -> None:
    path = tmp_path / "groups.csv"
    path.write_text("name,postcode\nGroup,ZZ1 1ZZ\n")
    told = on_new_ground("ingest", "organisations", path, "--issues", tmp_path / "issues.csv")

    assert f"They are listed in {tmp_path / 'issues.csv'}." in told.err
    assert "ZZ1 1ZZ" in (tmp_path / "issues.csv").read_text(encoding="utf-8-sig")


def test_a_file_without_a_row_that_was_read_is_refused_in_one_line(
    on_new_ground: CommandLine, tmp_path: Path
) -> None:
    path = tmp_path / "empty.csv"
    path.write_text("name,postcode\n")
    told = on_new_ground("ingest", "organisations", path)

    assert (told.status, len(told.err.splitlines())) == (2, 1)
