"""Recorded violence, as counts: never as persons."""

from dataclasses import dataclass
from enum import StrEnum

from mapper.domain.period import Month


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
