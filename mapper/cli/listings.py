"""Commands that list what is kept, for people and for scripts."""

import click
import pandas as pd

from mapper.cli.opening import (
    audience_option,
    chosen_period,
    form_options,
    months_options,
    opened,
)
from mapper.domain.disclosure import Audience
from mapper.domain.period import Period
from mapper.errors import InvalidValueError
from mapper.reports.area_list import area_list
from mapper.reports.cohort_table import cohort_table
from mapper.reports.directory import directory
from mapper.reports.export import to_csv, to_json
from mapper.reports.published import PublishedTable
from mapper.reports.register import activity_register
from mapper.reports.violence_table import violence_table
from mapper.store.areas import find_lad


@click.group("list")
def listings() -> None:
    """Organisations, activities, violence counts and areas."""


@listings.command()
@click.option("--lad", default="", help="One local authority, by code or name.")
@audience_option
@form_options
def organisations(lad: str, audience: Audience, form: str) -> None:
    """List the organisations."""
    with opened() as store, store.reading() as session:
        show(directory(session, audience, find_lad(session, lad)[0] if lad else ""), form)


@listings.command()
@months_options
@click.option("--lad", default="", help="One local authority, by code or name.")
@audience_option
@form_options
def activities(  # noqa: PLR0917  (one parameter an option, as click hands them over)
    start: str, end: str, lad: str, audience: Audience, form: str
) -> None:
    """List the registered activities."""
    period = _period(start, end)
    with opened() as store, store.reading() as session:
        lad_code = find_lad(session, lad)[0] if lad else ""
        show(activity_register(session, audience, lad_code, period), form)


@listings.command()
@click.option(
    "--by",
    multiple=True,
    type=click.Choice(["lad", "ward", "lsoa", "month"]),
    help="Counted by; may be given twice, such as --by lad --by month.",
)
@months_options
@click.option("--lad", default="", help="One local authority, by code or name.")
@audience_option
@form_options
def violence(  # noqa: PLR0913, PLR0917  (one parameter an option, as click hands them over)
    by: tuple[str, ...], start: str, end: str, lad: str, audience: Audience, form: str
) -> None:
    """List recorded crime by area and type: every type in the files, violence among them."""
    period = _period(start, end)
    with opened() as store, store.reading() as session:
        lad_code = find_lad(session, lad)[0] if lad else ""
        levels = frozenset(by or ("lad",))
        table = violence_table(session, audience, levels, period=period, lad_code=lad_code)
        show(table, form)


@listings.command()
@click.option("--lad", default="", help="One local authority, by code or name.")
@audience_option
@form_options
def cohorts(lad: str, audience: Audience, form: str) -> None:
    """List people counted by age, sex and ethnicity, small numbers withheld."""
    with opened() as store, store.reading() as session:
        lad_code = find_lad(session, lad)[0] if lad else ""
        show(cohort_table(session, audience, lad_code), form)


@listings.command()
@click.option(
    "--by",
    "level",
    type=click.Choice(["lad", "ward", "lsoa", "msoa"]),
    default="lad",
    show_default=True,
    help="Kind of area.",
)
@click.option("--lad", default="", help="One local authority, by code or name.")
@form_options
def areas(level: str, lad: str, form: str) -> None:
    """List the areas loaded, every vintage."""
    with opened() as store, store.reading() as session:
        show(area_list(session, level, find_lad(session, lad)[0] if lad else ""), form)


def _period(start: str, end: str) -> Period | None:
    if bool(start) != bool(end):
        raise InvalidValueError(
            "Only one of --from and --to is given.", expected="Both, or neither."
        )
    return chosen_period(start, end) if start else None


def show(table: PublishedTable, form: str) -> None:
    """Print a published table as JSON, CSV or text."""
    if form == "json":
        click.echo(to_json(table))
    elif form in {"csv", "sourced"}:
        # Scripts rely on the columns of `--csv`: what is to be kept asks for the others.
        click.echo(to_csv(table, has_facts=form == "sourced"), nl=False)
    elif not table.rows:
        click.echo("Nothing to list.")
    else:
        texts = [[cell.text for cell in row] for row in table.rows]
        headings = [column.heading for column in table.columns]
        click.echo(pd.DataFrame(texts, columns=headings).to_string(index=False, max_colwidth=40))
