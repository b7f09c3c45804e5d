"""Opening source files: plain, gzipped, in a folder or in an archive, and never on trust."""

import gzip
import hashlib
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Final

from mapper.errors import SourceError
from mapper.ingest.issues import shown

MOST_BYTES: Final = 512 * 1024 * 1024
"""The most bytes one file may have once unpacked."""

MOST_MEMBERS: Final = 20_000
"""The most files that an archive may hold."""

_READABLE: Final = (".csv", ".tsv", ".txt", ".csv.gz", ".xlsx", ".xlsm", ".parquet", ".json",
                    ".geojson", ".json.gz", ".geojson.gz", ".zip")  # fmt: skip
_IS_ENCRYPTED: Final = 0x1
_CHUNK: Final = 1024 * 1024
_NAME_LENGTH: Final = 150


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file's content, in memory.

    Parameters
    ----------
    name : without folders, safe to show.
    content : as unpacked.
    """

    name: str
    content: bytes

    @property
    def checksum(self) -> str:
        """SHA-256 of the content: the same whether the file came plain, gzipped or archived."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def stem(self) -> str:
        """The name without its endings."""
        return re.sub(
            r"(\.(csv|tsv|txt|gz|xlsx|xlsm|parquet|json|geojson))+$",
            "",
            self.name,
            flags=re.IGNORECASE,
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that can be opened: on disk, or a member of an archive.

    Parameters
    ----------
    path : of the file or archive on disk.
    member : of the archive, as the archive spells it; empty for a file on disk.
    """

    path: Path
    member: str = ""

    @property
    def name(self) -> str:
        """The name without folders, safe to show."""
        return safe_name(self.member or self.path.name)

    def open(self, most_bytes: int = MOST_BYTES) -> SourceFile:
        """Read the whole file into memory.

        Parameters
        ----------
        most_bytes : the most it may have once unpacked.

        Raises
        ------
        SourceError
            When it cannot be read, is empty, is damaged or encrypted, or is too large.
        """
        try:
            content = self._content(most_bytes)
        except OSError as error:
            raise SourceError(
                f"{self.name} cannot be opened: {error.strerror or error}.",
                action="Check the path and that you may read the file.",
            ) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise SourceError(
                f"{self.name} is damaged: {error}.", action="Download or copy the file again."
            ) from error
        if not content.strip():
            raise SourceError(
                f"{self.name} is empty.",
                expected="A row of headings and at least one row under it were expected.",
                action="Save the file again with its content.",
            )
        return SourceFile(self.name.removesuffix(".gz"), content)

    def _content(self, most_bytes: int) -> bytes:
        if self.member:
            with zipfile.ZipFile(self.path) as archive:
                if archive.getinfo(self.member).flag_bits & _IS_ENCRYPTED:
                    raise SourceError(
                        f"{self.name} in {self.path.name} is protected by a password.",
                        action="Unpack it, and give mapper the file without a password.",
                    )
                with archive.open(self.member) as member:
                    return _unpacked(member, self.name, most_bytes)
        with self.path.open("rb") as file:
            return _unpacked(file, self.name, most_bytes)


@dataclass(frozen=True, slots=True)
class Listing:
    """The files found under the paths given.

    Parameters
    ----------
    entries : files to read, in the order of their names within each path.
    left_out : names of files met and not wanted.
    """

    entries: tuple[Entry, ...]
    left_out: tuple[str, ...]


def safe_name(name: str) -> str:
    """Cut folders and control characters from a file name, such as an archive gives.

    Parameters
    ----------
    name : as the disk or archive spells it, possibly with ``../`` or a drive in it.
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    return shown(last[-_NAME_LENGTH:]) or "unnamed"


def list_sources(paths: Iterable[Path], is_wanted: Callable[[str], bool]) -> Listing:
    """List the files to read under files, folders and archives.

    Nothing is unpacked to disk. A file named outright is always read; in a folder or an
    archive only those that are wanted and of a readable kind.

    Parameters
    ----------
    paths : files, folders or ``.zip`` archives.
    is_wanted : whether a file of this name, folders included, is one to read.

    Raises
    ------
    SourceError
        When a path does not exist, or there is nothing to read.
    """
    given = list(paths)
    entries: list[Entry] = []
    left_out: list[str] = []
    for path in given:
        for entry in _found(path):
            if entry == Entry(path) or _is_readable(entry, is_wanted):
                entries.append(entry)
            else:
                left_out.append(entry.name)
    if not entries:
        raise SourceError(
            f"There is nothing to read in {', '.join(path.name for path in given)}.",
            expected=f"Files ending {', '.join(_READABLE)} were expected.",
            action="Check the path.",
        )
    return Listing(tuple(entries), tuple(left_out))


def _is_readable(entry: Entry, is_wanted: Callable[[str], bool]) -> bool:
    name = entry.member or str(entry.path)
    return entry.name.lower().endswith(_READABLE[:-1]) and is_wanted(name)


def _found(path: Path) -> Iterator[Entry]:
    """Give every file under a path, the members of archives in place of the archives."""
    if path.is_dir():
        for each in sorted(path.rglob("*")):
            if each.is_file() and not each.name.startswith((".", "~$")):
                yield from _found(each)
    elif not path.exists():
        raise SourceError(
            f"There is no file or folder {path.name}.",
            action="Check the path, and that the file has been downloaded.",
        )
    elif path.suffix.lower() == ".zip":
        yield from _members(path)
    else:
        yield Entry(path)


def _members(path: Path) -> Iterator[Entry]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [each for each in archive.infolist() if not each.is_dir()]
    except (OSError, zipfile.BadZipFile) as error:
        raise SourceError(
            f"{path.name} is not an archive that can be opened: {error}.",
            action="Download or copy the file again.",
        ) from error
    if len(members) > MOST_MEMBERS:
        raise SourceError(
            f"{path.name} holds {len(members):,} files.",
            expected=f"At most {MOST_MEMBERS:,} were expected.",
            action="Unpack it, and give mapper the folder that is wanted.",
        )
    for name in sorted(each.filename for each in members):
        yield Entry(path, name)


def _unpacked(file: IO[bytes], name: str, most_bytes: int) -> bytes:
    """Read a file to its end, ungzipped, giving up once it is past the limit."""
    if name.lower().endswith(".gz"):
        with gzip.GzipFile(fileobj=file) as unzipped:
            return _bounded(unzipped, name, most_bytes)
    return _bounded(file, name, most_bytes)


def _bounded(file: IO[bytes] | gzip.GzipFile, name: str, most_bytes: int) -> bytes:
    chunks: list[bytes] = []
    length = 0
    # What an archive says of a member's size is not believed: the bytes are counted.
    while chunk := file.read(_CHUNK):
        length += len(chunk)
        if length > most_bytes:
            raise SourceError(
                f"{name} holds more than {most_bytes / _CHUNK:,.0f} MB once unpacked.",
                action="Split it into smaller files.",
            )
        chunks.append(chunk)
    return b"".join(chunks)
