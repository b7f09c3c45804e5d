"""What the link in a letter leads to, and setting the entry as its contact answered."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from flask import current_app
from sqlalchemy.orm import Session

from mapper.domain.disclosure import Visibility
from mapper.domain.located import Located
from mapper.domain.organisation import Organisation
from mapper.domain.place import Location, Place
from mapper.domain.postcode import PostcodeFault
from mapper.domain.verification import Answer, LawfulBasis, VerificationRequest
from mapper.errors import ChangedMeanwhileError, MapperError, NotFoundError
from mapper.mail.link import read_token
from mapper.reports.asked_entry import TEXTS, PublishedEntry, published_entry
from mapper.store.asked_entries import AskedEntry, asked_entry
from mapper.store.verifications import add_answer, find_request
from mapper.web.forms.entry_answer import EntryAnswerForm
from mapper.web.session import reading, writing
from mapper.web.site import the_site

NOTHING_SEEN: Final = "nothing"
"""The state of no entry."""


class LinkError(MapperError):
    """A link that leads to no entry, or not any longer.

    Parameters
    ----------
    has_been : whether it once did.
    """

    def __init__(self, *, has_been: bool) -> None:
        self.has_been = has_been
        super().__init__("The link leads to no entry.", expected="The link of the latest letter.")


class SeenTooLongAgoError(MapperError):
    """An answer about an entry that has been changed since it was looked at."""

    def __init__(self) -> None:
        super().__init__("The entry has been changed.", expected="It is as it was looked at.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a link leads to."""

    request: VerificationRequest
    entry: AskedEntry
    shown: PublishedEntry


def asked_by(token: str, session: Session | None = None) -> Asked:
    """Find what a link leads to.

    Parameters
    ----------
    token : as it stands in the link.
    session : to read in; the request's when None.

    Raises
    ------
    LinkError
        When it leads to no entry: not signed here, too old, answered, or ended by a newer one.
    """
    session = session or reading()
    request = _open_request(session, token)
    entry = asked_entry(session, request)
    if entry is None:
        raise LinkError(has_been=True)
    try:
        shown = published_entry(session, entry, is_public=the_site().settings.is_public_view_open)
    except NotFoundError as error:
        raise LinkError(has_been=True) from error
    return Asked(request, entry, shown)


def answer(
    token: str,
    given: tuple[Answer, LawfulBasis],
    act: Callable[[Session, AskedEntry], None],
    seen: str = "",
) -> None:
    """Keep an answer and do what it says, both or neither.

    Parameters
    ----------
    token : as it stands in the link.
    given : the answer, and the basis on which what was answered is held and shown.
    act : does what it says.
    seen : the state of the entry that was looked at, `NOTHING_SEEN` for none; empty where it does
        not matter.

    Raises
    ------
    LinkError
        When the link leads to no entry any longer.
    SeenTooLongAgoError
        When the entry is not as it was looked at.
    """
    with writing() as session:
        asked = asked_by(token, session)
        if seen and seen != asked.shown.state:
            raise SeenTooLongAgoError
        try:
            add_answer(session, asked.request.id, *given)
        except ChangedMeanwhileError as error:
            raise LinkError(has_been=True) from error
        act(session, asked.entry)


def basis_of(*, is_shown: bool) -> LawfulBasis:
    """The basis on which a contact is held, and shown to others where they agreed to it.

    Parameters
    ----------
    is_shown : whether the person agreed to be shown to anybody.
    """
    return LawfulBasis.CONSENT if is_shown else LawfulBasis.PUBLIC_TASK


def corrected_entry(form: EntryAnswerForm, asked: Asked) -> Located[Organisation] | None:
    """Build the entry that the form describes; what was not changed is left to its sources.

    Parameters
    ----------
    form : without faults.
    asked : the entry as it stands.

    Returns
    -------
    None where its postcode cannot be found; the fault stands at its field.
    """
    own, typed = asked.entry.own, form.values
    values = asked.shown.values
    changed = {name for name, text in values.items() if typed.get(name, text) != text}
    said: dict[str, Any] = {name: typed[name] for name in TEXTS if name in changed}
    if "visibility" in changed:
        said["visibility"] = Visibility(typed["visibility"])
    place = own.place
    if changed & {"postcode", "address"}:
        found = _site(form, own, is_moved="postcode" in changed)
        if found is None:
            return None
        said["location"], place = found
    return replace(own, record=replace(own.record, **said), place=place)


def _open_request(session: Session, token: str) -> VerificationRequest:
    key = current_app.secret_key
    found = read_token(str(key), token, the_site().settings.link_days) if key else None
    request = find_request(session, *found) if found else None
    if request is None:
        raise LinkError(has_been=False)
    if request.answered_at is not None or request.expires_at <= datetime.now(UTC):
        raise LinkError(has_been=True)
    return request


def _site(
    form: EntryAnswerForm, own: Located[Organisation], *, is_moved: bool
) -> tuple[Location, Place | None] | None:
    """Find the site by its postcode; one that has not moved stays where it was found."""
    text, address = form.postcode.data or "", form.address.data or ""
    if not is_moved and (own.place is not None or not text):
        return replace(own.record.location, address=address), own.place
    if not text:
        form.postcode.errors = ["Enter the postcode. If there is no site any longer, write to us"]
        return None
    found = the_site().postcodes.find(text)
    if found.fault is PostcodeFault.MALFORMED:
        form.postcode.errors = [f"“{text}” is not a postcode. Enter one such as PO1 3AX"]
        return None
    if found.fault is PostcodeFault.UNKNOWN:
        form.postcode.errors = [
            f"{found.postcode} is not a postcode in Hampshire, Isle of Wight, Portsmouth or "
            "Southampton that we know. Check it, or write to us"
        ]
        return None
    return Location(address=address, postcode=found.postcode or text), found.place
