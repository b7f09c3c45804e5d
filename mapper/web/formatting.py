"""How dates, numbers and plurals are written on pages."""

from datetime import date, datetime

from flask import Flask

from mapper.reports.wording import date_words, plural


def day(value: date | None) -> str:
    """Write a date as ``3 March 2025``; empty for None."""
    return "" if value is None else date_words(value)


def moment(value: datetime | None) -> str:
    """Write a moment as ``3 March 2025 at 14:05``; empty for None."""
    return "" if value is None else f"{day(value)} at {value:%H:%M}"


def sentence(text: str) -> str:
    """Begin with a capital, and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def add_formatting(app: Flask) -> None:
    """Give templates these functions as filters.

    Parameters
    ----------
    app : the site.
    """
    app.jinja_env.filters.update(day=day, moment=moment, counted=plural, sentence=sentence)
