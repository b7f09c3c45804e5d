"""People who agreed to be asked about practice."""

from sqlalchemy.orm import Session

from mapper.domain.contact import Contact
from mapper.domain.disclosure import Audience, Visibility
from mapper.reports.people import consent_words, contact_of
from mapper.reports.places import read_grounds
from mapper.reports.provenance import register_provenance
from mapper.reports.published import Cell, Column, PublishedTable
from mapper.reports.wording import naming_cell, stated_cell
from mapper.store.listings import contact_rows

_COLUMNS = (
    Column("name", "Person"),
    Column("role", "Role"),
    Column("organisation", "Organisation"),
    Column("lad_name", "Local authority"),
    Column("practice_note", "Ask about"),
    Column("themes", "Themes"),
    Column("email", "E-mail"),
    Column("phone", "Telephone"),
    Column("consent", "Agreed", "When and how the person agreed to be shown, and to whom."),
)


def practice_contacts(session: Session, audience: Audience) -> PublishedTable:
    """Publish the people who share practice and whose consent covers the audience.

    A person whose recorded consent does not cover the audience is not in the table at all.
    """
    rows = contact_rows(session)
    grounds = read_grounds(session)
    shown = []
    for record in rows[rows["shares_practice"].astype(bool)].to_dict("records"):
        contact = contact_of(record)
        if contact.may_be_shown_to(audience):
            is_hidden = record["visibility"] == Visibility.HIDDEN
            authority = "" if is_hidden else grounds.lad_name(record["lad_code"])
            organisation = naming_cell(int(record["organisation_id"]), record["organisation"])
            shown.append(_cells(contact, organisation, authority, record["themes"]))
    return PublishedTable(
        audience=audience,
        title="People who may be asked about practice",
        columns=_COLUMNS,
        rows=tuple(shown),
        provenance=register_provenance(session, ("organisations",)),
    )


def _cells(contact: Contact, organisation: Cell, authority: str, themes: str) -> tuple[Cell, ...]:
    return (
        stated_cell(contact.name),
        stated_cell(contact.role),
        organisation,
        *map(stated_cell, (authority, contact.practice_note, themes, contact.email, contact.phone)),
        stated_cell(consent_words(contact.consent)),
    )
