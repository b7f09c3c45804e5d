"""Who is asking: accounts, their passwords, and the audience each belongs to."""

import hashlib

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_login import UserMixin, current_user

from mapper.domain.disclosure import Audience
from mapper.domain.role import Permission, Role, may
from mapper.store.users import User, find_user, get_user
from mapper.web.session import reading
from mapper.web.site import the_site

_HASHER = PasswordHasher()
# Checked when nobody has the address given, so that the answer takes as long as a wrong password.
_NOBODYS_HASH = _HASHER.hash("nobody has this password")


class Account(UserMixin):  # type: ignore[misc]  # Flask-Login is not typed
    """A person who has signed in, as Flask-Login knows them.

    Parameters
    ----------
    user : as stored.
    """

    def __init__(self, user: User) -> None:
        self.user = user

    @property
    def is_active(self) -> bool:
        """Whether the account may be used."""
        return self.user.is_active

    def get_id(self) -> str:
        """The account's id and a mark of its password: a new password ends every session."""
        mark = hashlib.sha256(self.user.password_hash.encode()).hexdigest()[:16]
        return f"{self.user.id}:{mark}"


def hash_password(password: str) -> str:
    """Hash a password with Argon2id, to be kept instead of it."""
    return _HASHER.hash(password)


def load_account(account_id: str) -> Account | None:
    """The account that a session names; None when it is gone, closed or has a new password."""
    number, _, _ = account_id.partition(":")
    user = get_user(reading(), int(number)) if number.isdecimal() else None
    if user is None or not user.is_active:
        return None
    account = Account(user)
    return account if account.get_id() == account_id else None


def authenticate(email: str, password: str) -> Account | None:
    """Find the account that an e-mail address and password open, None when they open none.

    Whether the address or the password is wrong shows neither in the answer nor in its time.

    Parameters
    ----------
    email, password : as typed.
    """
    user = find_user(reading(), email)
    is_right = _is_password(password, user.password_hash if user else _NOBODYS_HASH)
    return Account(user) if user is not None and user.is_active and is_right else None


def _is_password(password: str, password_hash: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def current_person() -> User | None:
    """The person who has signed in, None for a visitor."""
    account: Account = current_user
    return account.user if account.is_authenticated else None


def name_of_person() -> str:
    """The e-mail address of the person who has signed in, to be kept with what they decide."""
    person = current_person()
    return person.email if person else ""


def current_role() -> Role:
    """The role of whoever is asking."""
    person = current_person()
    return Role.VISITOR if person is None else person.role


def current_audience() -> Audience:
    """The audience that whoever is asking belongs to."""
    return current_role().audience


def is_allowed(permission: Permission) -> bool:
    """Tell whether whoever is asking holds a permission.

    Parameters
    ----------
    permission : what is asked for.
    """
    is_open = the_site().settings.is_public_view_open
    return may(current_role(), permission, is_public_view_open=is_open)
