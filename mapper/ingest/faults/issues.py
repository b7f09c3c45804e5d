"""What was wrong with a row, and who can put it right."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from mapper.domain.counted import counted
from mapper.ingest.long_files.progress import Tell, untold

OUTSIDE: Final = "outside HIPS"
"""Why rows of a wider file are left out."""

_VALUE_LENGTH: Final = 80
_MOST_ALIKE: Final = 1_000


class Severity(StrEnum):
    """How much an issue matters."""

    ERROR = "error"
    """The row was not saved."""
    WARNING = "warning"
    """The row was saved, with something left out or put right."""
    NOTE = "note"
    """Nothing to put right."""


class WhoCanFix(StrEnum):
    """Who can put an issue right."""

    FILLER = "the person who filled it in"
    ANALYST = "the analyst"
    NOBODY = "nobody: for information"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One fault in one row of a source.

    Parameters
    ----------
    file : name of the file, without folders.
    line : where the row begins in the file, the heading being line 1; 0 for the whole file.
    field : the heading of the cell, or empty for the whole row.
    value : what stands there, shortened, control characters escaped.
    severity : whether the row was saved.
    message : what was found, what was expected, what to do.
    who_can_fix : who can put it right.
    """

    file: str
    line: int
    field: str = ""
    value: str = ""
    severity: Severity = Severity.ERROR
    message: str
    who_can_fix: WhoCanFix = WhoCanFix.FILLER

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", shown(self.value))


def shown(value: object) -> str:
    """Write a value so that it can be shown on one line: shortened, control characters escaped.

    Parameters
    ----------
    value : anything; None is written as an empty text.
    """
    text = "" if value is None else str(value)
    # Cut before escaping: a cell may hold a hundred thousand characters.
    is_long = len(text) > _VALUE_LENGTH
    escaped = "".join(
        char.encode("unicode_escape").decode() if _breaks_a_line(char) else char
        for char in text[:_VALUE_LENGTH]
    )
    return f"{escaped}…" if is_long else escaped


def _breaks_a_line(char: str) -> bool:
    # Besides the control characters, Unicode has two that separate lines and paragraphs.
    return unicodedata.category(char)[0] == "C" or unicodedata.category(char) in {"Zl", "Zp"}


Told = tuple[
    list[Issue],
    Counter[tuple[str, Severity, str]],
    set[int],
    set[int],
    Counter[str],
    dict[int, str],
]
"""What a log was told: the issues kept, how many there are alike, the lines that are sheltered,
those with an error, how many rows were left out by why, and the lines that are no rows."""


@dataclass(slots=True)
class IssueLog:
    """The issues of one file, in the order met.

    A thousand issues alike (the same field and severity, and the same beginning of the
    message) are kept; of the rest only the number is.

    Parameters
    ----------
    file : the name each issue is filed under.
    tell : told how far the reading has come.
    headings : the line of the headings that were read, and they themselves, once found.
    columns : those that are read, once it is known.
    is_mended : whether the file is a list of rows at fault that has come back.
    mended_source : the source it says its rows are of; empty where it does not.
    """

    file: str
    tell: Tell = untold
    headings: tuple[int, tuple[str, ...]] | None = None
    columns: frozenset[int] = frozenset()
    is_mended: bool = False
    mended_source: str = ""
    _issues: list[Issue] = field(default_factory=list)
    _alike: Counter[tuple[str, Severity, str]] = field(default_factory=Counter)
    _sheltered: set[int] = field(default_factory=set)
    _with_error: set[int] = field(default_factory=set)
    _left_out: Counter[str] = field(default_factory=Counter)
    _no_rows: dict[int, str] = field(default_factory=dict)

    def shelter(self, line: int) -> None:
        """Note that a row has a site that may not be shown exactly: its cells are not quoted.

        Issues are kept and read by others than whoever has the file, so what was noted of the
        row before, and what is noted later, says what is wrong and not what stands there.

        Parameters
        ----------
        line : where the row begins.
        """
        self._sheltered.add(line)

    def add(  # noqa: PLR0913  (an issue has these parts)
        self,
        line: int,
        message: str,
        *,
        column: str = "",
        value: object = "",
        severity: Severity = Severity.ERROR,
        who_can_fix: WhoCanFix = WhoCanFix.FILLER,
        kind: str = "",
    ) -> None:
        """Add one issue.

        Parameters
        ----------
        line : where the row begins, the heading being line 1; 0 for the whole file.
        message : what was found, what was expected, what to do.
        column : the heading of the cell.
        value : the cell.
        severity : whether the row was saved.
        who_can_fix : who can put it right.
        kind : what to count issues alike by; the message itself when empty.
        """
        key = (column, severity, kind or message[:40])
        self._alike[key] += 1
        if severity is Severity.ERROR and line:
            self._with_error.add(line)
        if self._alike[key] <= _MOST_ALIKE:
            self._issues.append(
                Issue(
                    file=self.file,
                    line=line,
                    field=column,
                    value=str(value)[: _VALUE_LENGTH + 1],
                    severity=severity,
                    message=message,
                    who_can_fix=who_can_fix,
                )
            )

    def leave_out(self, why: str, rows: int = 1) -> None:
        """Count rows that are left out without being at fault.

        Parameters
        ----------
        why : in few words, such as ``outside HIPS``.
        rows : how many.
        """
        if rows:
            self._left_out[why] += rows

    @property
    def left_out(self) -> dict[str, int]:
        """How many rows were left out without being at fault, by why."""
        return dict(self._left_out + Counter(self._no_rows.values()))

    def pass_over(self, line: int, message: str, why: str, value: object = "") -> None:
        """Note that a line under the headings is no row, such as one of totals.

        Parameters
        ----------
        line : where it begins.
        message : what it is.
        why : as for `leave_out`.
        value : its first cell.
        """
        self._no_rows[line] = why
        who = WhoCanFix.NOBODY
        self.add(line, message, value=value, severity=Severity.NOTE, who_can_fix=who, kind=why)

    @property
    def lines_passed_over(self) -> int:
        """How many lines under the headings are no rows."""
        return len(self._no_rows)

    @property
    def rows_at_fault(self) -> int:
        """How many rows have an error, whatever the number of errors in each."""
        return len(self._with_error)

    def told(self) -> Told:
        """Give all that was told so far, for the same log in another process."""
        faults = self._issues, self._alike, self._sheltered, self._with_error
        return *faults, self._left_out, self._no_rows

    def hear(self, told: Told) -> None:
        """Take what the same log was told in another process, which includes what this one was.

        Parameters
        ----------
        told : there.
        """
        self._issues, self._alike, self._sheltered, self._with_error = told[:4]
        self._left_out, self._no_rows = told[4:]

    def forget(self) -> None:
        """Begin anew, when the file is to be read another way."""
        self._issues.clear()
        self._alike.clear()
        self._sheltered.clear()
        self._with_error.clear()
        self._left_out.clear()
        self._no_rows.clear()

    def count(self, severity: Severity) -> int:
        """Count the issues of one severity, those not kept included."""
        return sum(number for (_, each, _), number in self._alike.items() if each is severity)

    def all(self) -> list[Issue]:
        """List the issues in the order of their lines, with a last one for those not kept."""
        told = (_unquoted(one) if one.line in self._sheltered else one for one in self._issues)
        ordered = sorted(told, key=lambda issue: issue.line)
        return ordered + [
            Issue(
                file=self.file,
                line=0,
                field=column,
                severity=severity,
                message=f"{counted(number - _MOST_ALIKE, 'more row')} like this: {kind}",
                who_can_fix=WhoCanFix.NOBODY,
            )
            for (column, severity, kind), number in self._alike.items()
            if number > _MOST_ALIKE
        ]

    def __iter__(self) -> Iterator[Issue]:
        return iter(self.all())

    def __len__(self) -> int:
        return self._alike.total()


def _unquoted(issue: Issue) -> Issue:
    """Take the cell out of an issue, and out of its words where they quote it."""
    if not issue.value:
        return issue
    parts = sorted({issue.value, issue.value.rstrip("…"), issue.value.strip()}, key=len)
    message = issue.message
    for part in reversed(parts):
        message = message.replace(part, "what stands there")
    return replace(issue, value="", message=message)
