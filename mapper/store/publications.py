"""Which runs were published, under what name, and which one is shown."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mapper.errors import InvalidValueError, NotAllowedError
from mapper.store.models import RunPublicationRow, RunRow
from mapper.store.models.base import in_utc
from mapper.store.runs import Run, as_run, get_run

_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """That a run was published.

    Parameters
    ----------
    run_id : of the run.
    name : that it goes by, such as ``Q3 2025``.
    published_at : UTC.
    published_by : who decided it; empty where nobody is known.
    """

    run_id: int
    name: str
    published_at: datetime
    published_by: str


def publish_run(session: Session, run_id: int, name: str, published_by: str) -> None:
    """Have a run shown from now on, in the place of any other.

    A name stays with its run for good: a run that was published before keeps the name it has,
    and no two runs go by the same one.

    Parameters
    ----------
    run_id : of the run.
    name : to go by; the one it has already when empty.
    published_by : who decides it.

    Raises
    ------
    NotFoundError
        When there is no such run.
    NotAllowedError
        When the run is a scenario.
    InvalidValueError
        When the name is missing, too long, another run's, or not the one that the run has.
    """
    run = get_run(session, run_id)
    if run.is_scenario:
        raise NotAllowedError(
            f"Run {run_id} is a scenario: it counts activities that were only thought of.",
            expected="A run of what is in the register.",
            action="Make one with `mapper analyse`, or on the page for runs.",
        )
    chosen = _fit_name(session, run_id, " ".join(name.split()))
    session.add(RunPublicationRow(run_id=run_id, name=chosen, published_by=published_by))
    session.flush()


def _fit_name(session: Session, run_id: int, name: str) -> str:
    names = published_names(session)
    own = names.pop(run_id, "")
    if own and name in {"", own}:
        return own
    if own:
        raise InvalidValueError(
            f"Run {run_id} was published as “{own}”, and a published run is not renamed.",
            action="Publish it under that name, or publish another run.",
        )
    if not name or len(name) > _LONGEST_NAME:
        raise InvalidValueError(
            "The run has no name to go by." if not name else "The name is too long.",
            expected=f"A name of 1 to {_LONGEST_NAME} characters, such as Q3 2025.",
        )
    taken = {known.casefold(): number for number, known in names.items()}
    if name.casefold() in taken:
        raise InvalidValueError(
            f"Run {taken[name.casefold()]} goes by the name “{name}” already.",
            expected="A name that no other run has.",
            action=f"Choose another, such as “{name}, corrected”.",
        )
    return name


def published_run(session: Session) -> Run | None:
    """Read the run that is shown: the one that was published last; None before the first."""
    query = (
        select(RunRow)
        .join(RunPublicationRow, RunPublicationRow.run_id == RunRow.id)
        .order_by(RunPublicationRow.id.desc())
    )
    row = session.scalars(query.limit(1)).first()
    return None if row is None else as_run(row)


def published_names(session: Session) -> dict[int, str]:
    """The name that each published run goes by, by the run's id."""
    query = select(RunPublicationRow.run_id, RunPublicationRow.name)
    return dict(session.execute(query).all())


def list_publications(session: Session) -> list[Publication]:
    """List what was published, the latest first."""
    rows = session.scalars(select(RunPublicationRow).order_by(RunPublicationRow.id.desc()))
    return [
        Publication(
            run_id=row.run_id,
            name=row.name,
            published_at=in_utc(row.published_at),
            published_by=row.published_by,
        )
        for row in rows
    ]
