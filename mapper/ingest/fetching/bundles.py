"""Files that only together are one source."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mapper.errors import SourceError
from mapper.ingest.fetching.listing import Listing
from mapper.ingest.files.source import MOST_BYTES, Entry, Openable, SourceFile

_REGISTER: Final = re.compile(
    r"publicextract\.charity(?P<table>_\w+)?\.(json|txt|csv)(\.gz)?", re.IGNORECASE
)
_AREAS: Final = "_area_of_operation"
_JSON: Final = (".json", ".json.gz")
_HEAD: Final = 65_536
_REFERRAL: Final = re.compile(
    rb'"(service_at_locations|organization|organization_id|organization_identifiers|'
    rb'service_areas|service_taxonomys|eligibilitys)"\s*:'
)
_OTHERS: Final = re.compile(rb'"(FeatureCollection|elements|grants|registered_charity_number)"')


@dataclass(frozen=True, slots=True)
class Bundle:
    """Several files read as one source: the first, and its parts.

    Parameters
    ----------
    name : of the source, safe to show.
    entries : at least one.
    """

    name: str
    entries: tuple[Entry, ...]

    def open(self) -> SourceFile:
        """Read all of them into memory.

        Raises
        ------
        SourceError
            When one cannot be read, or they are too large together.
        """
        first, *parts = [entry.open() for entry in self.entries]
        size = len(first.content) + sum(len(part.content) for part in parts)
        if size > MOST_BYTES:
            raise SourceError(
                f"The files of {self.name} hold {size / 1024**2:,.0f} MB together.",
                expected=f"At most {MOST_BYTES / 1024**2:,.0f} MB were expected.",
                action="Load fewer of them at a time.",
            )
        return SourceFile(self.name, first.content, tuple(parts))


def gather_organisations(entries: Sequence[Entry], given: frozenset[Path]) -> Listing:
    """Join the tables of the charity register, and folders of Open Referral files.

    Parameters
    ----------
    entries : found.
    given : paths that were named outright: each such file is a source of its own.
    """
    tables = {entry: _REGISTER.fullmatch(entry.name) for entry in entries}
    areas = [each for each, match in tables.items() if match and match["table"] == _AREAS]
    found: list[Openable] = []
    left_out: list[str] = []
    folders = _referral_folders([each for each in entries if not tables[each]], given)
    for entry in entries:
        match = tables[entry]
        folder = _folder(entry)
        if match is None and entry not in folders.get(folder, ()):
            found.append(entry)
        elif match is None:
            if entry == folders[folder][0]:
                found.append(Bundle(folder.stem or entry.name, folders[folder]))
        elif match["table"] is None:
            found.append(Bundle(entry.name.removesuffix(".gz"), (entry, *areas)))
        else:
            left_out += [entry.name] if match["table"] != _AREAS else []
    has_register = any(match and not match["table"] for match in tables.values())
    return Listing(tuple(found), tuple(left_out + ([] if has_register else _names(areas))))


def _names(entries: Sequence[Entry]) -> list[str]:
    return [entry.name for entry in entries]


def _folder(entry: Entry) -> Path:
    return entry.path if entry.member else entry.path.parent


def _referral_folders(
    entries: Sequence[Entry], given: frozenset[Path]
) -> dict[Path, tuple[Entry, ...]]:
    """Give the Open Referral files of each folder and archive that holds several."""
    found: dict[Path, list[Entry]] = defaultdict(list)
    for entry in entries:
        is_named_outright = not entry.member and entry.path in given
        if not is_named_outright and entry.name.lower().endswith(_JSON):
            head = entry.head(_HEAD)
            if _REFERRAL.search(head) and not _OTHERS.search(head):
                found[_folder(entry)].append(entry)
    return {folder: tuple(each) for folder, each in found.items() if len(each) > 1}
