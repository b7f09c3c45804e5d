"""Violence in the period against the one before, for the areas of one level."""

from dataclasses import dataclass

import pandas as pd

from mapper.analysis.trend import rate_ratio
from mapper.reports.further_inputs import FurtherInputs
from mapper.reports.inputs import RunInputs


@dataclass(frozen=True, slots=True)
class Compared:
    """Counts of the months compared, and of the months that they are compared with.

    Parameters
    ----------
    now, before : incidents by LSOA code; empty of incidents where no month can be compared.
    has_months : whether any month can be.
    """

    now: pd.Series
    before: pd.Series
    has_months: bool


def compared_counts(inputs: RunInputs, further: FurtherInputs) -> Compared:
    """Count the months of both periods that can be compared.

    Parameters
    ----------
    inputs : of the run.
    further : with the violence of the period before.
    """
    now, before = ({pair[side] for pair in further.months} for side in (0, 1))
    return Compared(
        _counts(inputs.violence, now, inputs.areas.index),
        _counts(further.before, before, inputs.areas.index),
        bool(further.months),
    )


def trends(compared: Compared, groups: pd.Series | None = None) -> pd.DataFrame:
    """Compare the periods, for LSOAs or for what they are rolled up to.

    Parameters
    ----------
    compared : counts by LSOA.
    groups : code of the larger area by LSOA code; None for the LSOAs themselves.

    Returns
    -------
    As `mapper.analysis.trend.rate_ratio`, with `count_compared` and `count_before`; all missing
    where no month can be compared.
    """
    now, before = compared.now, compared.before
    if groups is not None:
        now, before = (each.groupby(groups.reindex(each.index)).sum() for each in (now, before))
    table = rate_ratio(now, before).assign(count_compared=now, count_before=before)
    if not compared.has_months:
        table[["count_compared", "count_before"]] = float("nan")
    return table


def _counts(violence: pd.DataFrame, months: set[str], codes: pd.Index) -> pd.Series:
    rows = violence[violence["month"].isin(months)]
    return rows.groupby("area_code")["count"].sum().reindex(codes, fill_value=0).astype(float)
