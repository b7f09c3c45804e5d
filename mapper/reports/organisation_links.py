"""Who and what an organisation is tied to: people, partners, grants."""

import pandas as pd
from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience
from mapper.errors import NotReadyError
from mapper.reports.network_people import seen_organisations
from mapper.reports.people import consent_words, contact_of
from mapper.reports.provenance import register_provenance
from mapper.reports.published import Cell, Column, PublishedTable
from mapper.reports.shown_run import run_for
from mapper.reports.wording import date_cell, naming_cell, number_cell, stated_cell, text_cell
from mapper.store.grants import grants
from mapper.store.listings import contact_rows
from mapper.store.run_networks import run_links
from mapper.store.survivors import survivors

_PEOPLE = (
    Column("name", "Person"),
    Column("role", "Role"),
    Column("email", "E-mail"),
    Column("phone", "Telephone"),
    Column("practice_note", "Ask about", "What the person agreed to be asked about."),
    Column("consent", "Agreed", "When and how the person agreed to be shown, and to whom."),
)
_TIES = (
    Column("name", "Works with"),
    Column("joint_activities", "Joint activities", "In the period of the run.", is_number=True),
)
_TIE = ["first_id", "second_id", "weight"]
_GRANTS = (
    Column("awarded_on", "Awarded"),
    Column("funder", "From"),
    Column("recipient", "To"),
    Column("title", "For"),
    Column("amount", "Amount", "As awarded, in the currency named.", is_number=True),
)


def contacts_of(session: Session, organisation_id: int, audience: Audience) -> PublishedTable:
    """Publish the people whose consent covers the audience; nobody else is in the table.

    Parameters
    ----------
    organisation_id : of one that is not merged into another.
    audience : who is looking.
    """
    rows = contact_rows(session)
    people = map(contact_of, rows[rows["organisation_id"] == organisation_id].to_dict("records"))
    return PublishedTable(
        audience=audience,
        title="People to contact",
        columns=_PEOPLE,
        rows=tuple(
            (
                text_cell(one.name),
                *map(stated_cell, (one.role, one.email, one.phone)),
                stated_cell(one.practice_note if one.shares_practice else ""),
                stated_cell(consent_words(one.consent)),
            )
            for one in people
            if one.may_be_shown_to(audience)
        ),
        provenance=register_provenance(session, ("organisations",)),
    )


def ties_of(session: Session, organisation_id: int, audience: Audience) -> PublishedTable:
    """Publish whom an organisation works with in the latest run, the most first.

    Parameters
    ----------
    organisation_id : of one that is not merged into another.
    audience : who is looking.
    """
    partners = _partners(session, organisation_id, audience)
    names = seen_organisations(session, [number for number, _ in partners], audience)["name"]
    rows = [
        (naming_cell(number, names[number]), number_cell(weight))
        for number, weight in partners
        if number in names.index
    ]
    provenance = register_provenance(session, ("activities",))
    return PublishedTable(audience, "Whom it works with", _TIES, tuple(rows), provenance)


def _partners(
    session: Session, organisation_id: int, audience: Audience
) -> list[tuple[int, float]]:
    """Sum the ties of an organisation by whoever stands for the other side now."""
    try:
        links = run_links(session, run_for(session, audience).id)
    except NotReadyError:
        return []
    into = survivors(session)
    weights: dict[int, float] = {}
    for first, second, weight in links[_TIE].itertuples(index=False, name=None):
        ends = [into.get(first, first), into.get(second, second)]
        if organisation_id in ends and ends[0] != ends[1]:
            other = ends[ends[0] == organisation_id]
            weights[other] = weights.get(other, 0) + weight
    return sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))


def grants_of(
    session: Session, organisation_id: int, audience: Audience, *, is_told: bool
) -> PublishedTable:
    """Publish the grants that an organisation was given, or gave, the latest first.

    Parameters
    ----------
    organisation_id : of one that is not merged into another.
    audience : who is looking.
    is_told : whether titles, which may say where it is, are told.
    """
    frame = grants(session)
    is_funder = (frame["funder_id"] == organisation_id).fillna(value=False).astype(bool)
    is_own = (frame["recipient_id"] == organisation_id) | is_funder
    records = frame[is_own].to_dict("records")
    return PublishedTable(
        audience=audience,
        title="Grants",
        columns=_GRANTS,
        rows=tuple(
            (
                date_cell(None if pd.isna(row["awarded_on"]) else row["awarded_on"]),
                _funder(row["funder_id"], row["funder"]),
                naming_cell(int(row["recipient_id"]), row["recipient"]),
                stated_cell(row["title"] if is_told else ""),
                _amount(row["amount"], row["currency"]),
            )
            for row in records
        ),
        provenance=register_provenance(session, ("organisations",)),
    )


def _funder(number: int | None, name: str) -> Cell:
    return text_cell(name) if pd.isna(number) else naming_cell(int(number or 0), name)


def _amount(amount: float | None, currency: str) -> Cell:
    if pd.isna(amount):
        return Cell(None, "not published")
    value = float(amount or 0)
    return Cell(value, f"£{value:,.0f}" if currency == "GBP" else f"{value:,.0f} {currency}")
