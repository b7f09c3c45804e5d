"""What violence is about, as far as the groups it is counted in say so."""

from __future__ import annotations

import re

from mapper.domain.vocabulary import Theme

_WORDS: tuple[tuple[str, Theme], ...] = (
    (r"\b(knife|knives|blade|bladed|weapons?)\b", Theme.KNIFE_CRIME),
    (r"\bdomestic\b", Theme.DOMESTIC_ABUSE),
    (r"\bnight[- ]?time\b", Theme.NIGHT_TIME_ECONOMY),
    (r"\b(exploitation|county lines|modern slavery)\b", Theme.EXPLOITATION),
    (r"\byouth violence\b", Theme.SERIOUS_YOUTH_VIOLENCE),
    (r"^(serious )?sexual (offences|violence|assaults?)$|^rape\b", Theme.SEXUAL_VIOLENCE),
)


def theme_of(offence_group: str) -> Theme | None:
    """Tell the theme that a group of offences is about.

    Parameters
    ----------
    offence_group : as the publisher words it.

    Returns
    -------
    None where the group is of no single theme: "Violence and sexual offences" holds domestic
    abuse, sexual violence and much else, and says nothing of any of them.
    """
    words = offence_group.strip().lower()
    return next((theme for pattern, theme in _WORDS if re.search(pattern, words)), None)
