"""The command that shows mapper with invented data."""

import secrets

import click

from mapper.cli.opening import connected, progress, say
from mapper.cli.serving import DEMO_DOMAIN, PORTS, require_free, serve_site
from mapper.config import ROOT, Settings, settings
from mapper.errors import SettingError
from mapper.ingest.demo import DEMO_ACCOUNTS, demo_files
from mapper.ingest.options import Services
from mapper.ingest.outcome.report import FileStatus
from mapper.ingest.reference import load_reference
from mapper.ingest.run import ingest
from mapper.store.runs import latest_run_id
from mapper.store.schema import upgrade
from mapper.store.session import Store
from mapper.store.users import User, find_user, list_users, save_user
from mapper.web.people import hash_password

_PERIOD = {"start": "2025-01", "end": "2026-01", "publish": True}


@click.command()
@click.option("--no-serve", is_flag=True, help="Make everything ready, and stop.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=PORTS, default=8000, show_default=True)
@click.pass_context
def demo(context: click.Context, host: str, port: int, *, no_serve: bool) -> None:
    """Load the invented demo data into a database of its own, and serve it."""
    if not no_serve:
        require_free(host, port)
    chosen = context.obj = _demo_settings()
    with connected(chosen.database_url) as store:
        is_changed = _load(store, chosen)
        _add_accounts(store)
    if is_changed:
        _analyse(context)
    click.echo("SYNTHETIC: everything shown is invented, over real geography.")
    for account in DEMO_ACCOUNTS:
        click.echo(f"  sign in as {account.role.value}: {account.email} / {account.password}")
    if no_serve:
        click.echo("The demo is ready; `mapper demo` serves it.")
        return
    click.echo(f"mapper is at http://{host}:{port} (Ctrl+C stops it)")
    serve_site(chosen, host, port)


def _demo_settings() -> Settings:
    """The settings in demo mode, with a database apart from that of real data."""
    own: dict[str, object] = {"demo": True, "secret_key": secrets.token_hex(32)}
    if "database_url" not in settings().model_fields_set:
        own["database_url"] = f"sqlite:///{ROOT / 'instance' / 'demo.sqlite'}"
    return settings().model_copy(update=own)


def _load(store: Store, chosen: Settings) -> bool:
    """Load what is not loaded yet; tell whether an analysis is due."""
    upgrade(store)
    _refuse_real_database(store)
    load_reference(store, chosen.data_dir, say)
    services = Services(progress=progress)
    is_changed = False
    for file in progress(demo_files(chosen.data_dir), "Loading the demo"):
        report = ingest(store, file.kind, [file.path], file.options, services=services)
        is_changed |= any(found.status is not FileStatus.UNCHANGED for found in report.files)
    with store.reading() as session:
        return is_changed or not latest_run_id(session)


def _refuse_real_database(store: Store) -> None:
    """Keep invented data, and accounts whose passwords are published, out of real work."""
    with store.reading() as session:
        is_real = any(not user.email.endswith(DEMO_DOMAIN) for user in list_users(session))
    if is_real:
        raise SettingError(
            "The database holds accounts of people, so it is not the demo's.",
            expected="A database of the demo's own.",
            action="Unset MAPPER_DATABASE_URL, or set it to a database that is new.",
        )


def _add_accounts(store: Store) -> None:
    with store.writing() as session:
        for account in DEMO_ACCOUNTS:
            if find_user(session, account.email) is None:
                user = User(
                    email=account.email,
                    name=account.name,
                    organisation_name=account.organisation_name,
                    role=account.role,
                    password_hash=hash_password(account.password),
                )
                save_user(session, user)


def _analyse(context: click.Context) -> None:
    # By way of the group, so that the analysis is imported only the first time.
    group = context.parent.command if context.parent else None
    if isinstance(group, click.Group):
        command = group.get_command(context, "analyse")
        if command is not None:
            context.invoke(command, **_PERIOD)
