"""The program itself, as a shell starts it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command_line import CommandLine

ROOT = Path(__file__).resolve().parents[3]


def mapper(*arguments: str, url: str) -> subprocess.CompletedProcess[str]:
    """Run the program."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "mapper", *arguments],
        cwd=ROOT,
        env=os.environ | {"MAPPER_DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_command_writes_to_the_database_of_the_environment_and_is_silent_in_a_pipe(
    tmp_path: Path,
) -> None:
    done = mapper("init", url=f"sqlite:///{tmp_path / 'mapper.sqlite'}")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "mapper.sqlite").stat().st_size > 0


def test_what_cannot_run_leaves_one_line_and_status_two(tmp_path: Path) -> None:
    done = mapper("runs", "list", url=f"sqlite:///{tmp_path / 'none.sqlite'}")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("command", ["init", "runs"])
@pytest.mark.parametrize(
    "url",
    [
        "not an address",
        "nonsense://nobody/none",
        "postgresql+unheard_of://nobody/none",
        "postgresql+psycopg://nobody@127.0.0.1:1/none",
        "postgresql+psycopg://nobody@127.0.0.1:port/none",
        "sqlite:////proc/nowhere/mapper.sqlite",
    ],
)
def test_a_database_that_cannot_be_used_leaves_one_line_and_status_two(
    url: str, command: str
) -> None:
    told = CommandLine(url)(command, "list") if command == "runs" else CommandLine(url)(command)
    assert (told.status, told.out, told.err.count("\n")) == (2, "", 1)
    assert "MAPPER_DATABASE_URL" in told.err


def test_a_file_that_is_no_database_is_told_from_a_missing_extension(tmp_path: Path) -> None:
    (tmp_path / "mapper.sqlite").write_bytes(b"no database" * 1_000)
    told = CommandLine(f"sqlite:///{tmp_path / 'mapper.sqlite'}")("runs", "list")
    assert (told.status, told.out, told.err.count("\n")) == (2, "", 1)
    assert "file is not a database" in told.err
    assert "apt-get" not in told.err


def test_the_demo_keeps_out_of_a_database_of_people(tmp_path: Path) -> None:
    on = CommandLine(f"sqlite:///{tmp_path / 'mapper.sqlite'}")
    on("init")
    added = on(
        *("users", "add", "somebody@example.org", "--name", "Somebody"),
        *("--organisation", "Somewhere", "--password", "a password for tests"),
    )
    told = on("demo", "--no-serve")
    assert (added.status, told.status, told.err.count("\n")) == (0, 2, 1)
    assert "@demo.invalid" not in on("users", "list").out
