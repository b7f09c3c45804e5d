"""What the groups of offences say of themes."""

import pytest

from mapper.analysis.themes import theme_of
from mapper.domain.vocabulary import Theme


@pytest.mark.parametrize(
    ("group", "theme"),
    [
        ("Possession of weapons", Theme.KNIFE_CRIME),
        ("Knife crime", Theme.KNIFE_CRIME),
        ("Domestic abuse", Theme.DOMESTIC_ABUSE),
        ("Night time economy violence", Theme.NIGHT_TIME_ECONOMY),
        ("Night-time economy", Theme.NIGHT_TIME_ECONOMY),
        ("County lines", Theme.EXPLOITATION),
        ("Serious youth violence", Theme.SERIOUS_YOUTH_VIOLENCE),
        ("Sexual offences", Theme.SEXUAL_VIOLENCE),
        ("Violence and sexual offences", None),
        ("Robbery", None),
    ],
)
def test_a_group_is_of_a_theme_only_where_it_says_so(group: str, theme: Theme | None) -> None:
    assert theme_of(group) is theme
