"""Publishing a run: the name it goes by, and what to think of before."""

from sqlalchemy.orm import Session

from mapper.domain.disclosure import Sensitivity
from mapper.domain.violence import RecordingSource
from mapper.reports.choosable_runs import counted_months
from mapper.reports.wording import listed
from mapper.store.publications import list_publications, publish_run, published_names
from mapper.store.runs import Run, get_run


def publish_as(session: Session, run_id: int, name: str, published_by: str) -> str:
    """Publish a run, and return the name that it goes by.

    Parameters
    ----------
    run_id : of the run.
    name : to go by; the usual one when empty.
    published_by : who decides it.

    Raises
    ------
    NotFoundError
        When there is no such run.
    NotAllowedError
        When the run is a scenario.
    InvalidValueError
        When the name is too long, another run's, or not the one that the run has.
    """
    chosen = " ".join(name.split()) or usual_name(session, get_run(session, run_id))
    publish_run(session, run_id, chosen, published_by)
    return chosen


def usual_name(session: Session, run: Run) -> str:
    """Propose a name for a run: the one it has, or the quarter it ends with, or its period.

    Parameters
    ----------
    run : as stored.

    Returns
    -------
    A name that no other run goes by.
    """
    names = published_names(session)
    if run.id in names:
        return names[run.id]
    period = run.period
    name = period.quarter or period.label
    is_taken = name.casefold() in {known.casefold() for known in names.values()}
    return f"{name}, run {run.id}" if is_taken else name


def overlap_warning(session: Session, run: Run) -> str:
    """Say that what a run shows can be subtracted from what an earlier one showed.

    Whoever kept the figures of a run that was published before can subtract them from those of
    another that counts partly the same violence: its period overlaps, other months are left out
    of it, or it counts other types. Where small counts are withheld, the difference may tell one.

    Parameters
    ----------
    run : that is to be published.

    Returns
    -------
    A sentence; empty when the violence counts are open, or every run published before counts
    the same violence or none of it.
    """
    if Sensitivity(run.inputs["violence_sensitivity"]) is Sensitivity.OPEN:
        return ""
    names = {
        each.run_id: each.name
        for each in list_publications(session)
        if each.run_id != run.id and _is_partly_counted(run, get_run(session, each.run_id))
    }
    if not names:
        return ""
    return (
        f"It counts violence partly in common with {listed(list(names.values()))}, published "
        "before, and its violence counts are not open. Whoever kept the earlier figures could "
        "subtract one from the other and come close to a count that is withheld. Publish periods "
        "that do not overlap, or the same one with the same months left out and the same types."
    )


def _is_partly_counted(run: Run, earlier: Run) -> bool:
    """Whether some violence is counted by both runs, and some by one of them alone."""
    if _recorder(run) != _recorder(earlier):
        return False
    months, before = counted_months(run), counted_months(earlier)
    types, others = (frozenset(each.parameters["crime_types"]) for each in (run, earlier))
    return bool(months & before) and (months, types) != (before, others)


def _recorder(run: Run) -> str:
    return str(run.parameters.get("recorder", RecordingSource.POLICE))
