"""Months and half-open periods of months."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from mapper.errors import InvalidValueError

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_MONTHS_A_YEAR = 12
_MONTHS_A_QUARTER = 3


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A calendar month.

    Parameters
    ----------
    year : such as 2025.
    number : 1 to 12.
    """

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a month written as ``2025-01``.

        Raises
        ------
        InvalidValueError
            When the text is anything else.
        """
        match = _MONTH.fullmatch(text.strip())
        if match is None:
            raise InvalidValueError(
                f"Month {text!r} cannot be read.",
                expected="A month is written as year and month, such as 2025-01.",
            )
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        """The month that holds a day."""
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.number, 1)

    def plus(self, months: int) -> "Month":
        """The month so many months later (earlier when negative)."""
        years, index = divmod(self.number - 1 + months, _MONTHS_A_YEAR)
        return Month(self.year + years, index + 1)

    @property
    def label(self) -> str:
        """The month in words, such as ``January 2025``."""
        return f"{self.first_day:%B %Y}"

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


@dataclass(frozen=True, slots=True)
class Period:
    """Months from `start` up to, and not including, `end`.

    Parameters
    ----------
    start : the first month in the period.
    end : the first month after the period.

    Raises
    ------
    InvalidValueError
        When the period holds no month.
    """

    start: Month
    end: Month

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise InvalidValueError(
                f"The period from {self.start} to {self.end} holds no month.",
                expected="The end is the first month after the period.",
                action="For January to September 2025 give 2025-01 and 2025-10.",
            )

    def __iter__(self) -> Iterator[Month]:
        month = self.start
        while month < self.end:
            yield month
            month = month.plus(1)

    def __len__(self) -> int:
        years = self.end.year - self.start.year
        return years * _MONTHS_A_YEAR + self.end.number - self.start.number

    def __contains__(self, month: Month) -> bool:
        return self.start <= month < self.end

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day in the period."""
        return self.start.first_day, self.end.first_day - timedelta(days=1)

    @property
    def quarter(self) -> str:
        """The calendar quarter that the period ends with, such as ``Q3 2025``; else empty."""
        last = self.end.plus(-1)
        number, rest = divmod(last.number, _MONTHS_A_QUARTER)
        has_whole_quarter = rest == 0 and len(self) >= _MONTHS_A_QUARTER
        return f"Q{number} {last.year}" if has_whole_quarter else ""

    @property
    def label(self) -> str:
        """The period in words, last month included, such as ``January 2025 to September 2025``."""
        last = self.end.plus(-1)
        return self.start.label if last == self.start else f"{self.start.label} to {last.label}"
