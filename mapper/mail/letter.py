"""What the letter to a contact says."""

from collections.abc import Sequence
from datetime import date, datetime
from textwrap import fill

from mapper.domain.verification import DueEntry
from mapper.mail.sender import Letter

_WIDTH = 72
_FROM = (
    "This letter was sent by mapper for the Violence Reduction Unit. To speak to somebody, reply "
    "to it."
)


def entry_letter(entry: DueEntry, link: str, expires_at: datetime) -> Letter:
    """Write the letter that asks whether an entry is still right.

    Parameters
    ----------
    entry : with whom to ask.
    link : to the entry.
    expires_at : when the link ends, UTC.
    """
    paragraphs = (
        _greeting(entry),
        f"The Violence Reduction Partnership of Hampshire, Isle of Wight, Portsmouth and "
        f"Southampton keeps a directory of organisations that help to prevent violence. "
        f"{entry.name} is in it, with you as its contact. It was last confirmed, or recorded, on "
        f"{_day(entry.confirmed_on)}.",
        "Please look at the entry, and say whether it is still right, change it, or take it "
        "out. You need no account:",
        link,
        f"The link is yours alone and works until {_day(expires_at.date())}. Opening it changes "
        "nothing until you press a button.",
        "An entry that nobody confirms is marked as not confirmed after 12 months. After 15 months "
        "it is not shown to the public and not counted. Taking your name or the entry out is as "
        "easy as leaving it in.",
        "We hold your name and address to keep the directory right, as a public task of the "
        "partnership. They are shown only to those to whom you agree, and that page says who "
        "they are.",
        _FROM,
    )
    subject = f"Is the entry of {entry.name} in our directory still right?"
    return Letter(to=entry.email, subject=subject, text=_text(paragraphs, link))


def new_link_letter(entry: DueEntry, link: str, expires_at: datetime) -> Letter:
    """Write the letter with a new link, for whoever had one that opens nothing any longer.

    Parameters
    ----------
    entry : with whom to send it to.
    link : to the entry.
    expires_at : when the link ends, UTC.
    """
    paragraphs = (
        _greeting(entry),
        f"Somebody who had an earlier link to the entry of {entry.name}, in the directory of the "
        "Violence Reduction Partnership of Hampshire, Isle of Wight, Portsmouth and Southampton, "
        "asked for a new one. Here it is:",
        link,
        f"The link is yours alone and works until {_day(expires_at.date())}. There you can say "
        "that the entry is still right, change it, or take your name or the entry out. Opening "
        "it changes nothing until you press a button.",
        "If you did not ask for it, you need not do anything: it was sent to you and to nobody "
        "else.",
        _FROM,
    )
    subject = f"A new link to the entry of {entry.name} in our directory"
    return Letter(to=entry.email, subject=subject, text=_text(paragraphs, link))


def _greeting(entry: DueEntry) -> str:
    return f"Dear {entry.contact}," if entry.contact else "Hello,"


def _text(paragraphs: Sequence[str], link: str) -> str:
    """Break the paragraphs into lines; a broken link would open nothing."""
    lines = (
        each if each == link else fill(each, _WIDTH, break_long_words=False) for each in paragraphs
    )
    return "\n\n".join(lines) + "\n"


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
