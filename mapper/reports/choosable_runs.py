"""Which published runs an audience may choose among, and how each is named.

Of runs of one period the last one published stands for the others, which it corrects. And where
small counts are withheld, two runs that share a month could be subtracted from one another: so
whoever may not see every count of both is offered, of runs that share months, the one alone that
was published last. Analysts may choose any.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience, Sensitivity, sees_true_counts
from mapper.domain.period import Month
from mapper.store.publications import list_publications
from mapper.store.runs import Run, get_run


@dataclass(frozen=True, slots=True)
class RunChoice:
    """A published run that somebody may choose to see.

    Parameters
    ----------
    run_id : of the run.
    name : that it was published under, such as ``Q3 2025``.
    period : in words.
    """

    run_id: int
    name: str
    period: str

    @property
    def label(self) -> str:
        """The name with the period, which a name may be already."""
        return self.name if self.name == self.period else f"{self.name} ({self.period})"


def choosable_runs(session: Session, audience: Audience) -> tuple[RunChoice, ...]:
    """List the published runs that an audience may choose, the one that is shown first.

    Parameters
    ----------
    audience : who is looking.

    Returns
    -------
    In the order of their publication, the latest first; empty before the first is published.
    """
    return tuple(
        RunChoice(run.id, name, run.period.label) for run, name in named_runs(session, audience)
    )


def named_runs(session: Session, audience: Audience) -> list[tuple[Run, str]]:
    """Read the runs of `choosable_runs`, each with the name it was published under.

    Parameters
    ----------
    audience : who is looking.
    """
    names: dict[int, str] = {}
    for each in list_publications(session):
        names.setdefault(each.run_id, each.name)
    runs = _without_overlap((get_run(session, run_id) for run_id in names), audience)
    return [(run, names[run.id]) for run in runs]


def counted_months(run: Run) -> frozenset[Month]:
    """The months whose violence a run counts: one left out of one run is told by a difference.

    Parameters
    ----------
    run : as stored.
    """
    return frozenset(run.period) - {Month.parse(month) for month in run.parameters["excluded"]}


def _without_overlap(runs: Iterable[Run], audience: Audience) -> list[Run]:
    kept: list[Run] = []
    for run in runs:
        if audience is Audience.ANALYST or not any(
            _gives_way(run, each, audience) for each in kept
        ):
            kept.append(run)
    return kept


def _gives_way(run: Run, later: Run, audience: Audience) -> bool:
    """Whether a run is not offered beside one that was published after it."""
    return run.period == later.period or _could_be_subtracted(run, later, audience)


def _could_be_subtracted(run: Run, other: Run, audience: Audience) -> bool:
    sources = {Sensitivity(each.inputs["violence_sensitivity"]) for each in (run, other)}
    if all(sees_true_counts(each, audience) for each in sources):
        return False
    return bool(counted_months(run) & counted_months(other))
