"""Counts of people by age, sex and ethnicity: of many together, never of one."""

from dataclasses import dataclass
from enum import StrEnum

from mapper.domain.period import Period


class CohortMeasure(StrEnum):
    """Who is counted. Measures are compared with one another and never added up."""

    AFFECTED = "affected by violence"
    SUSPECTED = "suspected of violence"
    RESIDENTS = "residents"
    ENGAGED = "engaged"


class Sex(StrEnum):
    """As the source counts it."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other or not stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortCount:
    """People of one cohort over some months. What a source does not divide by is left open.

    Parameters
    ----------
    measure : who is counted.
    period : the months counted together.
    count : people; None where the publisher withholds it: unknown, and never zero.
    lad_code : of the local authority; empty for the whole area.
    age_from, age_to : ages in completed years, both included; `age_to` None for "and over".
        Both None where the source does not divide by age.
    sex : None where the source does not divide by it.
    ethnicity : as the publisher words it; empty where the source does not divide by it.
    """

    measure: CohortMeasure
    period: Period
    count: int | None
    lad_code: str = ""
    age_from: int | None = None
    age_to: int | None = None
    sex: Sex | None = None
    ethnicity: str = ""

    @property
    def dimensions(self) -> tuple[bool, bool, bool]:
        """Whether it is of one age band, one sex, one ethnicity."""
        return (self.age_from is not None, self.sex is not None, bool(self.ethnicity))
