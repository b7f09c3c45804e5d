"""People who sign in."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from mapper.domain.role import Role
from mapper.store.models import UserRow


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person with an account.

    Parameters
    ----------
    id : of the account; 0 until stored.
    email : in lower case; signs in with it.
    name, organisation_name : as shown.
    role : what they may do follows from it.
    password_hash : never shown.
    is_active : whether they may sign in.
    """

    email: str
    name: str
    organisation_name: str
    role: Role
    password_hash: str
    is_active: bool = True
    id: int = 0


def save_user(session: Session, user: User) -> int:
    """Add an account, or replace the one with the same e-mail address; return its id."""
    row = session.scalars(_by_email(user.email)).first() or UserRow(email=user.email.lower())
    row.name = user.name
    row.organisation_name = user.organisation_name
    row.role = user.role
    row.password_hash = user.password_hash
    row.is_active = user.is_active
    session.add(row)
    session.flush()
    return row.id


def find_user(session: Session, email: str) -> User | None:
    """Find an account by e-mail address, case and spaces forgiven."""
    row = session.scalars(_by_email(email)).first()
    return None if row is None else _user(row)


def get_user(session: Session, user_id: int) -> User | None:
    """Find an account by id."""
    row = session.get(UserRow, user_id)
    return None if row is None else _user(row)


def list_users(session: Session) -> list[User]:
    """List every account by e-mail address."""
    return [_user(row) for row in session.scalars(select(UserRow).order_by(UserRow.email))]


def _by_email(email: str) -> Select[UserRow]:
    return select(UserRow).where(UserRow.email == func.lower(email.strip()))


def _user(row: UserRow) -> User:
    return User(
        id=row.id,
        email=row.email,
        name=row.name,
        organisation_name=row.organisation_name,
        role=Role(row.role),
        password_hash=row.password_hash,
        is_active=row.is_active,
    )
