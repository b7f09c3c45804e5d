"""Uploaded files on disk: a folder an upload, with what was asked and how far it has come.

A folder is named by a word that cannot be guessed, and the files in it by numbers: nothing
that a stranger typed is ever part of a path.
"""

import fcntl
import json
import os
import re
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, Final

from mapper.domain.source import SourceKind
from mapper.errors import NotFoundError
from mapper.ingest.source import Entry

SECONDS_KEPT: Final = 24 * 60 * 60
"""How long an upload stays when nobody loads it or throws it away."""

_TOKEN: Final = re.compile(r"[0-9a-f]{32}")
_ORDER: Final = "order.json"
_LOCK: Final = "lock"
_TRIES: Final = 20
_SECONDS_BETWEEN: Final = 0.02


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
class Upload:
    """The folder of one upload.

    Parameters
    ----------
    folder : named by its token.
    """

    folder: Path

    @property
    def token(self) -> str:
        """The word that names it."""
        return self.folder.name

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

    def read(self, name: str) -> Any:  # noqa: ANN401  (whatever was written)
        """Read what was written under a name; None where nothing was."""
        try:
            return json.loads((self.folder / name).read_text("utf-8"))
        except FileNotFoundError:
            return None

    def write(self, name: str, said: object) -> None:
        """Write something as a whole: whoever reads meanwhile reads the old or the new."""
        part = self.folder / f".{name}.part"
        with _private(part) as file:
            file.write(json.dumps(said))
        part.replace(self.folder / name)

    def forget(self, *names: str) -> None:
        """Remove what was written."""
        for name in names:
            (self.folder / name).unlink(missing_ok=True)

    def drop_files(self) -> None:
        """Remove the files themselves, and keep what was said of them."""
        for path in self.folder.glob("[0-9]*.*"):
            path.unlink(missing_ok=True)

    def remove(self) -> None:
        """Remove everything."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def take(self) -> IO[str] | None:
        """Take the lock that says that somebody works on it; None where somebody does.

        It is held until every process that has the file open has closed it or ended, so that
        a process that dies cannot leave it held.
        """
        file = _private(self.folder / _LOCK)
        for _ in range(_TRIES):
            # Whoever looks whether it is worked on holds it too, for less than a moment.
            if _locked(file, fcntl.LOCK_EX):
                return file
            time.sleep(_SECONDS_BETWEEN)
        file.close()
        return None

    def is_worked_on(self) -> bool:
        """Whether a process works on it now."""
        if not self.folder.is_dir():
            return False
        with _private(self.folder / _LOCK) as file:
            return not _locked(file, fcntl.LOCK_SH)


def _locked(file: IO[str], how: int) -> bool:
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def make_upload(root: Path, token: str) -> Upload:
    """Make the folder of a new upload, which only this account of the machine may open.

    Parameters
    ----------
    root : of all uploads.
    token : 32 hexadecimal digits that nobody can guess.
    """
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    (root / token).mkdir(mode=0o700)
    return Upload(root / token)


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


def _private(path: Path) -> IO[str]:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w")
