"""Renew the style sheets and scripts that the site ships, from the packages their authors publish.

Run it with `make vendor-assets`. Each package is fetched with npm at exactly the version named
here and refused when its checksum is not the one recorded, so that a second run changes nothing.
To take a newer version, change it here, run, read the difference and record the new checksum.
"""

import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "mapper" / "web" / "static" / "vendor"
TESTS = ROOT / "tests" / "browser" / "vendor"

_MIT = """The MIT License (MIT)

Copyright (C) 2017 Crown Copyright (Government Digital Service)

Permission is hereby granted, free of charge, to any person obtaining a copy of
this software and associated documentation files (the "Software"), to deal in
the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies
of the Software, and to permit persons to whom the Software is furnished to do
so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""


def without_source_map(text: str) -> str:
    """Drop the pointer to a source map that is not shipped."""
    return re.sub(r"(//|/\*)# sourceMappingURL=\S+( \*/)?", "", text).rstrip() + "\n"


def without_government_marks(text: str) -> str:
    """Drop the typeface and the crest, which only services on gov.uk may use.

    Parameters
    ----------
    text : the style sheet of govuk-frontend, as shipped.
    """
    text = re.sub(r"/\*!(?:(?!\*/).)*The font has been customised(?:(?!\*/).)*\*/", "", text)
    text = re.sub(r"@font-face\{[^}]*\}", "", text)
    text = re.sub(r'"?GDS Transport"?,', "", text)
    return re.sub(r"\.govuk-footer__(copyright-logo:before|crown)\{[^}]*\}", "", text)


@dataclass(frozen=True)
class Package:
    """What is taken from one package.

    Parameters
    ----------
    name, version : as published.
    sha256 : of the package file.
    licence : its SPDX name.
    files : path in the package to path under the folder it is kept in.
    shelf : the folder that holds it.
    changes : what is done to each text file, in order.
    licence_text : written as LICENSE when the package ships none.
    note : what was changed, for the list.
    """

    name: str
    version: str
    sha256: str
    licence: str
    files: dict[str, str]
    shelf: Path = SITE
    changes: tuple[Callable[[str], str], ...] = (without_source_map,)
    licence_text: str = ""
    note: str = "source map pointers dropped"

    @property
    def folder(self) -> Path:
        """Where its files are kept."""
        return self.shelf / f"{self.name}-{self.version}"


PACKAGES = (
    Package(
        name="leaflet",
        version="1.9.4",
        sha256="84c65a256e50657896f54c33bd857b6849ebe94c817803be818bf32a3dde0b77",
        licence="BSD-2-Clause",
        files={
            "dist/leaflet.js": "leaflet.js",
            "dist/leaflet.css": "leaflet.css",
            "dist/images/layers.png": "images/layers.png",
            "dist/images/layers-2x.png": "images/layers-2x.png",
            "dist/images/marker-icon.png": "images/marker-icon.png",
            "LICENSE": "LICENSE",
        },
    ),
    Package(
        name="leaflet.markercluster",
        version="1.5.3",
        sha256="fc6b0b1d00b6c708ae54e43ee4a11ac345e41660e19f0a570190bb35babb1a1c",
        licence="MIT",
        files={
            "dist/leaflet.markercluster.js": "leaflet.markercluster.js",
            "dist/MarkerCluster.css": "MarkerCluster.css",
            "MIT-LICENCE.txt": "LICENSE",
        },
    ),
    Package(
        name="govuk-frontend",
        version="6.3.0",
        sha256="3d91fd1353e32e306a8ae493b44ba9c0277348b5dbc08442a3e63d822e516048",
        licence="MIT",
        files={
            "dist/govuk/govuk-frontend.min.css": "govuk-frontend.min.css",
            "dist/govuk/govuk-frontend.min.js": "govuk-frontend.min.js",
        },
        changes=(without_source_map, without_government_marks),
        licence_text=_MIT,
        note="source map pointers, the GDS Transport typeface and the crest dropped",
    ),
    Package(
        name="axe-core",
        version="4.14.1",
        sha256="e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745",
        licence="MPL-2.0",
        files={
            "axe.min.js": "axe.min.js",
            "LICENSE": "LICENSE",
            "LICENSE-3RD-PARTY.txt": "LICENSE-3RD-PARTY.txt",
        },
        shelf=TESTS,
        changes=(),
        note="as shipped",
    ),
)


def fetch(package: Package, into: Path) -> Path:
    """Fetch a package with npm and check what came.

    Parameters
    ----------
    package : which one.
    into : an existing folder.

    Raises
    ------
    SystemExit
        When what came is not what was recorded.
    """
    specification = f"{package.name}@{package.version}"
    command = ["npm", "pack", specification, "--silent", "--pack-destination", str(into)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    archive = into / f"{package.name}-{package.version}.tgz"
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != package.sha256:
        sys.exit(f"{specification} has SHA-256 {found}, expected {package.sha256}: look first.")
    return archive


def unpack(package: Package, archive: Path) -> None:
    """Put the files wanted into the package's folder, changed as the package says.

    Parameters
    ----------
    package : which one.
    archive : as fetched.
    """
    shutil.rmtree(package.folder, ignore_errors=True)
    with tarfile.open(archive) as members:
        for inside, outside in package.files.items():
            member = members.extractfile(f"package/{inside}")
            if member is None:
                sys.exit(f"{package.name} {package.version} holds no file {inside}.")
            target = package.folder / outside
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(changed(package, outside, member.read()))
    if package.licence_text:
        (package.folder / "LICENSE").write_text(package.licence_text, encoding="utf-8")


def changed(package: Package, name: str, content: bytes) -> bytes:
    """Apply a package's changes to one file; pictures and licences stay as they are.

    Parameters
    ----------
    package : whose changes.
    name : of the file.
    content : as shipped.
    """
    if not name.endswith((".js", ".css")):
        return content
    text = content.decode()
    for change in package.changes:
        text = change(text)
    return text.encode()


def listing(shelf: Path) -> str:
    """Write the README of a folder of vendored packages.

    Parameters
    ----------
    shelf : the folder.
    """
    kept = [package for package in PACKAGES if package.shelf == shelf]
    rows = [
        f"| {each.name} | {each.version} | {each.licence} | `{each.sha256}` | {each.note} |"
        for each in kept
    ]
    files = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(shelf)}"
        for each in kept
        for path in sorted(each.folder.rglob("*"))
        if path.is_file()
    ]
    return _README.format(rows="\n".join(rows), files="\n".join(files))


_README = """# Vendored packages

Made by other people and kept here so that no page asks another machine for anything. Do not edit
them by hand: `make vendor-assets` (`tools/vendor_assets.py`, which names versions and checksums)
fetches them from npm and writes this file. Each folder holds its licence.

| package | version | licence | SHA-256 of the npm package | changed |
|---|---|---|---|---|
{rows}

SHA-256 of each file as kept (check with `sha256sum -c` on these lines):

```
{files}
```
"""


def main() -> None:
    """Fetch, check and unpack every package, and list them."""
    with tempfile.TemporaryDirectory() as scratch:
        for package in PACKAGES:
            unpack(package, fetch(package, Path(scratch)))
            print(f"{package.name} {package.version}")
    for shelf in (SITE, TESTS):
        (shelf / "README.md").write_text(listing(shelf), encoding="utf-8")


if __name__ == "__main__":
    main()
