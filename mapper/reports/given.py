"""Everything that a run reads, at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience
from mapper.reports.choices import AnalysisChoices
from mapper.reports.further_inputs import FurtherInputs, read_further
from mapper.reports.inputs import RunInputs, read_inputs
from mapper.reports.network_people import seen_by_each
from mapper.reports.run_areas import Names, read_names


@dataclass(frozen=True, slots=True)
class Given:
    """What a run is made from.

    Parameters
    ----------
    inputs, further : frames.
    names : areas of the larger levels.
    seen : whom each audience may see, as `mapper.reports.network_people.seen_by_each`.
    """

    inputs: RunInputs
    further: FurtherInputs
    names: Names
    seen: Mapping[Audience, pd.DataFrame]

    @property
    def is_synthetic(self) -> bool:
        """Whether any source was invented."""
        return any(source.source.is_synthetic for source in self.inputs.sources)

    def as_stored(self) -> dict[str, Any]:
        """Vintages, denominators and sources as plain values, to be stored with the run."""
        stored = self.inputs.as_stored()
        return stored | self.further.as_stored(stored["violence_sensitivity"])


def read_given(session: Session, choices: AnalysisChoices) -> Given:
    """Read everything that a run needs.

    Parameters
    ----------
    session : for reading, of one moment.
    choices : of the run.

    Raises
    ------
    NotReadyError
        When areas, residents or violence are missing.
    ParametersError
        When months or types are chosen that are not loaded.
    """
    inputs = read_inputs(session, choices)
    further = read_further(session, inputs, choices)
    names = read_names(session, inputs.vintage)
    return Given(inputs, further, names, seen_by_each(session, inputs.organisations.index.tolist()))
