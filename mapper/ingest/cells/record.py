"""Reading one row field by field, each fault an issue of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from mapper.errors import MapperError
from mapper.ingest.cells.field_words import field_words
from mapper.ingest.cells.terms import read_terms, split_list
from mapper.ingest.cells.values import has_control_characters, tidy
from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix
from mapper.ingest.files.rows import Row, Table
from mapper.ingest.privacy.refuges import may_be_sheltered

T = TypeVar("T")
Term = TypeVar("Term", bound=StrEnum)

LONGEST_TEXT: Final = 5_000
LONGEST_LINE: Final = 300


@dataclass(slots=True)
class RowReader:
    """One row of a table, read into values.

    Parameters
    ----------
    table : the row belongs to.
    row : read.
    log : told of each fault.
    is_refused : True once something the record cannot do without is missing or wrong.
    """

    table: Table
    row: Row
    log: IssueLog
    is_refused: bool = False

    def text(self, field: str, most: int = LONGEST_LINE) -> str:
        """Read tidy text, cut to a length.

        Parameters
        ----------
        field : of the table.
        most : characters kept.
        """
        raw = self.table.cell(self.row, field)
        if not raw:
            return ""
        if has_control_characters(raw):
            self.warn(field, "Control characters were taken out of the text.")
        text = tidy(raw)
        if len(text) > most:
            self.warn(
                field, f"The text has {len(text):,} characters; the first {most:,} were kept."
            )
            text = text[:most].rstrip()
        return text

    def optional(self, field: str, read: Callable[[str], T], default: T) -> T:
        """Read a value that can be missing: a bad one is left out, with a warning.

        Parameters
        ----------
        field : of the table.
        read : text to value, raising `MapperError`.
        default : when the cell is empty or bad.
        """
        text = tidy(self.table.cell(self.row, field))
        if not text:
            return default
        try:
            return read(text)
        except MapperError as error:
            self.warn(field, f"{error} It was left out.")
            return default

    def required(self, field: str, read: Callable[[str], T]) -> T | None:
        """Read a value without which there is no record: None, and the row refused, if bad.

        Parameters
        ----------
        field : of the table.
        read : text to value, raising `MapperError`.
        """
        text = tidy(self.table.cell(self.row, field))
        if not text:
            self.refuse(field, f"The {field_words(field)} is empty.")
            return None
        try:
            return read(text)
        except MapperError as error:
            self.refuse(field, str(error))
            return None

    def terms(self, field: str, vocabulary: type[Term]) -> frozenset[Term]:
        """Read a list of words of a vocabulary; those not in it are left out, with a warning.

        Parameters
        ----------
        field : of the table.
        vocabulary : the words allowed.
        """
        raw = self.table.cell(self.row, field)
        if not raw:
            return frozenset()
        found, faults = read_terms(vocabulary, raw)
        for fault in faults:
            self.warn(field, f"{fault} It was left out.")
        return found

    def parts(self, field: str) -> tuple[str, ...]:
        """Split a list at semicolons and line breaks.

        Parameters
        ----------
        field : of the table.
        """
        raw = self.table.cell(self.row, field)
        return split_list(raw) if raw else ()

    def refuse(self, field: str, message: str) -> None:
        """File an error: the row is not saved.

        Parameters
        ----------
        field : at fault.
        message : what was found, expected, and to be done.
        """
        self.is_refused = True
        # There is no record that would tell how its site may be shown.
        if may_be_sheltered(self.row.cells, self.table.cell(self.row, "visibility")):
            self.log.shelter(self.row.line)
        self._file(field, message, Severity.ERROR, WhoCanFix.FILLER)

    def warn(self, field: str, message: str) -> None:
        """File a warning: the row is saved, with something left out or put right.

        Parameters
        ----------
        field : at fault.
        message : what was found, expected, and was done.
        """
        self._file(field, message, Severity.WARNING, WhoCanFix.FILLER)

    def note(self, field: str, message: str, who: WhoCanFix = WhoCanFix.NOBODY) -> None:
        """File a note: nothing is wrong.

        Parameters
        ----------
        field : it is about.
        message : what was found.
        who : may want to look.
        """
        self._file(field, message, Severity.NOTE, who)

    def _file(self, field: str, message: str, severity: Severity, who: WhoCanFix) -> None:
        self.log.add(
            self.row.line,
            message,
            column=self.table.heading(field) if field else "",
            value=self.table.cell(self.row, field) if field else "",
            severity=severity,
            who_can_fix=who,
            kind=f"{field}: {severity}",
        )
