"""Entries that their contacts have taken out of the directory, and what is told in their place."""

import re
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from mapper.domain.verification import Answer
from mapper.store.models import OrganisationRow, VerificationRequestRow
from mapper.store.organisation_rows import BETWEEN
from mapper.store.survivors import standing_id

NOT_NAMED: Final = "an organisation that is not named"
"""What stands where an organisation was named that has been taken out."""

NO_PAGE: Final = 0
"""The number of an organisation that is not named: it has no page to lead to."""


_TYPED: Final = ("title", "description", "address")


def is_taken_out() -> ColumnElement[bool]:
    """Tell of an organisation whether its contact took its entry out, as an SQL expression.

    One that an analyst has put back since is not taken out any longer.
    """
    asked, standing = aliased(OrganisationRow), aliased(OrganisationRow)
    request = VerificationRequestRow
    ids = (
        select(standing.id)
        .join(asked, standing_id(asked) == standing.id)
        .join(request, request.organisation_id == asked.id)
        .where(request.answer == Answer.WITHDREW_ENTRY, standing.is_active.is_(False))
    )
    return standing_id().in_(ids)


def taken_out(session: Session) -> dict[int, frozenset[str]]:
    """Map each organisation that was taken out to every name it and those merged into it have."""
    columns = (standing_id(), OrganisationRow.name, OrganisationRow.also_known_as)
    found: dict[int, frozenset[str]] = {}
    for number, name, others in session.execute(select(*columns).where(is_taken_out())):
        known = {name, *others.split(BETWEEN)} - {""}
        found[number] = found.get(number, frozenset()) | known
    return found


def unnamed_activities(frame: pd.DataFrame, gone: Mapping[int, frozenset[str]]) -> pd.DataFrame:
    """Leave out of activities the names of organisations that were taken out.

    Parameters
    ----------
    frame : as `mapper.store.listings.activity_rows`.
    gone : number to names of those who were taken out.

    Returns
    -------
    The same rows with `is_unnamed`: whether a name was left out, in words that were typed
    too.
    """
    touched = ("lead_id", "lead", "partner_links", "partners", *_TYPED)
    columns: dict[str, list[Any]] = {name: frame[name].tolist() for name in touched}
    is_unnamed = [False] * len(frame)
    for at in range(len(frame) if gone else 0):
        numbers = {columns["lead_id"][at], *(number for number, _ in columns["partner_links"][at])}
        here = gone.keys() & numbers
        if here:
            is_unnamed[at] = True
            _leave_out(columns, at, {number: gone[number] for number in here})
    if any(is_unnamed):
        for name in touched:
            frame[name] = pd.Series(columns[name], frame.index, dtype=frame[name].dtype)
    frame["is_unnamed"] = is_unnamed
    return frame


def _leave_out(
    columns: Mapping[str, list[Any]], at: int, gone: Mapping[int, frozenset[str]]
) -> None:
    names = frozenset[str]().union(*gone.values())
    for name in _TYPED:
        columns[name][at] = without_names(columns[name][at], names)
    if columns["lead_id"][at] in gone:
        columns["lead_id"][at], columns["lead"][at] = NO_PAGE, NOT_NAMED
    partners = columns["partner_links"][at]
    told = [pair for pair in partners if pair[0] not in gone]
    unnamed = [(NO_PAGE, NOT_NAMED)] if len(told) < len(partners) else []
    columns["partner_links"][at] = (*told, *unnamed)
    columns["partners"][at] = "; ".join(name for _, name in (*told, *unnamed))


def without_names(text: str, names: frozenset[str]) -> str:
    """Put other words where a text names somebody; case and spaces do not matter.

    Parameters
    ----------
    text : as it was given.
    names : to leave out, as whole words.
    """
    longest_first = sorted(names, key=len, reverse=True)
    spelt = (r"\s+".join(map(re.escape, name.split())) for name in longest_first)
    pattern = rf"(?<!\w)(?:{'|'.join(spelt)})(?!\w)"
    return re.sub(pattern, NOT_NAMED, text, flags=re.IGNORECASE) if names else text
