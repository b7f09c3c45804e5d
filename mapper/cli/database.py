"""Commands that create the database and its accounts."""

import click

from mapper.cli.opening import connected, opened, say
from mapper.config import settings
from mapper.domain.role import Role
from mapper.errors import InvalidValueError
from mapper.ingest.reference import load_reference
from mapper.store.schema import upgrade
from mapper.store.users import User, list_users, save_user
from mapper.web.people import hash_password

_SHORTEST_PASSWORD = 12


@click.command()
def init() -> None:
    """Create or upgrade the database, with the shipped areas and residents."""
    with connected(settings().database_url) as store:
        upgrade(store)
        is_new = load_reference(store, settings().data_dir, say)
    loaded = "the shipped areas and residents are loaded" if is_new else "nothing had to be done"
    click.echo(f"The database is ready; {loaded}.")


@click.group()
def users() -> None:
    """Accounts of people who sign in."""


@users.command("list")
def list_accounts() -> None:
    """List the accounts."""
    with opened() as store, store.reading() as session:
        for user in list_users(session):
            state = "" if user.is_active else " (switched off)"
            click.echo(f"{user.email}  {user.role.value}  {user.organisation_name}{state}")


@users.command("add")
@click.argument("email")
@click.option("--name", required=True, help="Of the person.")
@click.option("--organisation", required=True, help="The person's organisation.")
@click.option(
    "--role",
    type=click.Choice([Role.PARTNER.value, Role.ANALYST.value]),
    default=Role.PARTNER.value,
)
@click.password_option(help="Asked for when not given; at least 12 characters.")
def add_account(  # noqa: PLR0917  (one parameter an option, as click hands them over)
    email: str, name: str, organisation: str, role: str, password: str
) -> None:
    """Add an account, or replace the one with the same e-mail address."""
    if len(password) < _SHORTEST_PASSWORD:
        raise InvalidValueError(
            f"The password has {len(password)} characters.",
            expected=f"At least {_SHORTEST_PASSWORD}.",
        )
    if "@" not in email:
        raise InvalidValueError(f"{email!r} is not an e-mail address.")
    user = User(
        email=email.strip().lower(),
        name=name,
        organisation_name=organisation,
        role=Role(role),
        password_hash=hash_password(password),
    )
    with opened() as store, store.writing() as session:
        save_user(session, user)
    click.echo(f"{user.email} may sign in as {user.role.value}.")
