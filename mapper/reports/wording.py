"""How published values read: numbers, dates and what is not known or not shown."""

from datetime import date, datetime
from typing import Any

from mapper.domain.disclosure import THRESHOLD, Audience, Sensitivity, is_withheld, rounded
from mapper.domain.period import Month
from mapper.domain.violence import RecordingSource
from mapper.reports.published import Cell

NOT_KNOWN = "not known"
FEWER = f"fewer than {THRESHOLD}"
WITHHELD = "not shown"
NO_ACTIVITY = "no activity registered"


def text_cell(value: Any) -> Cell:  # noqa: ANN401  (a stored value of any plain kind)
    """A cell of words; missing or empty reads as not known."""
    text = "" if value is None else str(value)
    return Cell(text or None, text or NOT_KNOWN)


def stated_cell(text: str, otherwise: str = "not stated") -> Cell:
    """A cell of words that a source may leave out; `otherwise` is read where it does."""
    return Cell(text, text) if text else Cell(None, otherwise)


def naming_cell(organisation_id: int, name: str) -> Cell:
    """A cell that names an organisation and leads to its page; without a number, to none."""
    if not organisation_id:
        return text_cell(name)
    return Cell(name, name, organisations=((organisation_id, name),))


def number_cell(value: Any, decimals: int = 0) -> Cell:  # noqa: ANN401
    """A cell of a number, with thousands separators in its text."""
    if value is None:
        return Cell(None, NOT_KNOWN)
    number = round(float(value), decimals) + 0.0  # nothing has no sign: -0.0 becomes 0.0
    return Cell(int(number) if decimals == 0 else number, f"{number:,.{decimals}f}")


def exact_cell(value: Any, decimals: int, otherwise: str = NOT_KNOWN) -> Cell:  # noqa: ANN401
    """A cell of a number that machines read in full and people rounded."""
    if value is None:
        return Cell(None, otherwise)
    return Cell(value, f"{value:,.{decimals}f}")


def count_cell(value: Any, sensitivity: Sensitivity, audience: Audience) -> Cell:  # noqa: ANN401
    """A cell of a count under disclosure control: withheld, rounded or as it is."""
    if value is None:
        return Cell(None, NOT_KNOWN)
    if is_withheld(float(value), sensitivity, audience):
        return Cell(None, FEWER, is_withheld=True)
    return number_cell(rounded(float(value), sensitivity, audience))


def withheld_cell() -> Cell:
    """A cell of a figure that could tell a withheld count."""
    return Cell(None, WITHHELD, is_withheld=True)


def date_cell(day: date | None) -> Cell:
    """A cell of a date: ISO for machines, in words for people."""
    return Cell(None, NOT_KNOWN) if day is None else Cell(day.isoformat(), date_words(day))


def month_cell(month: str | None) -> Cell:
    """A cell of a month; missing reads as nothing registered."""
    return Cell(None, NO_ACTIVITY) if month is None else Cell(month, Month.parse(month).label)


def violence_words(recorder: RecordingSource) -> str:
    """What is counted, by who recorded it, such as ``recorded violent offences``."""
    if recorder is RecordingSource.POLICE:
        return "recorded violent offences"
    return f"incidents of violence ({recorder})"


def date_words(day: date) -> str:
    """A date in words, such as ``3 March 2025``."""
    return f"{day.day} {day:%B %Y}"


def moment_words(moment: datetime) -> str:
    """A moment in words, such as ``3 March 2025 at 14:05``."""
    return f"{date_words(moment)} at {moment:%H:%M}"


def listed(words: list[str]) -> str:
    """Words as a sentence lists them: ``a, b and c``."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""
