"""What a scenario changes: planned activities that are counted, others that are left out."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import pandas as pd
from sqlalchemy.orm import Session

from mapper.domain.counted import counted
from mapper.errors import InvalidValueError
from mapper.ingest.files.source import Entry
from mapper.reports.choices import AnalysisChoices
from mapper.reports.inputs import counted_activities
from mapper.reports.wording import listed

Basis = tuple[gpd.GeoDataFrame, AnalysisChoices]
_MOST_NAMED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is thought of.

    Parameters
    ----------
    file : of activities, read as any file of them is; None for none. Whatever the dates, each
        counts as if it took place in the period as a whole; those called off do not count.
    lead : the organisation that leads them, where the file names none.
    planned : numbers of activities of the register, counted as if they took place too.
    withdrawn : numbers of activities that are left out.

    Raises
    ------
    InvalidValueError
        When nothing is thought of, or an activity is both counted and left out.
    """

    file: Entry | None = None
    lead: str = ""
    planned: frozenset[int] = field(default_factory=frozenset)
    withdrawn: frozenset[int] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        if self.file is None and not self.planned and not self.withdrawn:
            raise InvalidValueError(
                "The scenario changes nothing.",
                expected="A file of planned activities, or numbers of activities to count or to "
                "leave out.",
            )
        if both := self.planned & self.withdrawn:
            raise InvalidValueError(
                f"{_numbers(both)} cannot both count and be left out.",
                expected="Each activity once.",
            )

    def as_parameters(self, run_id: int, added: int) -> dict[str, Any]:
        """What is stored with a scenario that is kept.

        Parameters
        ----------
        run_id : of the run it is compared with.
        added : activities of the file that count.
        """
        return {
            "run": run_id,
            "file": self.file.name if self.file else "",
            "added": added,
            "planned": sorted(self.planned),
            "withdrawn": sorted(self.withdrawn),
        }


@dataclass(frozen=True, slots=True)
class Changed:
    """The activities that count today, and those of the scenario, read at one moment.

    Parameters
    ----------
    today, then : as `mapper.reports.inputs.counted_activities`, those whose dose is known.
    added : of the file, how many count.
    """

    today: pd.DataFrame
    then: pd.DataFrame
    added: int


def changed_activities(
    session: Session, basis: Basis, plan: Plan, added: Collection[int] = ()
) -> Changed:
    """Read the activities of today and of the scenario.

    Parameters
    ----------
    session : in which the activities of the file are, if there is one.
    basis : areas and choices of the run that it is compared with.
    plan : what is thought of.
    added : numbers that the activities of the file have in the session.

    Raises
    ------
    InvalidValueError
        When an activity is left out that does not count, or one is to count that does already
        or is not there.
    """
    new = frozenset(added)
    areas, choices = basis
    today = counted_activities(session, areas, choices, without=new)
    also = new | plan.planned
    then = counted_activities(session, areas, choices, also=also, without=plan.withdrawn)
    _require_counted(plan.withdrawn, today, choices)
    _require_new(plan.planned, today, then)
    known = [frame.dropna(subset="dose") for frame in (today, then)]
    return Changed(known[0], known[1], len(new & set(known[1].index)))


def _require_counted(
    withdrawn: frozenset[int], today: pd.DataFrame, choices: AnalysisChoices
) -> None:
    unknown = withdrawn - set(today.index)
    if unknown:
        raise InvalidValueError(
            f"{_numbers(unknown)} cannot be left out: no such activity took place in "
            f"{choices.period.label}.",
            expected="The number of an activity stands above the title on its page.",
        )


def _require_new(planned: frozenset[int], today: pd.DataFrame, then: pd.DataFrame) -> None:
    if already := planned & set(today.index):
        raise InvalidValueError(
            f"{_numbers(already)} counts already.", expected="Activities that are planned."
        )
    if unknown := planned - set(then.index):
        raise InvalidValueError(
            f"{_numbers(unknown)} cannot be counted: there is no such activity.",
            expected="The number of an activity stands above the title on its page.",
        )


def _numbers(numbers: Collection[int]) -> str:
    found = [str(number) for number in sorted(numbers)]
    more = len(found) - _MOST_NAMED
    named = listed(found) if more <= 0 else f"{', '.join(found[:_MOST_NAMED])} and {more} more"
    return f"Activity {named}" if len(found) == 1 else f"Activities {named}"


def plan_sentences(changed: Changed, plan: Plan, unit: str) -> tuple[str, ...]:
    """Say what a scenario changes.

    Parameters
    ----------
    changed : as read.
    plan : what is thought of.
    unit : of engagement.
    """
    more = counted(changed.added + len(plan.planned), "activity is", "activities are")
    less = counted(len(plan.withdrawn), "is", "are")
    before, after = (float(frame["dose"].sum()) for frame in (changed.today, changed.then))
    return (
        f"{more} added and {less} left out: {after:,.0f} {unit} instead of {before:,.0f}.",
        "What is added counts as if it took place in the period as a whole, whatever its dates.",
    )
