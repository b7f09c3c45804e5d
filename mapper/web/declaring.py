"""Links that organisations declare: written down, confirmed, and ended."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mapper.domain.role import Permission, Role
from mapper.domain.tie import DeclaredLink
from mapper.errors import InvalidValueError, NotAllowedError
from mapper.reports.declared_links import declared_links_of
from mapper.store.declared_links import (
    confirm_declared_link,
    end_declared_link,
    kept_link,
    kept_links,
    save_declared_link,
)
from mapper.store.own_organisations import organisations_named, organisations_of
from mapper.web.already_here import likely_organisations
from mapper.web.forms.declaring import DeclareForm
from mapper.web.forms.fields import LineField
from mapper.web.forms.layout import error_list, legend
from mapper.web.organisations import organisation_names
from mapper.web.people import current_audience, current_person, current_role, name_of_person
from mapper.web.permissions import requires
from mapper.web.session import reading, writing

blueprint = Blueprint("declaring", __name__, url_prefix="/network/declared")


@dataclass(frozen=True, slots=True)
class _Speaker:
    """For whom somebody may speak.

    Parameters
    ----------
    name : of their organisation; empty for who may speak for any.
    own : ids that it has in the directory; None for all.
    """

    name: str
    own: frozenset[int] | None


@blueprint.get("")
@requires(Permission.LINK_DECLARE)
def index() -> str:
    """The links that are written down already, and the form for another."""
    return _page(DeclareForm())


@blueprint.post("")
@requires(Permission.LINK_DECLARE)
def declare() -> ResponseReturnValue:
    """Write a link down."""
    form = DeclareForm()
    link = _link(form) if form.validate() else None
    if link is None:
        return _page(form)
    with writing() as session:
        save_declared_link(session, link, name_of_person())
    return _done("The link is written down. It is in the network from the next analysis on.")


@blueprint.post("/<int:link_id>/confirm")
@requires(Permission.LINK_DECLARE)
def confirm(link_id: int) -> ResponseReturnValue:
    """Keep that the other side confirmed a link."""
    speaker, kept = _speaker(), kept_link(reading(), link_id)
    is_from = kept.link.declared_by_id == kept.link.from_id
    _require(speaker, kept.ends[1] if is_from else kept.ends[0])
    with writing() as session:
        confirm_declared_link(session, link_id, _today(), name_of_person())
    return _done("The link is marked as confirmed.")


@blueprint.post("/<int:link_id>/end")
@requires(Permission.LINK_DECLARE)
def end(link_id: int) -> ResponseReturnValue:
    """Have a link end today."""
    _require(_speaker(), *kept_link(reading(), link_id).ends)
    with writing() as session:
        end_declared_link(session, link_id, _today(), name_of_person())
    return _done("The link has ended today. It stays in the network of the days before.")


def _today() -> date:
    return datetime.now(UTC).date()


def _speaker() -> _Speaker:
    """An analyst speaks for any organisation, everybody else for that of their account."""
    person = current_person()
    if person is None or current_role() is Role.ANALYST:
        return _Speaker("", None)
    return _Speaker(person.organisation_name, frozenset(organisations_of(reading(), person)))


def _require(speaker: _Speaker, *sides: int) -> None:
    if speaker.own is not None and not speaker.own & set(sides):
        raise NotAllowedError(
            "The link is of other organisations.",
            expected="A link of the organisation that your account is of.",
        )


def _link(form: DeclareForm) -> DeclaredLink | None:
    """Build the link; None where an organisation cannot be told, or it is there already."""
    speaker = _speaker()
    says_id = _named(form.says) if speaker.own is None else min(speaker.own, default=0)
    other_id = _named(form.other)
    if not says_id or not other_id:
        return None
    try:
        link = form.link(says_id, other_id)
    except InvalidValueError:
        form.other.errors = ["The other organisation must be another than the one that says so"]
        return None
    held = [each for each in kept_links(reading(), [says_id]) if each.link.ended_on is None]
    if any(each.link.layer is link.layer and _ends(link) == each.ends for each in held):
        form.other.errors = ["That link is written down already: it is in the list"]
        return None
    return link


def _ends(link: DeclaredLink) -> tuple[int, int]:
    return link.from_id, link.to_id


def _named(field: LineField) -> int:
    """The organisation that a box names; 0 with the fault at the box where it names no one."""
    typed = field.data or ""
    seen = typed.casefold() in {name.casefold() for name in organisation_names()}
    found = organisations_named(reading(), typed) if seen else set()
    if len(found) == 1:
        return found.pop()
    if not typed:
        field.errors = ["Enter the name of the organisation that says so"]
    elif found:
        field.errors = [f"More than one organisation is called “{typed}”. Ask an analyst"]
    else:
        like = [name for name in likely_organisations(typed) if name in organisation_names()]
        meant = f" Is it {' or '.join(f'“{name}”' for name in like)}?" if like else ""
        field.errors = [f"No organisation in the directory is called “{typed}”.{meant}"]
    return 0


def _done(words: str) -> ResponseReturnValue:
    flash(words, "link")
    return redirect(url_for("declaring.index"))


def _page(form: DeclareForm) -> str:
    speaker = _speaker()
    return render_template(
        "network_declared.html",
        form=form,
        errors=error_list(form),
        legend=legend,
        speaker=speaker,
        names=organisation_names(),
        links=declared_links_of(reading(), current_audience(), speaker.own),
    )
