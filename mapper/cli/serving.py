"""The command that serves the site."""

import click

from mapper.cli.opening import connected
from mapper.config import Settings, settings
from mapper.errors import SettingError
from mapper.store.schema import require_current
from mapper.store.users import list_users
from mapper.web.serving import run_server

DEMO_DOMAIN = "@demo.invalid"
"""Where the e-mail addresses of the demo's accounts end."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
def serve(host: str, port: int) -> None:
    """Serve the site."""
    serve_site(settings(), host, port)


def serve_site(chosen: Settings, host: str, port: int) -> None:
    """Serve the site with some settings until stopped.

    Raises
    ------
    SettingError
        When the database holds the demo's accounts, whose passwords everybody knows, and
        demo mode is off.
    """
    with connected(chosen.database_url) as store:
        require_current(store.engine)
        with store.reading() as session:
            has_demo = any(user.email.endswith(DEMO_DOMAIN) for user in list_users(session))
    if has_demo and not chosen.demo:
        raise SettingError(
            "The database holds the demo's accounts, whose passwords are published.",
            expected="A database of your own.",
            action="Set MAPPER_DATABASE_URL to another one, or use `mapper demo`.",
        )
    run_server(chosen, host, port)
