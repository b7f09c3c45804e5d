"""Bytes to text: which encoding a file is in, and which files are no text at all."""

import codecs
import io
from typing import Final, TextIO

from mapper.errors import SourceError
from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix
from mapper.ingest.files.source import SourceFile

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as the mark of UTF-16 does
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_TEXT: Final = (
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls) or one protected by a password"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "an archive or a workbook"),
    (b"\x89PNG", "a picture"),
    (b"SQLite format 3", "a database"),
)
_OPEN_DOCUMENT: Final = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_WEB_PAGE: Final = (b"<!doctype html", b"<html", b"<table", b"<?xml", b"<meta")
_HEAD: Final = 4096
_PIECE: Final = 1024 * 1024
_GUESSED: Final = "cp1252"


def read_text(source: SourceFile, log: IssueLog) -> str:
    """Read a file as text: UTF-8, UTF-16 with its mark, otherwise Windows-1252 with a warning.

    Parameters
    ----------
    source : the file.
    log : told when the encoding was guessed.

    Raises
    ------
    SourceError
        When the file is no text, or is a web page under another name.
    """
    with open_text(source, encoding_of(source, log)) as file:
        return file.read()


def open_text(source: SourceFile, encoding: str) -> TextIO:
    """Open a file's content as text that is decoded as it is read.

    Parameters
    ----------
    source : the file.
    encoding : as `encoding_of`.
    """
    # Five bytes mean nothing in Windows-1252; they become the replacement character.
    errors = "replace" if encoding == _GUESSED else "strict"
    return io.TextIOWrapper(io.BytesIO(source.content), encoding, errors, newline="")


def encoding_of(source: SourceFile, log: IssueLog) -> str:
    """Tell the encoding: UTF-8, UTF-16 with its mark, otherwise Windows-1252 with a warning.

    Parameters
    ----------
    source : the file.
    log : told when the encoding was guessed.

    Raises
    ------
    SourceError
        When the file is no text, or is a web page under another name.
    """
    refuse_what_is_no_table(source)
    for mark, encoding in _BOMS:
        if source.content.startswith(mark):
            return _checked(source, encoding)
    if b"\0" in source.content[:_HEAD]:
        raise SourceError(
            f"{source.name} holds zero bytes, as UTF-16 without its mark and binary files do.",
            expected="Text was expected.",
            action="In Excel, save it as 'CSV UTF-8 (comma delimited)'.",
        )
    fault = _first_fault(source, "utf-8")
    if fault is not None:
        line = source.content.count(b"\n", 0, fault) + 1
        log.add(
            line,
            "The file is not UTF-8, so it was read as Windows-1252: check letters with accents. "
            "In Excel, save it as 'CSV UTF-8 (comma delimited)'.",
            severity=Severity.WARNING,
            who_can_fix=WhoCanFix.ANALYST,
        )
    return "utf-8" if fault is None else _GUESSED


def refuse_what_is_no_table(source: SourceFile) -> None:
    """Refuse a web page, an old workbook, a PDF and the like, whatever the file is called.

    Parameters
    ----------
    source : the file.

    Raises
    ------
    SourceError
        When the first bytes are those of such a file.
    """
    head = source.content[:_HEAD].lstrip(codecs.BOM_UTF8 + b" \t\r\n").lower()
    if head.startswith(_WEB_PAGE):
        raise SourceError(
            f"{source.name} is a web page, not a table.",
            expected="A CSV or XLSX file was expected.",
            action="Open it in Excel and save it as .xlsx, or download it again while signed in.",
        )
    if _OPEN_DOCUMENT in source.content[:_HEAD]:
        raise SourceError(
            f"{source.name} is an OpenDocument spreadsheet (.ods).",
            expected="A CSV or XLSX file was expected.",
            action="Open it in LibreOffice or Excel and save it as .xlsx.",
        )
    for start, what in _NOT_TEXT:
        if source.content.startswith(start):
            raise SourceError(
                f"{source.name} is {what}.",
                expected="A CSV or XLSX file was expected.",
                action="Open it in Excel and save it as .xlsx, without a password.",
            )


def _checked(source: SourceFile, encoding: str) -> str:
    fault = _first_fault(source, encoding)
    if fault is not None:
        raise SourceError(
            f"{source.name} says it is {encoding} and is not: byte {fault:,} cannot be read.",
            action="In Excel, save it as 'CSV UTF-8 (comma delimited)'.",
        )
    return encoding


def _first_fault(source: SourceFile, encoding: str) -> int | None:
    """Find the first byte that cannot be decoded, a piece at a time; None when all can be."""
    decoder = codecs.getincrementaldecoder(encoding)()
    view = memoryview(source.content)
    held = 0
    for start in range(0, len(view), _PIECE):
        try:
            decoder.decode(view[start : start + _PIECE], final=start + _PIECE >= len(view))
        except UnicodeDecodeError as error:
            return start - held + error.start
        held = len(decoder.getstate()[0])
    return None
