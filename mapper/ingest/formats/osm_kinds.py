"""Which tags of OpenStreetMap mean which kind of organisation."""

from collections.abc import Mapping
from typing import Final

from mapper.domain.organisation import OrganisationKind, Sector

Kind = tuple[OrganisationKind, Sector]

_YOUTH_CLUB: Final = (OrganisationKind.YOUTH_CLUB, Sector.VCSE)
_SPORT: Final = (OrganisationKind.SPORTS_CLUB, Sector.SPORT)
_SCHOOL: Final = (OrganisationKind.SCHOOL, Sector.EDUCATION)
_FOOD_BANK: Final = (OrganisationKind.COMMUNITY_GROUP, Sector.VCSE)
_CENTRE: Final = (OrganisationKind.COMMUNITY_CENTRE, Sector.UNKNOWN)

# The first pair of tags that is met decides: what is narrower stands first.
KIND_TAGS: Final[tuple[tuple[str, frozenset[str], Kind], ...]] = (
    ("social_facility", frozenset({"food_bank", "soup_kitchen"}), _FOOD_BANK),
    ("amenity", frozenset({"food_bank"}), _FOOD_BANK),
    ("amenity", frozenset({"youth_centre"}), _YOUTH_CLUB),
    ("leisure", frozenset({"youth_centre"}), _YOUTH_CLUB),
    ("community_centre", frozenset({"youth_centre", "youth_club"}), _YOUTH_CLUB),
    ("club", frozenset({"youth", "scout", "scouts", "youth_movement"}), _YOUTH_CLUB),
    ("amenity", frozenset({"library"}), (OrganisationKind.LIBRARY, Sector.PUBLIC)),
    ("amenity", frozenset({"place_of_worship"}), (OrganisationKind.FAITH_GROUP, Sector.FAITH)),
    ("amenity", frozenset({"school", "college"}), _SCHOOL),
    ("amenity", frozenset({"community_centre", "social_centre", "community_hall"}), _CENTRE),
    ("leisure", frozenset({"sports_centre", "sports_hall"}), _SPORT),
    ("club", frozenset({"sport", "sports"}), _SPORT),
)
"""A key, its values, and the kind and sector they mean."""

_REFUGE: Final = (OrganisationKind.REFUGE, Sector.VCSE)
_SHELTERS: Final = frozenset({"shelter", "group_home", "assisted_living", "refuge"})
_SHELTERED: Final = frozenset({"woman", "women", "abused", "victim", "victims", "domestic_abuse"})
_YOUNG: Final = frozenset({"juvenile", "child", "youth", "child;juvenile", "juvenile;child"})


def kind_of(tags: Mapping[str, str]) -> Kind | None:
    """Give the kind and sector that tags mean, None where they mean none that is read.

    A shelter for women or for victims is a refuge, whatever else it is tagged as: it is the
    one kind that must never be missed.

    Parameters
    ----------
    tags : of a node, way or relation.
    """
    if _is_refuge(tags):
        return _REFUGE
    for key, values, kind in KIND_TAGS:
        if tags.get(key, "").strip().casefold() in values:
            is_for_young = tags.get("community_centre:for", "").casefold() in _YOUNG
            return _YOUTH_CLUB if kind is _CENTRE and is_for_young else kind
    return None


def _is_refuge(tags: Mapping[str, str]) -> bool:
    facility = tags.get("social_facility", "").casefold()
    for_whom = set(tags.get("social_facility:for", "").casefold().replace(" ", "").split(";"))
    return facility == "refuge" or (facility in _SHELTERS and bool(for_whom & _SHELTERED))
