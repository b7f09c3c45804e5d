"""Whether two records tell of one organisation, and how that is known."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mapper.domain.organisation import Identifier, OrganisationKind

MOST_CANDIDATES: Final = 3
"""Candidates that a person is asked to look at for any one record."""


class Verdict(StrEnum):
    """What was decided of a proposed match."""

    PROPOSED = "proposed"
    """Nobody has decided yet."""
    MERGED = "merged"
    """The two are one organisation."""
    KEPT_APART = "kept apart"
    """They are two, by what is known now: asked again when either record changes."""
    NEVER_AGAIN = "never again"
    """They are two: never to be asked again."""


class MatchField(StrEnum):
    """What two records can agree or differ on."""

    NAME = "name"
    POSTCODE = "postcode"
    IDENTIFIER = "identifier"
    WEBSITE = "website"
    EMAIL = "e-mail domain"
    PHONE = "phone"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one field says for or against a match.

    Parameters
    ----------
    field : compared.
    first, second : the values as the records give them.
    weight_bits : how far it speaks for one organisation (positive) or two (negative): one
        bit doubles the odds.
    """

    field: MatchField
    first: str
    second: str
    weight_bits: float


@dataclass(frozen=True, slots=True)
class Match:
    """Two records that may tell of one organisation.

    Parameters
    ----------
    first_id, second_id : of the records, the smaller first.
    score : 0 to 1, higher for likelier; a rank with thresholds and no true probability.
    evidence : field by field, the strongest first.
    is_certain : whether it may be merged without a person: its score is above the threshold,
        the two share a register's number, and nothing speaks against it.
    """

    first_id: int
    second_id: int
    score: float
    evidence: tuple[Evidence, ...]
    is_certain: bool = False

    @property
    def pair(self) -> tuple[int, int]:
        """The ids of the two records."""
        return (self.first_id, self.second_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchRecord:
    """What is known of one record that can tell whether another is of the same organisation.

    Parameters
    ----------
    id : of the record; 0 for one that is not kept yet.
    name : as its source spells it.
    group : the organisation it was merged into; its own id when it stands alone.
    source_name : of the file or form.
    kind : as far as known.
    shows_place : whether its site may be shown exactly.
    postcode : as written; may be empty.
    easting_m, northing_m : National Grid; None where not known.
    identifiers : numbers in registers.
    website : may be empty.
    emails, phones : of its contacts.
    """

    id: int
    name: str
    group: int = 0
    source_name: str = ""
    kind: OrganisationKind = OrganisationKind.OTHER
    shows_place: bool = True
    postcode: str = ""
    easting_m: float | None = None
    northing_m: float | None = None
    identifiers: tuple[Identifier, ...] = ()
    website: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
