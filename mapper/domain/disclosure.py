"""Who may see what: audiences, sensitivities, visibilities and the rule for small counts."""

from enum import IntEnum, StrEnum

THRESHOLD = 5
"""The smallest count shown where a source is not open."""

ROUNDING_BASE = 5
"""Counts from sources that are not open are shown to the public as multiples of this."""


class Audience(IntEnum):
    """Who is looking, from the widest to the most trusted."""

    PUBLIC = 1
    PARTNER = 2
    ANALYST = 3

    @property
    def label(self) -> str:
        """The audience's name in lower case, as used on the command line."""
        return self.name.lower()


class Sensitivity(StrEnum):
    """How carefully a source's figures are to be treated."""

    OPEN = "open"
    PARTNER = "partner"
    RESTRICTED = "restricted"


class Visibility(StrEnum):
    """How exactly a site may be shown, to anybody, by any route."""

    EXACT = "exact"
    WARD = "ward"
    AUTHORITY = "authority"
    HIDDEN = "hidden"


def sees_true_counts(sensitivity: Sensitivity, audience: Audience) -> bool:
    """Tell whether an audience sees every count of a source as it is.

    Parameters
    ----------
    sensitivity : of the source.
    audience : who is looking.
    """
    return sensitivity is Sensitivity.OPEN or audience is Audience.ANALYST


def may_see(sensitivity: Sensitivity, audience: Audience) -> bool:
    """Tell whether an audience may see anything of a source that a needs assessment rests on.

    Parameters
    ----------
    sensitivity : of the source: open to all, to partners, or restricted to analysts.
    audience : who is looking.
    """
    return audience >= _LEAST_TRUSTED[sensitivity]


_LEAST_TRUSTED = {
    Sensitivity.OPEN: Audience.PUBLIC,
    Sensitivity.PARTNER: Audience.PARTNER,
    Sensitivity.RESTRICTED: Audience.ANALYST,
}


def is_withheld(count: float, sensitivity: Sensitivity, audience: Audience) -> bool:
    """Tell whether a count is too small to show.

    A count of 0 from a source that is not open is withheld too: "nobody" about a known
    group can say as much as "one".

    Parameters
    ----------
    count : persons or incidents, never negative.
    sensitivity : of the source the count comes from.
    audience : who is looking; an analyst sees true counts.
    """
    return not sees_true_counts(sensitivity, audience) and count < THRESHOLD


def rounded(count: float, sensitivity: Sensitivity, audience: Audience) -> int:
    """Round a count to the rounding base where the audience is the public and the source closed.

    Parameters
    ----------
    count : persons or incidents.
    sensitivity : of the source the count comes from.
    audience : who is looking.
    """
    if sensitivity is Sensitivity.OPEN or audience is not Audience.PUBLIC:
        return round(count)
    return ROUNDING_BASE * round(count / ROUNDING_BASE)
