"""Which run an audience sees: the one place that decides it.

Everybody sees the run that was published last, unless they ask for another. The public and
partners may ask for those published before, as far as `mapper.reports.choosable_runs` offers
them; analysts for any run.
"""

from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience
from mapper.errors import NoAnalysisError, NotFoundError
from mapper.reports.choosable_runs import choosable_runs
from mapper.store.publications import published_names, published_run
from mapper.store.runs import Run, get_run, latest_run

_ASKED = "run looked at"


def look_at(session: Session, run_id: int) -> None:
    """Have whoever reads by a session see another run than the one published last.

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
    audience : who is looking. What was asked for by `look_at` goes before what is shown.

    Raises
    ------
    NotFoundError
        When a run was asked for that is not there, or that is not for the audience: for all but
        analysts one that is not published, or whose months another has; for all a scenario.
    NoAnalysisError
        When no analysis has been run yet, or none is published and the audience may not see
        others.
    """
    if _ASKED in session.info:
        return _asked_for(session, session.info[_ASKED], audience)
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


def _asked_for(session: Session, run_id: int, audience: Audience) -> Run:
    if audience is Audience.ANALYST:
        return _whole(get_run(session, run_id))
    offered = choosable_runs(session, audience)
    if run_id not in {each.run_id for each in offered}:
        # The same words whether there is no such run or it is not for them.
        raise NotFoundError(
            f"There is no run {run_id} to be seen.",
            expected="The number of a run that is published.",
        )
    return get_run(session, run_id)


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
