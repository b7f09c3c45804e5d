"""Which files there are to read under the paths and addresses given."""

import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mapper.errors import SourceError
from mapper.ingest.fetching.feed import Feed, is_address
from mapper.ingest.files.source import Entry, Openable

MOST_MEMBERS: Final = 20_000
"""The most files that an archive may hold."""

_READABLE: Final = (".csv", ".tsv", ".txt", ".csv.gz", ".xlsx", ".xlsm", ".parquet", ".json",
                    ".geojson", ".json.gz", ".geojson.gz", ".ics", ".ics.gz", ".zip")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listing:
    """The files found under the paths given.

    Parameters
    ----------
    entries : files to read, in the order of their names within each path.
    left_out : names of files met and not wanted.
    """

    entries: tuple[Openable, ...]
    left_out: tuple[str, ...]


Gather = Callable[[Sequence[Entry], frozenset[Path]], Listing]
"""Joins the files that are one source, given also the paths that were named outright."""


def each_alone(entries: Sequence[Entry], given: frozenset[Path]) -> Listing:  # noqa: ARG001  (the shape of a gathering)
    """Read every file by itself.

    Parameters
    ----------
    entries : found.
    given : paths that were named outright.
    """
    return Listing(tuple(entries), ())


def list_sources(
    paths: Iterable[Path | str | Entry],
    is_wanted: Callable[[str], bool],
    gather: Gather = each_alone,
) -> Listing:
    """List what is to be read under files, folders, archives and addresses.

    Nothing is unpacked to disk. A file named outright is always read; in a folder or an
    archive only those that are wanted and of a readable kind.

    Parameters
    ----------
    paths : files, folders, ``.zip`` archives, or ``https://`` addresses of a feed; a file
        that the disk has under another name than its own as an `Entry`.
    is_wanted : whether a file of this name, folders included, is one to read.
    gather : joins files that are one source.

    Raises
    ------
    SourceError
        When a path does not exist, or there is nothing to read.
    """
    given = list(paths)
    feeds = [Feed(str(each)) for each in given if not isinstance(each, Entry) and is_address(each)]
    files = [
        each if isinstance(each, Entry) else Entry(Path(each))
        for each in given
        if isinstance(each, Entry) or not is_address(each)
    ]
    entries: list[Entry] = []
    left_out: list[str] = []
    for file in files:
        for entry in _named(file):
            if entry == file or _is_readable(entry, is_wanted):
                entries.append(entry)
            else:
                left_out.append(entry.name)
    gathered = gather(entries, frozenset(file.path for file in files))
    if not gathered.entries and not feeds:
        raise SourceError(
            f"There is nothing to read in {', '.join(file.name for file in files)}.",
            expected=f"Files ending {', '.join(_READABLE)} were expected.",
            action="Check the path.",
        )
    return Listing((*gathered.entries, *feeds), (*left_out, *gathered.left_out))


def _is_readable(entry: Entry, is_wanted: Callable[[str], bool]) -> bool:
    name = entry.member or str(entry.path)
    return entry.name.lower().endswith(_READABLE[:-1]) and is_wanted(name)


def _named(file: Entry) -> Iterator[Entry]:
    """Give what is under a path; a file alone keeps the name it was given with."""
    for entry in _found(file.path):
        yield file if entry == Entry(file.path) else entry


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
