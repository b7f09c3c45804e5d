"""The command line: thin commands over the rooms.

Exit status: 0 done; 1 done, with rows at fault (counted on standard error); 2 could not run,
with one line saying what was found, what was expected and what to do.
"""

import sys

import click

from mapper.cli.analysis import analyse, runs
from mapper.cli.boundaries import boundaries
from mapper.cli.database import init, users
from mapper.cli.demo import demo
from mapper.cli.drawings import draw_map, network, report
from mapper.cli.ingest import ingest, template
from mapper.cli.listings import listings
from mapper.cli.postcode import postcode
from mapper.cli.serving import serve
from mapper.errors import MapperError
from mapper.version import VERSION

COULD_NOT_RUN = 2
INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="mapper")
def commands() -> None:
    """Show where violence is felt, who is already working there, and where nobody is."""


for command in (
    init,
    boundaries,
    postcode,
    ingest,
    template,
    analyse,
    runs,
    listings,
    report,
    draw_map,
    network,
    users,
    serve,
    demo,
):
    commands.add_command(command)


def main(arguments: list[str] | None = None) -> None:
    """Run one command and leave with its status."""
    try:
        status = commands.main(arguments, prog_name="mapper", standalone_mode=False)
    except MapperError as error:
        _stop(str(error))
    except click.exceptions.Abort:
        sys.exit(INTERRUPTED)
    except click.UsageError as error:
        hint = f" Try `{error.ctx.command_path} --help`." if error.ctx else ""
        _stop(f"{error.format_message()}{hint}")
    except click.ClickException as error:
        _stop(error.format_message())
    sys.exit(status if isinstance(status, int) else 0)


def _stop(message: str) -> None:
    click.echo(f"mapper: {' '.join(message.split())}", err=True)
    sys.exit(COULD_NOT_RUN)
