"""What is written about mapper is true of it, and says nothing of where it was written."""

import re
import subprocess
from pathlib import Path

import pytest
from click import Context, Group

from mapper.cli import commands
from mapper.config import Settings

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
TEXT = {".cfg", ".css", ".csv", ".html", ".in", ".js", ".json", ".lock", ".md", ".mako", ".py"}
TEXT |= {".sh", ".toml", ".txt", ".yml", ""}
INDEXES = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "yarnpkg" + ".com")
MACHINE = re.compile(r"(?<![\w./-])/(?:work|root|home)/\w+")


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607  (git is whichever git the developer has)
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in names if path.suffix in TEXT and path.is_file()]


@pytest.mark.parametrize("host", INDEXES)
def test_no_file_names_a_package_index(host: str) -> None:
    naming = [str(path.relative_to(ROOT)) for path in _tracked() if host in _text(path)]
    assert not naming, f"The index is the installing machine's own choice: {naming}"


def test_no_file_names_a_folder_of_one_machine() -> None:
    naming = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in _tracked()
        if (found := MACHINE.search(_text(path)))
    ]
    assert not naming, f"Use paths relative to the repository: {naming}"


def test_every_setting_is_documented_with_its_default() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    missing = [
        name
        for name, field in Settings.model_fields.items()
        if f"`MAPPER_{name.upper()}`" not in page or str(field.description) not in page
    ]
    assert not missing, f"Write these into docs/settings.md as Settings words them: {missing}"


def test_no_setting_is_documented_that_is_gone() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    named = {name.lower() for name in re.findall(r"`MAPPER_([A-Z_]+)`", page)}
    assert named <= set(Settings.model_fields)


def test_decisions_are_numbered_one_after_another() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_why_and_what_follows(path: Path) -> None:
    text = _text(path)
    assert text.startswith(f"# {int(path.name[:4])}. ")
    assert [heading for heading in ("## Why", "## What follows") if heading not in text] == []


def test_the_changelog_has_a_place_for_what_comes_next() -> None:
    assert "## [Unreleased]" in _text(ROOT / "CHANGELOG.md")


def test_the_licence_is_the_one_declared() -> None:
    assert _text(ROOT / "LICENSE").startswith("MIT License")


def test_the_make_targets_that_the_pages_name_are_there() -> None:
    made = set(re.findall(r"^([a-z-]+):.*##", _text(ROOT / "Makefile"), re.MULTILINE))
    pages = [README, _text(ROOT / "CONTRIBUTING.md"), *map(_text, (ROOT / "docs").rglob("*.md"))]
    named = {name for page in pages for name in re.findall(r"`?make ([a-z-]+)[`\s]", page)}
    assert {name for name in named if f"make {name}" in _code(pages)} <= made


def test_the_commands_that_the_pages_name_are_there() -> None:
    known = _commands(commands)
    pages = [README, *map(_text, (ROOT / "docs").rglob("*.md"))]
    named = re.findall(r"mapper ([a-z][a-z-]*(?: [a-z][a-z-]*)?)", _code(pages))
    unknown = {name for name in named if name not in known and name.split()[0] not in known}
    assert not unknown


def test_the_pages_named_in_the_readme_are_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    missing = [link for link in links if not (ROOT / link).exists()]
    assert not missing, f"The README points to what is not there: {missing}"


def test_the_page_of_ingest_names_its_rooms_and_doors_and_none_that_is_gone() -> None:
    ingest = ROOT / "mapper" / "ingest"
    there = {path.parent.name for path in ingest.glob("*/__init__.py")}
    there |= {path.stem for path in ingest.glob("*.py") if path.stem != "__init__"}
    rows = re.findall(r"^\| (`[^|]*) \|", _text(ROOT / "docs" / "ingest.md"), re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == there


def _commands(group: Group) -> set[str]:
    context = Context(group)
    names: set[str] = set()
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        names.add(name)
        if isinstance(command, Group):
            names |= {f"{name} {inner}" for inner in command.list_commands(context)}
    return names


def _code(pages: list[str]) -> str:
    """Only what stands in code: between back quotes, or in a block."""
    spans = (re.findall(r"```.*?```|`[^`\n]+`", page, re.DOTALL) for page in pages)
    return "\n".join(span for found in spans for span in found)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
