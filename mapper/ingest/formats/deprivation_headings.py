"""Which column of a file of the Indices of Deprivation holds which figure."""

import re
from collections.abc import Sequence
from typing import Final

from mapper.domain.deprivation import DeprivationKind, Domain
from mapper.ingest.columns.ons_headings import ons_headings
from mapper.ingest.files.heading_spelling import plain_heading

Measure = tuple[str, DeprivationKind]

_FIGURE: Final = re.compile(r"(?P<what>.*?)(?P<kind>rank|decile|score)")
_DOMAINS: Final = {
    "imd": Domain.INDEX,
    "indexofmultipledeprivation": Domain.INDEX,
    "indexofmultipledeprivationimd": Domain.INDEX,
    "income": Domain.INCOME,
    "employment": Domain.EMPLOYMENT,
    "education": Domain.EDUCATION,
    "educationskillsandtraining": Domain.EDUCATION,
    "health": Domain.HEALTH,
    "healthdeprivationanddisability": Domain.HEALTH,
    "crime": Domain.CRIME,
    "housingandservices": Domain.HOUSING,
    "barrierstohousingandservices": Domain.HOUSING,
    "environment": Domain.ENVIRONMENT,
    "livingenvironment": Domain.ENVIRONMENT,
}
_INDICATOR_WORDS: Final = ("numerator", "indicator", "rateper", "ratio", "connectivityscore",
                           "broadband", "homelessnessrate")  # fmt: skip
_LONGEST: Final = 120


def deprivation_columns(headings: Sequence[str]) -> dict[int, Measure]:
    """Recognise the columns of figures: of the index and domains, else of indicators.

    Parameters
    ----------
    headings : as MHCLG words them, such as ``Income Rank (where 1 is most deprived)``, or
        shorter, such as ``IMD_decile``. Columns of sub-domains and denominators are not read.

    Returns
    -------
    Measure and kind by column, counted from 0; empty where no heading is one.
    """
    plain = {column: plain_heading(each) for column, each in enumerate(headings)}
    figures = {column: found for column, each in plain.items() if (found := _figure(each))}
    if figures:
        return figures
    about_areas = {each.column for each in ons_headings(headings)}
    return {
        column: (headings[column].strip().replace("_", " ")[:_LONGEST], DeprivationKind.INDICATOR)
        for column, each in plain.items()
        if column not in about_areas and any(word in each for word in _INDICATOR_WORDS)
    }


def _figure(plain: str) -> Measure | None:
    match = _FIGURE.fullmatch(plain)
    domain = _DOMAINS.get(match["what"]) if match else None
    return (domain.value, DeprivationKind(match["kind"])) if match and domain else None
