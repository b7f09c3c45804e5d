"""The command line: thin commands over the rooms.

Exit status: 0 done; 1 done, with rows at fault (counted on standard error); 2 could not run,
with one line saying what was found, what was expected and what to do, below the first issues of
rows where every row of a file is at fault.
"""

import sys

import click

from mapper.cli.lazy import LazyGroup
from mapper.errors import MapperError
from mapper.version import VERSION

COULD_NOT_RUN = 2
INTERRUPTED = 130

COMMANDS = {
    "init": "mapper.cli.database:init",
    "boundaries": "mapper.cli.boundaries:boundaries",
    "postcode": "mapper.cli.postcode:postcode",
    "ingest": "mapper.cli.ingest:ingest",
    "template": "mapper.cli.ingest:template",
    "duplicates": "mapper.cli.duplicates:duplicates",
    "freshness": "mapper.cli.freshness:freshness",
    "analyse": "mapper.cli.analysis:analyse",
    "runs": "mapper.cli.runs:runs",
    "scenario": "mapper.cli.scenario:scenario",
    "enough-heard": "mapper.cli.heard:enough",
    "list": "mapper.cli.listings:listings",
    "report": "mapper.cli.drawings:report",
    "map": "mapper.cli.drawings:draw_map",
    "network": "mapper.cli.network:network",
    "users": "mapper.cli.database:users",
    "serve": "mapper.cli.serving:serve",
    "demo": "mapper.cli.demo:demo",
    "background": "mapper.cli.background:background",
}
"""Every command and where it is; one is imported only when it is used."""


@click.group(
    cls=LazyGroup, places=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(VERSION, prog_name="mapper")
def commands() -> None:
    """Show where violence is felt, who is already working there, and where nobody is."""


def main(arguments: list[str] | None = None) -> None:
    """Run one command and leave with its status."""
    try:
        status = commands.main(arguments, prog_name="mapper", standalone_mode=False)
    except MapperError as error:
        _stop(str(error))
    except click.exceptions.Abort:
        sys.exit(INTERRUPTED)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(0)
    except click.UsageError as error:
        hint = f" Try `{error.ctx.command_path} --help`." if error.ctx else ""
        _stop(f"{error.format_message()}{hint}")
    except click.ClickException as error:
        _stop(error.format_message())
    sys.exit(status if isinstance(status, int) else 0)


def _stop(message: str) -> None:
    click.echo(f"mapper: {' '.join(message.split())}", err=True)
    sys.exit(COULD_NOT_RUN)
