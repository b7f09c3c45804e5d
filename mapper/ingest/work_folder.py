"""Folders of work that a process of its own does: what was asked, and how far it has come.

A folder is named by a word that cannot be guessed, and nothing that a stranger typed is ever
part of a path.
"""

import fcntl
import json
import os
import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

_TOKEN: Final = re.compile(r"[0-9a-f]{32}")
_LOCK: Final = "lock"
_TRIES: Final = 20
_SECONDS_BETWEEN: Final = 0.02


@dataclass(frozen=True, slots=True)
class WorkFolder:
    """The folder of one piece of work.

    Parameters
    ----------
    folder : named by its token.
    """

    folder: Path

    @property
    def token(self) -> str:
        """The word that names it."""
        return self.folder.name

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


def make_folder(root: Path, token: str) -> Path:
    """Make the folder of a new piece of work, which only this account of the machine may open.

    Parameters
    ----------
    root : of all such folders.
    token : 32 hexadecimal digits that nobody can guess.
    """
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = root / token
    folder.mkdir(mode=0o700)
    return folder


def find_folder(root: Path, token: str) -> WorkFolder | None:
    """Find a folder of work; None where there is none of that name, or it is no name of one.

    Parameters
    ----------
    root : of all such folders.
    token : as somebody wrote it.
    """
    is_there = _TOKEN.fullmatch(token) is not None and (root / token).is_dir()
    return WorkFolder(root / token) if is_there else None


def _locked(file: IO[str], how: int) -> bool:
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _private(path: Path) -> IO[str]:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w")
