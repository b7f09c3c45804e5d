"""Opening source files: plain, gzipped, in a folder or in an archive, and never on trust."""

import gzip
import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Final, Protocol, cast

from mapper.errors import SourceError
from mapper.ingest.faults.issues import shown

MOST_BYTES: Final = 512 * 1024 * 1024
"""The most bytes one file may have once unpacked."""

_IS_ENCRYPTED: Final = 0x1
_DAMAGED: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)
_UNREADABLE: Final = (OSError, SourceError, *_DAMAGED)
_CHUNK: Final = 1024 * 1024
_NAME_LENGTH: Final = 80
_END_LENGTH: Final = 30


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file's content, in memory.

    Parameters
    ----------
    name : without folders, safe to show.
    content : as unpacked.
    parts : other files that are read together with it as one source.
    """

    name: str
    content: bytes
    parts: tuple["SourceFile", ...] = ()

    @property
    def checksum(self) -> str:
        """SHA-256 of the content: the same whether the file came plain, gzipped or archived."""
        digest = hashlib.sha256(self.content)
        for part in self.parts:
            digest.update(part.checksum.encode())
        return digest.hexdigest()

    @property
    def stem(self) -> str:
        """The name without its endings."""
        return re.sub(
            r"(\.(csv|tsv|txt|gz|xlsx|xlsm|parquet|json|geojson|ics))+$",
            "",
            self.name,
            flags=re.IGNORECASE,
        )


class Openable(Protocol):
    """Something to read: a file, a member of an archive, several files as one, or an address."""

    @property
    def name(self) -> str:
        """What it is called, safe to show."""

    def open(self) -> SourceFile:
        """Read the whole of it into memory."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that can be opened: on disk, or a member of an archive.

    Parameters
    ----------
    path : of the file or archive on disk.
    member : of the archive, as the archive spells it; empty for a file on disk.
    called : what the file is called where the disk has it under another name; else empty.
    """

    path: Path
    member: str = ""
    called: str = ""

    @property
    def name(self) -> str:
        """The name without folders, safe to show."""
        return safe_name(self.member or self.called or self.path.name)

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
        except _DAMAGED as error:
            raise SourceError(
                f"{self.name} is damaged: {error}.", action="Download or copy the file again."
            ) from error
        if not content or content.isspace():
            raise SourceError(
                f"{self.name} is empty.",
                expected="A row of headings and at least one row under it were expected.",
                action="Save the file again with its content.",
            )
        return SourceFile(self.name.removesuffix(".gz"), content)

    def head(self, length: int) -> bytes:
        """Read the first bytes, none where it cannot be opened: opening it in full will say why.

        Parameters
        ----------
        length : in bytes.
        """
        try:
            with self._stream() as file:
                return file.read(length)
        except _UNREADABLE:
            return b""

    def _content(self, most_bytes: int) -> bytes:
        with self._stream() as file:
            return _bounded(file, self.name, most_bytes)

    @contextmanager
    def _stream(self) -> Iterator[IO[bytes]]:
        """Open the file or member, ungzipped."""
        with ExitStack() as stack:
            file: IO[bytes]
            if self.member:
                archive = stack.enter_context(zipfile.ZipFile(self.path))
                self._refuse_encrypted(archive)
                file = stack.enter_context(archive.open(self.member))
            else:
                file = stack.enter_context(self.path.open("rb"))
            is_zipped = self.name.lower().endswith(".gz")
            yield cast("IO[bytes]", gzip.GzipFile(fileobj=file)) if is_zipped else file

    def _refuse_encrypted(self, archive: zipfile.ZipFile) -> None:
        if archive.getinfo(self.member).flag_bits & _IS_ENCRYPTED:
            raise SourceError(
                f"{self.name} in {self.path.name} is protected by a password.",
                action="Unpack it, and give mapper the file without a password.",
            )


def safe_name(name: str) -> str:
    """Cut folders and control characters from a file name, such as an archive gives.

    Parameters
    ----------
    name : as the disk or archive spells it, possibly with ``../`` or a drive in it.
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    if len(last) > _NAME_LENGTH:
        # Its ending says what it is, and what stands before that often which of several.
        last = f"{last[: _NAME_LENGTH - _END_LENGTH - 1]}…{last[-_END_LENGTH:]}"
    return shown(last) or "unnamed"


def _bounded(file: IO[bytes], name: str, most_bytes: int) -> bytes:
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
