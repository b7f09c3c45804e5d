"""The command that serves the site."""

import errno
import socket

import click

from mapper.cli.opening import connected
from mapper.config import Settings, settings
from mapper.errors import SettingError
from mapper.store.schema import require_current
from mapper.store.users import list_users
from mapper.web.serving import run_server

PORTS = click.IntRange(0, 65_535)
DEMO_DOMAIN = "@demo.invalid"
"""Where the e-mail addresses of the demo's accounts end."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=PORTS, default=8000, show_default=True, help="Port to listen on.")
def serve(host: str, port: int) -> None:
    """Serve the site."""
    require_free(host, port)
    serve_site(settings(), host, port)


def require_free(host: str, port: int) -> None:
    """Refuse an address that cannot be listened on, before anything is made ready for it.

    Parameters
    ----------
    host, port : to listen on; port 0 is any that is free.

    Raises
    ------
    SettingError
        When another program listens there, or the address is not this machine's to give.
    """
    try:
        kind, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(kind, socket.SOCK_STREAM) as trial:
            # As the server itself does: what a stopped server left behind is not in the way.
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except (OSError, OverflowError) as error:
        is_taken = getattr(error, "errno", None) == errno.EADDRINUSE
        why = "another program uses it" if is_taken else getattr(error, "strerror", None) or error
        raise SettingError(
            f"Nothing can listen on {host} port {port}: {why}.",
            expected="An address of this machine, and a port that is free.",
            action=f"Stop the other program, or choose another port, such as --port {port + 1}."
            if is_taken
            else "Choose another with --host and --port.",
        ) from error


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
