"""Commands that keep the directory fresh: what has to be confirmed, and asking for it."""

from datetime import UTC, datetime

import click

from mapper.cli.listings import show
from mapper.cli.opening import current_settings, form_options, opened, who
from mapper.domain.counted import counted
from mapper.domain.disclosure import Audience
from mapper.mail.asking import ask, to_be_asked
from mapper.reports.freshness import published_due, published_requests

_MOST = 200
NOT_ALL_TAKEN = 1


@click.group()
def freshness() -> None:
    """Entries of the directory that have to be confirmed by their contacts."""


@freshness.command("list")
@click.option("--asked", is_flag=True, help="List who was asked and what they answered instead.")
@form_options
def list_due(*, asked: bool, form: str) -> None:
    """List the entries that have to be confirmed, the longest unconfirmed first. For analysts."""
    with opened() as store, store.reading() as session:
        if asked:
            show(published_requests(session, Audience.ANALYST), form)
        else:
            show(published_due(session, Audience.ANALYST, datetime.now(UTC)), form)


@freshness.command()
@click.option("--dry-run", is_flag=True, help="Say who would be asked, and send nothing.")
@click.option(
    "--most", type=click.IntRange(1), default=_MOST, show_default=True, help="Letters at the most."
)
@click.pass_context
def send(context: click.Context, most: int, *, dry_run: bool) -> None:
    """Ask the contacts of entries to be confirmed, one letter each."""
    settings, moment = current_settings(), datetime.now(UTC)
    choices = settings.letter_choices(who())
    with opened() as store:
        entries = to_be_asked(store, moment, most)
        if dry_run:
            for entry in entries:
                click.echo(f"would ask about {entry.name} ({entry.organisation_id})")
            return
        done = ask(store, entries, choices, moment)
    refused = [each for each in done if each.fault]
    for each in refused:
        click.echo(f"{each.entry.name} ({each.entry.organisation_id}): {each.fault}", err=True)
    sent = sum(each.is_sent for each in done)
    meanwhile = len(done) - sent - len(refused)
    told = f", {meanwhile} asked by somebody else meanwhile" if meanwhile else ""
    click.echo(f"{counted(sent, 'letter')} sent, {len(refused)} not taken{told}.")
    context.exit(NOT_ALL_TAKEN if refused else 0)
