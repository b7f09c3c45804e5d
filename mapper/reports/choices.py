"""What an analyst chooses for a run."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mapper.analysis.bootstrap import Draws
from mapper.analysis.dose import Dose
from mapper.domain.period import Month, Period
from mapper.domain.violence import VIOLENCE_CRIME_TYPES, RecordingSource
from mapper.errors import InvalidValueError

_MOST_MONTHS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisChoices:
    """The parameters of a run; the same choices on the same data give the same figures.

    Parameters
    ----------
    period : months of violence and engagement.
    excluded : months whose violence counts are left out; rates are for the months kept.
    seed : of everything random.
    unit : in which engagement is counted.
    draws : of the bootstrap.
    recorder : whose counts are used; those of others are kept apart.
    crime_types : that make up violence; all that the recorder gives when empty. By default the
        police's own groups, and all groups of any other recorder.

    Raises
    ------
    InvalidValueError
        When an excluded month is not in the period, none is left, or the period is too long.
    """

    period: Period
    excluded: frozenset[Month] = frozenset()
    seed: int = 1
    unit: Dose = Dose.SESSIONS
    draws: int = 1_000
    recorder: RecordingSource = RecordingSource.POLICE
    crime_types: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        outside = sorted(str(month) for month in self.excluded if month not in self.period)
        if outside:
            raise InvalidValueError(
                f"{', '.join(outside)} cannot be left out.",
                expected=f"A month in the period {self.period.label}.",
            )
        if not self.months_kept:
            raise InvalidValueError(
                "Every month of the period is left out.", expected="At least one month is kept."
            )
        if len(self.period) > _MOST_MONTHS:
            raise InvalidValueError(
                f"The period holds {len(self.period)} months.",
                expected=f"At most {_MOST_MONTHS}.",
            )

    @property
    def types_counted(self) -> tuple[str, ...]:
        """The types that make up violence; empty for all that the recorder gives."""
        if self.crime_types is not None:
            return self.crime_types
        return VIOLENCE_CRIME_TYPES if self.recorder is RecordingSource.POLICE else ()

    @property
    def months_kept(self) -> tuple[Month, ...]:
        """The months whose violence counts are used."""
        return tuple(month for month in self.period if month not in self.excluded)

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of the period."""
        return self.period.start.first_day, self.period.end.first_day - timedelta(days=1)

    @property
    def bootstrap(self) -> Draws:
        """How to draw."""
        return Draws(draws=self.draws, seed=self.seed)

    def as_parameters(self) -> dict[str, Any]:
        """The choices as plain values, to be stored with the run."""
        return {
            "from": str(self.period.start),
            "to": str(self.period.end),
            "excluded": sorted(str(month) for month in self.excluded),
            "seed": self.seed,
            "dose": self.unit.value,
            "draws": self.draws,
            "crime_types": list(self.types_counted),
            "recorder": self.recorder.value,
        }
