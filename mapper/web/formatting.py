"""How dates, numbers and plurals are written on pages."""

from datetime import date, datetime

from flask import Flask
from markupsafe import Markup, escape

from mapper.domain.counted import counted
from mapper.reports.wording import date_words, moment_words

_CODE = Markup("<code>{}</code>")


def day(value: date | None) -> str:
    """Write a date as ``3 March 2025``; empty for None."""
    return "" if value is None else date_words(value)


def moment(value: datetime | None) -> str:
    """Write a moment as ``3 March 2025 at 14:05``; empty for None."""
    return "" if value is None else moment_words(value)


def sentence(text: str) -> str:
    """Begin with a capital, and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def coded(text: str) -> Markup:
    """Mark up what stands between backticks as something to type."""
    parts = text.split("`")
    shown = [escape(part) if i % 2 == 0 else _CODE.format(part) for i, part in enumerate(parts)]
    return Markup("").join(shown)


def add_formatting(app: Flask) -> None:
    """Give templates these functions as filters.

    Parameters
    ----------
    app : the site.
    """
    app.jinja_env.filters.update(
        day=day, moment=moment, counted=counted, sentence=sentence, coded=coded
    )
