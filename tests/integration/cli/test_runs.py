"""Runs on the command line: parameters from a file, publishing, comparing, and what goes wrong."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.command_line import CommandLine

MONTH = ("--from", "2026-01", "--to", "2026-02")


def test_a_run_is_for_analysts_until_it_is_published(mapper: CommandLine) -> None:
    told = mapper("analyse", *MONTH, "--seed", "3")
    assert "Only analysts see it; `mapper runs publish 2`" in told.out
    assert "(shown)" in mapper("runs").out.splitlines()[1]
    assert "as “January 2026, run 2”" in mapper("runs", "publish", "2").out
    latest, first = mapper("runs", "list").out.splitlines()
    assert "published as January 2026, run 2 (shown)" in latest
    assert "published as January 2026" in first
    assert "(shown)" not in first


def test_a_run_is_made_and_published_under_a_name_at_once(mapper: CommandLine) -> None:
    told = mapper("analyse", *MONTH, "--publish", "--name", "Winter")
    assert "Published as “Winter”" in told.out
    shown = json.loads(mapper("runs", "show", "2").out)
    assert (shown["published_as"], shown["is_scenario"]) == ("Winter", False)


def test_a_name_alone_publishes_nothing(mapper: CommandLine) -> None:
    told = mapper("analyse", *MONTH, "--name", "Winter")
    assert (told.status, "give --publish too" in told.err) == (2, True)


def test_parameters_are_read_from_a_file_and_options_go_before_it(
    mapper: CommandLine, tmp_path: Path
) -> None:
    file = tmp_path / "run.toml"
    file.write_text('from = "2026-01"\nlast = "2026-01"\nseed = 5\ndraws = 20\n')
    assert mapper("analyse", "--parameters", file, "--seed", "0").status == 0
    made = json.loads(mapper("runs", "show", "2").out)["parameters"]
    assert (made["seed"], made["draws"], made["to"]) == (0, 20, "2026-02")


def test_what_a_run_kept_makes_the_same_run_again(mapper: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "again.json"
    file.write_text(mapper("runs", "show", "1").out)
    assert mapper("analyse", "--parameters", file).status == 0
    shown = [json.loads(mapper("runs", "show", number).out) for number in ("1", "2")]
    assert shown[0]["parameters"] == shown[1]["parameters"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--to", "2026-02"), "The first month is missing"),
        ((*MONTH, "--draws", "5"), "from 10 to 10,000"),
        ((*MONTH, "--crime-type", "Witchcraft"), "Witchcraft cannot be counted"),
        ((*MONTH, "--recorder", "ambulance"), "No violence counts (ambulance) are loaded"),
        (("--from", "2019-01", "--to", "2019-03"), "Months loaded: 2026-01 to 2026-01"),
        ((*MONTH, "--exclude", "2026-01"), "Every month of the period is left out"),
        (("--parameters", "nowhere.toml"), "nowhere.toml cannot be read"),
    ],
)
def test_what_makes_no_run_is_said_in_one_line(
    mapper: CommandLine, arguments: tuple[str, ...], told: str
) -> None:
    outcome = mapper("analyse", *arguments)
    assert outcome.status == 2
    assert told in outcome.err
    assert outcome.err.count("\n") == 1
    assert len(mapper("runs").out.splitlines()) == 1


def test_without_residents_or_violence_a_run_says_what_to_load(on_new_ground: CommandLine) -> None:
    outcome = on_new_ground("analyse", *MONTH)
    assert outcome.status == 2
    assert "No violence counts (police recorded) are loaded" in outcome.err


def test_two_runs_are_compared_as_text_csv_and_json(mapper: CommandLine) -> None:
    assert mapper("analyse", *MONTH, "--seed", "3").status == 0
    text = mapper("runs", "compare", "1", "2")
    assert "within the intervals" in text.out
    rows = list(csv.DictReader(io.StringIO(mapper("runs", "compare", "1", "2", "--csv").out)))
    plain = json.loads(mapper("runs", "compare", "1", "2", "--json").out)
    assert len(rows) == len(plain["rows"]) == 14
    assert {row["need_change"] for row in rows} == {"0.0"}
    gosport = mapper("runs", "compare", "1", "2", "--by", "lsoa", "--lad", "Gosport", "--json")
    assert {row["lad_name"] for row in json.loads(gosport.out)["rows"]} == {"Gosport"}


@pytest.mark.parametrize(
    ("pair", "told"), [(("1", "1"), "with itself"), (("1", "9"), "There is no run 9")]
)
def test_runs_that_cannot_be_compared_are_refused(
    mapper: CommandLine, pair: tuple[str, str], told: str
) -> None:
    outcome = mapper("runs", "compare", *pair)
    assert (outcome.status, told in outcome.err) == (2, True)


def test_a_run_that_is_not_there_is_not_published(mapper: CommandLine) -> None:
    outcome = mapper("runs", "publish", "9")
    assert (outcome.status, "There is no run 9" in outcome.err) == (2, True)


PLAN = "Title,Lead organisation,First date,Sessions,Areas served\n"
BOXING = "Boxing,A New Club,06/01/2031,400,Gosport\n"
WRONG = "Chess,A New Club,31/02/2031,40,Gosport\n"


def test_a_scenario_is_shown_beside_today_and_nothing_is_kept(
    mapper: CommandLine, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text(PLAN + BOXING)
    before = mapper("list", "activities", "--csv", "--audience", "analyst").out
    told = mapper("scenario", plan, "--json")
    assert told.status == 0
    rows = {row["area_name"]: row for row in json.loads(told.out)["rows"]}
    assert rows["Gosport"]["provision_change"] > 0
    assert {row["provision_change"] for name, row in rows.items() if name != "Gosport"} == {0}
    assert "1 activity is added and 0 are left out" in mapper("scenario", plan).out
    assert mapper("list", "activities", "--csv", "--audience", "analyst").out == before
    assert len(mapper("runs").out.splitlines()) == 1


def test_a_scenario_is_kept_when_asked(mapper: CommandLine, tmp_path: Path) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text(PLAN + BOXING)
    assert "Kept as run 2: a scenario" in mapper("scenario", plan, "--save").out
    assert mapper("runs").out.splitlines()[0].endswith("scenario")
    refused = mapper("runs", "publish", "2")
    assert (refused.status, "only thought of" in refused.err) == (2, True)
    assert mapper("runs", "compare", "1", "2").status == 0


def test_rows_of_a_plan_at_fault_are_told_and_the_status_says_so(
    mapper: CommandLine, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text(PLAN + BOXING + WRONG)
    told = mapper("scenario", plan)
    assert (told.status, "plan.csv, line 3" in told.err) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "The scenario changes nothing"),
        (("--withdraw", "999"), "Activity 999 cannot be left out"),
        (("--count", "999"), "Activity 999 cannot be counted"),
        (("nowhere.csv",), "nowhere.csv"),
        (("--withdraw", "1", "--run", "9"), "There is no run 9"),
    ],
)
def test_what_makes_no_scenario_is_said_in_one_line(
    mapper: CommandLine, arguments: tuple[str, ...], told: str
) -> None:
    outcome = mapper("scenario", *arguments)
    assert outcome.status == 2
    assert told in outcome.err
    assert outcome.err.count("\n") == 1
