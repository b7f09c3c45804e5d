"""Organisations that are, or could be, active in violence reduction."""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from mapper.domain.contact import Contact
from mapper.domain.disclosure import Visibility
from mapper.domain.pipeline import Evaluation, PipelineStatus
from mapper.domain.place import Location
from mapper.domain.radius import require_radius
from mapper.domain.site import Site
from mapper.domain.vocabulary import Cohort, PreventionTier, Theme
from mapper.errors import InvalidValueError

_NAME_LENGTH = 300


class Sector(StrEnum):
    """The sector an organisation belongs to."""

    SPECIFIED_AUTHORITY = "specified authority"
    RELEVANT_AUTHORITY = "relevant authority"
    PUBLIC = "other public body"
    VCSE = "voluntary, community and social enterprise"
    FAITH = "faith"
    SPORT = "sport"
    EDUCATION = "education"
    BUSINESS = "business"
    UNKNOWN = "not known"


class OrganisationKind(StrEnum):
    """What an organisation is or runs, as far as that decides how it is treated and shown."""

    POLICE = "police"
    PROBATION = "probation"
    YOUTH_JUSTICE = "youth justice service"
    FIRE_AND_RESCUE = "fire and rescue"
    HEALTH = "health"
    LOCAL_AUTHORITY = "local authority"
    PRISON = "prison"
    SCHOOL = "school or college"
    LIBRARY = "library"
    CHARITY = "charity"
    COMMUNITY_GROUP = "community group"
    COMMUNITY_CENTRE = "community centre"
    YOUTH_CLUB = "youth club"
    FAITH_GROUP = "faith group"
    SPORTS_CLUB = "sports club"
    REFUGE = "refuge"
    BUSINESS = "business"
    OTHER = "other"


SHELTERED_KINDS = frozenset({OrganisationKind.REFUGE})
"""Kinds whose whereabouts could put somebody in danger."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number that a register gives to an organisation.

    Parameters
    ----------
    scheme : the register, by org-id.guide's code where it has one, such as ``GB-CHC``.
    value : the number in that register.
    """

    scheme: str
    value: str

    def __str__(self) -> str:
        return f"{self.scheme}-{self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """What a source or a form says of one organisation.

    Parameters
    ----------
    source_key : what names the organisation in its source, stable from one file to the next.
    name : as the source spells it, spaces tidied.
    also_known_as : other names it goes by.
    kind, sector : as far as known.
    location : where its main site is; empty when the source does not say.
    visibility : how exactly the site may be shown. A refuge is never shown more exactly
        than its local authority, whatever is asked for.
    further_sites : beside the main one.
    opening, accessibility, referral_route : in words, as the source has them; may be empty.
    funding : who pays, in words; may be empty.
    funding_ends_on : None where not known.
    evaluation : whether its work was evaluated.
    status : in the violence-reduction pipeline; None where the source does not say.
    verified_on : when the source says the entry was last confirmed; None where it does not.
    areas_served : GSS codes of areas it says it works in.
    served_radius_m : how far about its site it works, in metres; None where it does not say.
    is_active : False for a closed or removed organisation, which is kept but not counted.

    Raises
    ------
    InvalidValueError
        When the name is empty or over 300 characters, or the radius is none that anybody serves.
    """

    source_key: str
    name: str
    kind: OrganisationKind = OrganisationKind.OTHER
    sector: Sector = Sector.UNKNOWN
    location: Location = field(default_factory=Location)
    visibility: Visibility = Visibility.EXACT
    description: str = ""
    website: str = ""
    identifiers: tuple[Identifier, ...] = ()
    areas_served: tuple[str, ...] = ()
    served_radius_m: float | None = None
    themes: frozenset[Theme] = frozenset()
    cohorts: frozenset[Cohort] = frozenset()
    prevention_tiers: frozenset[PreventionTier] = frozenset()
    contacts: tuple[Contact, ...] = ()
    is_active: bool = True
    also_known_as: tuple[str, ...] = ()
    further_sites: tuple[Site, ...] = ()
    opening: str = ""
    accessibility: str = ""
    referral_route: str = ""
    funding: str = ""
    funding_ends_on: date | None = None
    evaluation: Evaluation = Evaluation.UNKNOWN
    status: PipelineStatus | None = None
    verified_on: date | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidValueError("The name is empty.", expected="Every organisation has a name.")
        if len(self.name) > _NAME_LENGTH:
            raise InvalidValueError(
                f"The name has {len(self.name)} characters.",
                expected=f"A name has at most {_NAME_LENGTH} characters.",
            )
        if self.served_radius_m is not None:
            require_radius(self.served_radius_m)
        object.__setattr__(self, "visibility", sheltered_visibility(self.kind, self.visibility))
        if self.further_sites and self.kind in SHELTERED_KINDS:
            object.__setattr__(
                self, "further_sites", tuple(map(self._sheltered, self.further_sites))
            )

    def _sheltered(self, site: Site) -> Site:
        return replace(site, visibility=sheltered_visibility(self.kind, site.visibility))


def sheltered_visibility(kind: OrganisationKind, wanted: Visibility) -> Visibility:
    """The visibility a site gets: the one asked for, but never exact for a sheltered kind."""
    is_exposed = wanted in {Visibility.EXACT, Visibility.WARD}
    return Visibility.AUTHORITY if kind in SHELTERED_KINDS and is_exposed else wanted
