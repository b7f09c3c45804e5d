"""Uploaded files on disk: a folder an upload, with what was asked and how far it has come.

A folder is named by a word that cannot be guessed, and the files in it by numbers: nothing
that a stranger typed is ever part of a path.
"""

import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, Final

from mapper.domain.source import SourceKind
from mapper.errors import NotFoundError
from mapper.ingest.files.source import Entry
from mapper.ingest.work_folder import WorkFolder, make_folder

SECONDS_KEPT: Final = 24 * 60 * 60
"""How long an upload stays when nobody loads it or throws it away."""

_TOKEN: Final = re.compile(r"[0-9a-f]{32}")
_ORDER: Final = "order.json"


class Stage(StrEnum):
    """What is being done with an upload."""

    LOOK = "look"
    """Its columns are guessed; a file without any to confirm is checked at once."""
    CHECK = "check"
    """It is loaded for trial, and nothing is saved."""
    LOAD = "load"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What somebody asked to have done with the files they uploaded.

    Parameters
    ----------
    owner_id : of the account that uploaded it, which alone may see it.
    loaded_by : their e-mail address.
    kind : of source.
    source_name : to keep the records under; empty for the files' own.
    sensitivity, recorder : how carefully the figures are to be treated, and who recorded the
        violence, as `mapper.ingest.options.IngestOptions` takes them; empty for what is usual.
    names : what the files are called, in the order of their numbers.
    level, vintage : of boundaries, where the file does not tell.
    lead, until : of activities, where the file does not tell: who leads them, and the last day
        (as ``2026-12-31``) to which those that repeat are counted; empty for a year ahead.
    mapping : field to heading, as confirmed.
    is_synthetic : True for invented data.
    stage : what is being done, or was last done.
    load_id : of what the store keeps of the loading; 0 before it was confirmed.
    began_at : seconds since 1970.
    """

    owner_id: int
    loaded_by: str
    kind: SourceKind
    source_name: str
    sensitivity: str
    names: tuple[str, ...]
    recorder: str = ""
    level: str = ""
    vintage: str = ""
    lead: str = ""
    until: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    is_synthetic: bool = False
    stage: Stage = Stage.LOOK
    load_id: int = 0
    began_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Upload(WorkFolder):
    """The folder of one upload."""

    @property
    def order(self) -> Order:
        """What was asked.

        Raises
        ------
        NotFoundError
            When the upload is gone.
        """
        said = self.read(_ORDER)
        if said is None:
            raise NotFoundError("This upload is not there any more.")
        return Order(
            **{
                **said,
                "kind": SourceKind(said["kind"]),
                "stage": Stage(said["stage"]),
                "names": tuple(said["names"]),
            }
        )

    def ask(self, order: Order) -> None:
        """Write down what is asked."""
        self.write(_ORDER, asdict(order))

    def change(self, **changes: Any) -> Order:  # noqa: ANN401  (the fields of an order)
        """Write down that something is asked otherwise, and return what now is."""
        order = replace(self.order, **changes)
        self.ask(order)
        return order

    def path(self, number: int, ending: str) -> Path:
        """Give the place of the file of a number, counted from 1."""
        return self.folder / f"{number}{ending}"

    def entries(self) -> list[Entry]:
        """Give the files, each with the name it was uploaded with."""
        found = {path.name.split(".")[0]: path for path in self.folder.glob("[0-9]*.*")}
        names = enumerate(self.order.names, start=1)
        return [Entry(found[str(at)], called=name) for at, name in names if str(at) in found]

    def drop_files(self) -> None:
        """Remove the files themselves, and keep what was said of them."""
        for path in self.folder.glob("[0-9]*.*"):
            path.unlink(missing_ok=True)


def make_upload(root: Path, token: str) -> Upload:
    """Make the folder of a new upload, which only this account of the machine may open.

    Parameters
    ----------
    root : of all uploads.
    token : 32 hexadecimal digits that nobody can guess.
    """
    return Upload(make_folder(root, token))


def find_upload(root: Path, token: str) -> Upload:
    """Find an upload.

    Raises
    ------
    NotFoundError
        When there is none of that name, or it is no name of one.
    """
    if not _TOKEN.fullmatch(token) or not (root / token / _ORDER).is_file():
        raise NotFoundError("This upload is not there any more.")
    return Upload(root / token)


def sweep_uploads(root: Path) -> None:
    """Remove uploads that nobody has come back to for a day.

    Parameters
    ----------
    root : of all uploads.
    """
    for folder in root.glob("*") if root.is_dir() else ():
        upload = Upload(folder)
        is_old = _TOKEN.fullmatch(folder.name) and _age_seconds(folder) > SECONDS_KEPT
        if is_old and not upload.is_worked_on():
            upload.remove()


def _age_seconds(folder: Path) -> float:
    try:
        return time.time() - folder.stat().st_mtime
    except FileNotFoundError:
        return 0.0


@contextmanager
def receiving(path: Path) -> Iterator[IO[bytes]]:
    """A new file that only this account of the machine may read.

    Parameters
    ----------
    path : of the file.
    """
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        yield file
