"""What a boundary file is by its content, before a library that reads any format opens it.

GDAL goes by content, not by ending, and one of its formats is a page that names other files and
addresses to read. Such a page, called boundaries, would have the server read those.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Final

_BEGINNINGS: Final[dict[str, tuple[bytes, ...]]] = {
    ".geojson": (b"{", b"["),
    ".json": (b"{", b"["),
    ".gpkg": (b"SQLite format 3\0",),
    ".shp": (b"\0\0\x27\x0a",),
    ".fgb": (b"fgb",),
}
_NAMES_OTHERS: Final = b"<OGRVRT"
_CHUNK_BYTES: Final = 1024 * 1024
_MOST_BYTES: Final = 4 * 1024**3
_BLANK: Final = b"\xef\xbb\xbf \t\r\n\x1e"


def fault_of_content(path: Path) -> str:
    """Say why a file is not to be opened; empty where it may be.

    It is to begin as files of its ending do, and nothing in it, nor in what an archive holds, may
    be a page of GDAL that names other files, which GDAL would know wherever in a file it stands.
    An archive is to hold a file of boundaries: GDAL opens one that holds a single other file by
    what that is, and of some kinds fetches what they name.

    Parameters
    ----------
    path : a file, or a folder, which is not looked into.

    References
    ----------
    GDAL (2025). VRT: Virtual Format. https://gdal.org/en/stable/drivers/vector/vrt.html
    """
    if path.is_dir():
        return ""
    if path.suffix.lower() == ".zip":
        return _fault_of_archive(path)
    with path.open("rb") as file:
        return _fault(path.name, file)


def _fault_of_archive(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(each.file_size for each in archive.infolist()) > _MOST_BYTES:
                return "it holds more than 4 GB once unpacked"
            if not any(_ending(each.filename) in _BEGINNINGS for each in archive.infolist()):
                return "it holds no file of boundaries"
            return next(filter(None, _faults(archive)), "")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        return f"it is no archive that can be read ({error})"


def _faults(archive: zipfile.ZipFile) -> Iterator[str]:
    for each in archive.infolist():
        if not each.is_dir():
            with archive.open(each) as file:
                yield _fault(each.filename, file)


def _fault(name: str, file: IO[bytes]) -> str:
    """Read one file in pieces, each with the end of the one before."""
    wanted = _BEGINNINGS.get(_ending(name))
    before = b""
    while chunk := file.read(_CHUNK_BYTES):
        if not before and wanted and not _begins(chunk, wanted):
            return f"what is in {PurePosixPath(name).name} is not what its ending says"
        if _NAMES_OTHERS in before + chunk:
            return "it names other files to be read, and no boundaries of its own"
        before = chunk[-len(_NAMES_OTHERS) :]
    return ""


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _begins(chunk: bytes, wanted: tuple[bytes, ...]) -> bool:
    return chunk.startswith(wanted) or chunk.lstrip(_BLANK).startswith(wanted)
