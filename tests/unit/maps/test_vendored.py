"""The vendored assets are what their list says, and carry no mark that is not ours to show."""

import hashlib
import re
from pathlib import Path

import pytest

from mapper.maps.shell import SCRIPTS, STYLESHEETS

STATIC = Path(__file__).parents[3] / "mapper" / "web" / "static"
SHELVES = (STATIC / "vendor", Path(__file__).parents[2] / "browser" / "vendor")


def listed(shelf: Path) -> dict[str, str]:
    found = re.findall(r"^([0-9a-f]{64})  (\S+)$", (shelf / "README.md").read_text(), re.MULTILINE)
    return {name: checksum for checksum, name in found}


@pytest.mark.parametrize("shelf", SHELVES, ids=["site", "tests"])
def test_every_file_is_listed_with_its_checksum(shelf: Path) -> None:
    kept = {
        path.relative_to(shelf).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in shelf.rglob("*")
        if path.is_file() and path.parent != shelf
    }
    assert kept == listed(shelf)


@pytest.mark.parametrize("shelf", SHELVES, ids=["site", "tests"])
def test_every_package_holds_its_licence(shelf: Path) -> None:
    assert all((folder / "LICENSE").is_file() for folder in shelf.iterdir() if folder.is_dir())


@pytest.mark.parametrize("asset", [*SCRIPTS, *STYLESHEETS])
def test_every_asset_of_the_map_is_shipped(asset: str) -> None:
    assert (STATIC / asset).is_file()


@pytest.mark.parametrize("mark", ["GDS Transport", "crest", "crown", "@font-face", "url("])
def test_the_page_style_carries_no_government_mark(mark: str) -> None:
    style = next((STATIC / "vendor").glob("govuk-frontend-*/*.css"))
    assert mark not in style.read_text(encoding="utf-8")
