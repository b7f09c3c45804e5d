"""Commands that find organisations that are in the directory twice, and decide of them."""

import click

from mapper.cli.listings import show
from mapper.cli.opening import form_options, opened, who
from mapper.domain.disclosure import Audience
from mapper.domain.matching import Verdict
from mapper.ingest.deduplicate import SearchChoices, renew_queue
from mapper.reports.matches import published_queue
from mapper.reports.merges import published_merges
from mapper.store.matches import keep_apart
from mapper.store.merges import merge, undo


@click.group()
def duplicates() -> None:
    """Organisations that are in the directory more than once."""


@duplicates.command()
@click.option("--auto", is_flag=True, help="Merge the certain ones at once; each can be undone.")
@click.option(
    "--splink", is_flag=True, help="Ask Splink for more candidates (needs mapper[duplicates])."
)
def find(*, auto: bool, splink: bool) -> None:
    """Search the whole directory and renew the review queue."""
    choices = SearchChoices(merges_certain=auto, asks_splink=splink, by=who())
    with opened() as store:
        counts = renew_queue(store, choices)
    click.echo(
        f"{counts.merged:,} merged, {counts.proposed:,} to review, "
        f"{counts.decided_before:,} decided before."
    )


@duplicates.command("list")
@click.option("--merged", is_flag=True, help="List the merges instead, with their numbers.")
@form_options
def list_queue(*, merged: bool, form: str) -> None:
    """List what is left to decide, the likeliest first. For analysts."""
    with opened() as store, store.reading() as session:
        published = published_merges if merged else published_queue
        show(published(session, Audience.ANALYST), form)


@duplicates.command("merge")
@click.argument("kept", type=int)
@click.argument("merged", type=int)
def merge_two(kept: int, merged: int) -> None:
    """Merge organisation MERGED into organisation KEPT."""
    with opened() as store, store.writing() as session:
        number = merge(session, kept, merged, by=who())
    click.echo(f"Merge {number}. To undo it: mapper duplicates undo {number}")


@duplicates.command("keep")
@click.argument("first", type=int)
@click.argument("second", type=int)
@click.option("--never", is_flag=True, help="Never ask again, even when a record changes.")
def keep_two(first: int, second: int, *, never: bool) -> None:
    """Keep organisations FIRST and SECOND apart."""
    verdict = Verdict.NEVER_AGAIN if never else Verdict.KEPT_APART
    with opened() as store, store.writing() as session:
        keep_apart(session, (first, second), verdict, by=who())
    click.echo(f"{first} and {second}: {verdict.value}.")


@duplicates.command("undo")
@click.argument("merge_id", type=int)
def undo_merge(merge_id: int) -> None:
    """Undo merge MERGE_ID: everything stands as before it."""
    with opened() as store, store.writing() as session:
        undo(session, merge_id, by=who())
    click.echo(f"Merge {merge_id} is undone.")
