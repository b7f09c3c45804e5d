"""What most commands begin with: the database, the audience, a way to show progress."""

import getpass
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import click
from sqlalchemy.exc import ArgumentError, DatabaseError, IntegrityError, ProgrammingError
from tqdm import tqdm

from mapper.config import Settings, settings
from mapper.domain.disclosure import Audience
from mapper.domain.period import Month, Period
from mapper.domain.violence import RecordingSource
from mapper.errors import InvalidValueError, NotReadyError
from mapper.store.schema import require_current
from mapper.store.session import Store, open_store

T = TypeVar("T")
Command = Callable[..., Any]


@contextmanager
def connected(database_url: str) -> Iterator[Store]:
    """A database as it is, closed afterwards.

    Raises
    ------
    NotReadyError
        When the address is not one of a database, or the database does not answer.
    """
    store = _store_at(database_url)
    try:
        yield store
    except (IntegrityError, ProgrammingError):
        raise  # faults of mapper's own, not of the database
    except DatabaseError as error:
        raise _no_database(error) from error
    finally:
        store.dispose()


def _store_at(database_url: str) -> Store:
    try:
        return open_store(database_url)
    except (ArgumentError, ImportError, OSError, ValueError) as error:
        raise _no_database(error) from error


def _no_database(error: Exception) -> NotReadyError:
    why = str(error).splitlines()[0]
    return NotReadyError(
        f"The database cannot be used: {why}.",
        expected="The address of a SpatiaLite file (sqlite:///FILE) or of a PostGIS database "
        "that is running (postgresql+psycopg://...).",
        action="Check MAPPER_DATABASE_URL.",
    )


@contextmanager
def opened() -> Iterator[Store]:
    """The database of the settings, closed afterwards.

    Raises
    ------
    NotReadyError
        When it has not been created, is not at this version or cannot be reached.
    """
    with connected(current_settings().database_url) as store:
        require_current(store.engine)
        yield store


def current_settings() -> Settings:
    """The settings that a command above set for those it calls, or else the process's own."""
    return click.get_current_context().find_object(Settings) or settings()


def audience_option(command: Command) -> Command:
    """Add the choice of an audience to a command."""
    names = [audience.label for audience in Audience]
    option = click.option(
        "--audience",
        type=click.Choice(names),
        default=Audience.PUBLIC.label,
        show_default=True,
        callback=lambda _context, _option, value: Audience[value.upper()],
        help="Who it is for; what they may not see is left out.",
    )
    decorated: Command = option(command)
    return decorated


class _Recorders(click.ParamType[RecordingSource]):
    """Who recorded the violence, by a word of the command line."""

    name = "recorder"
    words: Final = {each.name.lower().replace("_", "-"): each for each in RecordingSource}

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> RecordingSource:
        """Give the recorder that a word stands for."""
        if isinstance(value, RecordingSource):
            return value
        if not isinstance(value, str) or value not in self.words:
            self.fail(f"{value!r} is not one of {', '.join(self.words)}.", param, ctx)
        return self.words[value]


def recorder_option(
    more: str = "", *, default: str | None = "police"
) -> Callable[[Command], Command]:
    """Add the choice of who recorded the violence to a command."""
    return click.option(
        "--recorder",
        type=_Recorders(),
        default=default,
        show_default=True,
        metavar="|".join(_Recorders.words),
        help=f"Who recorded the violence.{more}",
    )


def months_options(command: Command) -> Command:
    """Add the choice of a period to a command."""
    last = click.option("--to", "end", default="", metavar="MONTH", help="First month after it.")
    first = click.option(
        "--from", "start", default="", metavar="MONTH", help="First month of a period."
    )
    decorated: Command = first(last(command))
    return decorated


def form_options(command: Command) -> Command:
    """Add the choice between a table for people, JSON and CSV."""
    options: tuple[Callable[[Command], Command], ...] = (
        click.option("--json", "form", flag_value="json", help="Print JSON."),
        click.option("--csv", "form", flag_value="csv", help="Print CSV, for scripts."),
        click.option(
            "--csv-with-sources",
            "form",
            flag_value="sourced",
            help="Print CSV whose rows say analysis, period, sources and for whom they are.",
        ),
        click.option("--text", "form", flag_value="text", default=True, hidden=True),
    )
    for option in options:
        command = option(command)
    return command


def chosen_period(start: str, end: str) -> Period:
    """The period between two months, the second not included."""
    return Period(Month.parse(start), Month.parse(end))


def progress(items: Sequence[T], description: str) -> Iterable[T]:
    """Show how far a loop has come, where the output is a terminal."""
    shown: Iterable[T] = tqdm(items, desc=description, disable=None, leave=False)
    return shown


def say(message: str) -> None:
    """Tell whoever watches a terminal what is being done."""
    if sys.stderr.isatty():
        click.echo(f"  {message}", err=True)


def who() -> str:
    """The name of whoever runs the command, for provenance."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def write_file(path: Path, content: str | bytes) -> None:
    """Write a file as a whole: an older one stays until the new one is complete.

    Raises
    ------
    InvalidValueError
        When the folder cannot be written to.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(content if isinstance(content, bytes) else content.encode())
        part.replace(path)
    except OSError as error:
        raise InvalidValueError(
            f"{path} cannot be written: {error.strerror}.",
            expected="A folder that may be written to.",
            action="Choose another with --out.",
        ) from error
