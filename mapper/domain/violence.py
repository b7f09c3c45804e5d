"""Recorded violence, as counts: never as persons."""

from dataclasses import dataclass
from enum import StrEnum

from mapper.domain.area import AreaType
from mapper.domain.period import Month, Period


class RecordingSource(StrEnum):
    """Who recorded it. Sources are kept apart and never added up."""

    POLICE = "police recorded"
    AMBULANCE = "ambulance"
    EMERGENCY_DEPARTMENT = "emergency department"
    SNA = "strategic needs assessment"


VIOLENCE_CRIME_TYPES = (
    "Violence and sexual offences",
    "Robbery",
    "Possession of weapons",
)
"""The police.uk crime types that make the default offence group, "violence"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViolenceCount:
    """Incidents of one type in one month at one published point of one area.

    Parameters
    ----------
    month : of the incidents.
    crime_type : as the publisher words it.
    count : incidents, at least 1.
    area_code : the area the publisher gives, of whatever vintage; empty when it gives none.
    area_name : the name the publisher gives; empty when it gives none.
    longitude, latitude : the publisher's anonymised point, not the true place; None when absent.
    """

    month: Month
    crime_type: str
    count: int
    area_code: str = ""
    area_name: str = ""
    longitude: float | None = None
    latitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaViolenceCount:
    """Incidents of one group in one area over some months, as a needs assessment gives them.

    Parameters
    ----------
    area_code : GSS code, of whatever vintage.
    area_name : as the areas loaded call it, otherwise as the publisher does; may be empty.
    level : of the area.
    lad_code : of the local authority that holds it.
    period : the months counted together.
    offence_group : as the publisher words it.
    count : incidents; None where the publisher withholds it: unknown, and never zero.
    vintage : of the area, where it is loaded; otherwise empty.
    """

    area_code: str
    area_name: str
    level: AreaType
    lad_code: str
    period: Period
    offence_group: str
    count: int | None
    vintage: str = ""
