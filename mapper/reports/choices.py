"""What an analyst chooses for a run."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mapper.analysis.bootstrap import Draws
from mapper.analysis.dose import Dose
from mapper.domain.period import Month, Period
from mapper.domain.violence import VIOLENCE_CRIME_TYPES, RecordingSource
from mapper.errors import ParametersError

_MOST_MONTHS = 120
LARGEST_SEED = 2**32 - 1
FEWEST_DRAWS, MOST_DRAWS = 10, 10_000


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
    ParametersError
        When an excluded month is not in the period, none is left, the period is too long, or
        the seed or the number of draws is out of bounds.
    """

    period: Period
    excluded: frozenset[Month] = frozenset()
    seed: int = 1
    unit: Dose = Dose.SESSIONS
    draws: int = 1_000
    recorder: RecordingSource = RecordingSource.POLICE
    crime_types: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        faults = {name: fault for name, fault in self._faults() if fault}
        if faults:
            raise ParametersError(faults)

    def _faults(self) -> Iterator[tuple[str, str]]:
        """What is wrong with each parameter; empty where nothing is."""
        outside = sorted(str(month) for month in self.excluded if month not in self.period)
        if outside:
            yield (
                "excluded",
                f"{', '.join(outside)} cannot be left out. A month in the period "
                f"{self.period.label} was expected.",
            )
        elif not self.months_kept:
            yield (
                "excluded",
                "Every month of the period is left out, so that no violence is counted. Keep at "
                "least one month.",
            )
        if len(self.period) > _MOST_MONTHS:
            yield "to", f"The period holds {len(self.period)} months. At most {_MOST_MONTHS} may."
        if not 0 <= self.seed <= LARGEST_SEED:
            yield "seed", f"The seed is {self.seed}. It must be from 0 to {LARGEST_SEED}."
        if not FEWEST_DRAWS <= self.draws <= MOST_DRAWS:
            yield (
                "draws",
                f"The number of draws is {self.draws:,}. It must be from {FEWEST_DRAWS} to "
                f"{MOST_DRAWS:,}.",
            )

    @property
    def types_counted(self) -> tuple[str, ...]:
        """The types that make up violence; empty for all that the recorder gives."""
        return usual_types(self.recorder) if self.crime_types is None else self.crime_types

    @property
    def months_kept(self) -> tuple[Month, ...]:
        """The months whose violence counts are used."""
        return tuple(month for month in self.period if month not in self.excluded)

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


def usual_types(recorder: RecordingSource) -> tuple[str, ...]:
    """The types that make up violence unless others are chosen; empty for all of the recorder's.

    Parameters
    ----------
    recorder : whose counts are used.
    """
    return VIOLENCE_CRIME_TYPES if recorder is RecordingSource.POLICE else ()
