"""The English Indices of Deprivation, by small area."""

from dataclasses import dataclass
from enum import StrEnum


class Domain(StrEnum):
    """The index and the seven domains it is made from."""

    INDEX = "index of multiple deprivation"
    INCOME = "income"
    EMPLOYMENT = "employment"
    EDUCATION = "education, skills and training"
    HEALTH = "health deprivation and disability"
    CRIME = "crime"
    HOUSING = "barriers to housing and services"
    ENVIRONMENT = "living environment"


class DeprivationKind(StrEnum):
    """What a figure of an index or domain is."""

    RANK = "rank"
    """1 is the most deprived LSOA of England."""
    DECILE = "decile"
    """1 is the most deprived tenth of the LSOAs of England."""
    SCORE = "score"
    """The higher the more deprived."""
    INDICATOR = "indicator"
    """One of the figures that a domain is made from, in its own unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeprivationFigure:
    """One figure of one LSOA. Figures of two editions are never compared or mixed.

    Parameters
    ----------
    area_code : GSS code of the LSOA.
    edition : of the indices, such as 2019 or 2025.
    vintage : of the LSOAs, such as ``2011`` or ``2021``.
    measure : the index or domain, or the indicator as its heading words it.
    kind : what the figure is.
    value : never a stand-in for a blank: what is withheld or unknown has no figure.
    """

    area_code: str
    edition: int
    vintage: str
    measure: str
    kind: DeprivationKind
    value: float
