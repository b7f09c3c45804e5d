"""How many people to ask, and whether asking more still brings anything new (Crest 5.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from mapper.analysis.proportions import normal_quantile
from mapper.analysis.requirements import amounts
from mapper.errors import MapperError

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Precision:
    """How exact an answer is wanted.

    Parameters
    ----------
    margin : half the width of the interval wanted, as a share: 0.05 is five points either way.
    level : confidence level, between 0 and 1.
    expected_share : of people who would say yes; 0.5, the most careful, when nothing is known.

    Raises
    ------
    MapperError
        When any of them is not between 0 and 1.
    """

    margin: float = 0.05
    level: float = 0.95
    expected_share: float = 0.5

    def __post_init__(self) -> None:
        for name, value in (
            ("margin", self.margin),
            ("level", self.level),
            ("expected share", self.expected_share),
        ):
            if not 0 < value < 1:
                raise MapperError(
                    f"The {name} is {value}.",
                    expected="Between 0 and 1, such as 0.05 for five percentage points.",
                    action="Change it.",
                )


def sample_sizes(people: pd.Series, precision: Precision | None = None) -> pd.DataFrame:
    """Work out how many of each cohort to ask, and how far that oversamples the small ones.

    The size is that of a simple random sample of each cohort alone (normal approximation, with
    the correction for a finite population), so that a figure can be given for every cohort and
    not only for all together. The oversampling factor is this size over what a proportionate
    sample of the same total would ask of the cohort: above 1, the cohort is asked more than its
    share, and answers have to be weighted back when cohorts are put together.

    It is the number of *answers* needed: ask more where some will not answer.

    Parameters
    ----------
    people : in each cohort, zero or more; index cohort.
    precision : wanted of each; five points either way, 19 times in 20, by default.

    Returns
    -------
    Frame by cohort: `people`, `sample_size` (whole people, rounded up, at most everybody),
    `proportionate_size` (of the same total, not rounded) and `oversampling_factor` (NaN for a
    cohort of nobody).

    Raises
    ------
    MapperError
        When a number of people is negative or missing.

    References
    ----------
    Cochran, W. G. (1977). Sampling Techniques, 3rd ed., sections 4.4 and 5.5.
    """
    chosen = precision or Precision()
    counts = amounts(people, "the people of the cohorts")
    z = normal_quantile(chosen.level)
    endless = z**2 * chosen.expected_share * (1 - chosen.expected_share) / chosen.margin**2
    some = np.maximum(counts, 1)
    # A hair less before rounding up, so that an exact number does not become the next.
    sizes = np.ceil(endless / (1 + (endless - 1) / some) - 1e-9)
    sizes = np.where(counts > 0, np.clip(sizes, 1, counts), 0)
    shares = counts / counts.sum() if counts.sum() else counts
    proportionate = sizes.sum() * shares
    factor = np.divide(sizes, proportionate, out=np.full(sizes.shape, np.nan), where=counts > 0)
    return pd.DataFrame(
        {
            "people": counts,
            "sample_size": sizes.astype(int),
            "proportionate_size": proportionate,
            "oversampling_factor": factor,
        },
        index=people.index,
    )


@dataclass(frozen=True, slots=True)
class SaturationRule:
    """When enough has been heard.

    Parameters
    ----------
    base : sessions that make the base set.
    run : sessions in a run, looked at together.
    threshold : the share of new themes over those of the base set at or below which nothing
        much new is heard.
    """

    base: int = 4
    run: int = 2
    threshold: float = 0.05


@dataclass(frozen=True, slots=True)
class Saturation:
    """Whether new sessions still bring new themes.

    Parameters
    ----------
    base_themes : different themes heard in the base set.
    new_shares : for each run, the themes first heard in it over `base_themes`; the first run
        follows the base set, each later one begins a session after the one before.
    saturated_at : the number of sessions after which the first run to bring no more than the
        threshold begins; None when none did.
    sessions : heard.
    """

    base_themes: int
    new_shares: tuple[float, ...]
    saturated_at: int | None
    sessions: int


def saturation(
    sessions: Sequence[frozenset[str]], rule: SaturationRule | None = None
) -> Saturation | None:
    """Tell whether the latest sessions still brought new themes.

    Saturation after seven sessions with a run of two is written 7(+2): the two that followed
    added nothing much, so that nine were held to know that seven would have done.

    Parameters
    ----------
    sessions : the themes coded in each, in the order in which they were held. A session in
        which no theme was coded counts as one that brought nothing new.
    rule : base set, run and threshold; 4, 2 and 5 % by default.

    Returns
    -------
    None when there are too few sessions for a base set and one run, or no theme was heard in
    the base set: then nothing can be said.

    References
    ----------
    Guest, G., Namey, E. and Chen, M. (2020). A simple method to assess and report thematic
    saturation in qualitative research. PLoS ONE 15(5), e0232076.
    """
    chosen = rule or SaturationRule()
    base = frozenset().union(*sessions[: chosen.base])
    if len(sessions) < chosen.base + chosen.run or not base:
        return None
    new_in = _new_themes(sessions)
    runs = range(chosen.base, len(sessions) - chosen.run + 1)
    shares = tuple(sum(new_in[start : start + chosen.run]) / len(base) for start in runs)
    ends = (start for start, share in zip(runs, shares, strict=True) if share <= chosen.threshold)
    return Saturation(len(base), shares, next(ends, None), len(sessions))


def _new_themes(sessions: Sequence[frozenset[str]]) -> list[int]:
    """Count the themes first heard in each session."""
    heard: frozenset[str] = frozenset()
    new = []
    for themes in sessions:
        new.append(len(themes - heard))
        heard |= themes
    return new
