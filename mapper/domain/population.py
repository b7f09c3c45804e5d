"""Usual residents, by area."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentCount:
    """Residents of one area in one age band.

    Parameters
    ----------
    area_code : GSS code of an LSOA, of the source's vintage.
    age_from, age_to : ages in completed years, both included; `age_to` None for "and over".
        All ages together are 0 and None.
    residents : usual residents, never negative.
    """

    area_code: str
    age_from: int
    age_to: int | None
    residents: int
