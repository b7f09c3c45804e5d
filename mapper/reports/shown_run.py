"""Which run an audience sees: the one place that decides it.

The public and partners see the run that was published last, and no other, so that the counts of
two overlapping periods are never both before an audience that may not see small ones. Analysts
see the same, unless they ask for another, or none is published yet.
"""

from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience
from mapper.errors import NoAnalysisError, NotFoundError
from mapper.store.publications import published_names, published_run
from mapper.store.runs import Run, get_run, latest_run

_ASKED = "run looked at"


def look_at(session: Session, run_id: int) -> None:
    """Have an analyst who reads by a session see another run than the published one.

    Parameters
    ----------
    session : for reading; of nobody but the one who asks.
    run_id : of the run asked for.
    """
    session.info[_ASKED] = run_id


def run_for(session: Session, audience: Audience) -> Run:
    """Read the run whose figures an audience sees, by the name that it was published under.

    Parameters
    ----------
    audience : who is looking. What was asked for by `look_at` counts for analysts alone.

    Raises
    ------
    NotFoundError
        When an analyst asked for a run that is not there, or for a scenario.
    NoAnalysisError
        When no analysis has been run yet, or none is published and the audience may not see
        others.
    """
    if audience is Audience.ANALYST and _ASKED in session.info:
        return _whole(get_run(session, session.info[_ASKED]))
    published = published_run(session)
    if published is not None:
        return published
    latest = latest_run(session)
    if audience is Audience.ANALYST:
        return latest
    raise NoAnalysisError(
        "No analysis has been published yet.",
        expected="A run that an analyst has looked at and published.",
        action=f"`mapper runs publish {latest.id}`, or the page for runs, publishes the latest.",
    )


def _whole(run: Run) -> Run:
    """Refuse a scenario, whose pages would lack all but the figures of areas."""
    if not run.is_scenario:
        return run
    base = run.parameters.get("scenario", {}).get("run", "N")
    raise NotFoundError(
        f"Run {run.id} is a scenario, which keeps the figures of areas alone.",
        expected="A run of what is in the register.",
        action=f"`mapper runs compare {base} {run.id}` shows what moved.",
    )


def shown_name(session: Session, run: Run) -> str:
    """The name that a run goes by: as it was published, or else by its period.

    Parameters
    ----------
    run : as stored.
    """
    return published_names(session).get(run.id, run.name)
