"""Which organisations are a person's own, and which go by a name."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mapper.store.models import OrganisationRow
from mapper.store.organisation_rows import name_key
from mapper.store.survivors import standing_id
from mapper.store.users import User


def organisations_of(session: Session, person: User) -> set[int]:
    """Whoever stands for the organisations of the name that a person's account has.

    Parameters
    ----------
    person : with an account.
    """
    return organisations_named(session, person.organisation_name)


def organisations_named(session: Session, name: str) -> set[int]:
    """Whoever stands for the organisations that go by a name, case and spaces forgiven.

    Parameters
    ----------
    name : as typed; nobody goes by an empty one.
    """
    key = name_key(name)
    if not key:
        return set()
    query = select(standing_id()).where(OrganisationRow.name_key == key)
    return set(session.scalars(query))
