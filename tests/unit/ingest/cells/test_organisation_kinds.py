"""What lists call kinds of organisation, and what is told where that is doubtful."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.domain.organisation import OrganisationKind
from mapper.errors import InvalidValueError
from mapper.ingest.cells.organisation_kinds import SURE, kind_meant


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Food bank", OrganisationKind.COMMUNITY_GROUP),
        ("foodbank", OrganisationKind.COMMUNITY_GROUP),
        ("Food Banks", OrganisationKind.COMMUNITY_GROUP),
        ("Sports", OrganisationKind.SPORTS_CLUB),
        ("Sports clubs", OrganisationKind.SPORTS_CLUB),
        ("Boxing club", OrganisationKind.SPORTS_CLUB),
        ("Youth Centre", OrganisationKind.YOUTH_CLUB),
        ("Scouts", OrganisationKind.YOUTH_CLUB),
        ("Village hall", OrganisationKind.COMMUNITY_CENTRE),
        ("Women\u2019s Refuge", OrganisationKind.REFUGE),
        ("YOT", OrganisationKind.YOUTH_JUSTICE),
        ("school", OrganisationKind.SCHOOL),
        ("other", OrganisationKind.OTHER),
    ],
)
def test_what_lists_call_a_kind_is_known(text: str, kind: OrganisationKind) -> None:
    found = kind_meant(text)

    assert (found.kind, found.doubt) == (kind, "")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("sport", OrganisationKind.SPORTS_CLUB),
        ("Club", OrganisationKind.COMMUNITY_GROUP),
        ("clubs", OrganisationKind.COMMUNITY_GROUP),
        ("VCSE", OrganisationKind.COMMUNITY_GROUP),
        ("Charity / youth club", OrganisationKind.CHARITY),
        ("Something else; sports", OrganisationKind.SPORTS_CLUB),
    ],
)
def test_what_may_be_several_kinds_is_taken_for_the_likeliest_and_told(
    text: str, kind: OrganisationKind
) -> None:
    found = kind_meant(text)

    assert found.kind is kind
    assert f"taken as {kind.value}" in found.doubt
    assert text in found.doubt


def test_a_refuge_among_several_kinds_is_never_missed() -> None:
    assert kind_meant("Charity; women's refuge").kind is OrganisationKind.REFUGE


@pytest.mark.parametrize("text", ["club of clubs", "???", "s", "sporting", "; ;"])
def test_a_word_for_no_kind_is_refused_with_the_kinds_there_are(text: str) -> None:
    with pytest.raises(InvalidValueError, match="One of: police, probation"):
        kind_meant(text)


@given(st.sampled_from([(kind, word) for kind, words in SURE.items() for word in words]))
def test_a_plural_and_capitals_mean_the_same(said: tuple[OrganisationKind, str]) -> None:
    kind, word = said

    assert kind_meant(word).kind is kind_meant(f"{word}s").kind is kind
    assert kind_meant(word.upper()).kind is kind
