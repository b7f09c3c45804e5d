"""What was nearly meant."""

import pytest

from mapper.domain.organisation import OrganisationKind
from mapper.errors import InvalidValueError
from mapper.ingest.cells.near_words import meant, nearest
from mapper.ingest.cells.organisation_kinds import kind_meant

_WORDS = ("Portsmouth", "Havant", "Hart")


@pytest.mark.parametrize(
    ("text", "near"),
    [("Portsmuth", "Portsmouth"), ("HAVNAT", "Havant"), ("Winchester", ""), ("", ""), ("9", "")],
)
def test_the_nearest_word_is_found_whatever_its_case(text: str, near: str) -> None:
    assert nearest(text, _WORDS) == near


def test_nothing_is_asked_where_no_word_is_near() -> None:
    assert meant("Portsmuth", _WORDS) == "Did you mean 'Portsmouth'? "
    assert meant("Islington", _WORDS) == ""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Yuoth club", OrganisationKind.YOUTH_CLUB),
        ("faith grp", OrganisationKind.FAITH_GROUP),
        ("villige hall", OrganisationKind.COMMUNITY_CENTRE),
    ],
)
def test_a_kind_nearly_spelt_is_suggested_and_never_taken(
    text: str, kind: OrganisationKind
) -> None:
    with pytest.raises(InvalidValueError, match=f"Did you mean '{kind.value}'"):
        kind_meant(text)
