"""Whether enough sessions were held, or more of them would still bring new themes.

What was heard is given by whoever asks, and is for them alone: nothing of it is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mapper.analysis.sampling import Saturation, SaturationRule, saturation
from mapper.domain.counted import counted
from mapper.errors import InvalidValueError
from mapper.reports.wording import listed

MOST_SESSIONS = 500
_EACH_NAMED = 2
"""Sessions of a run up to which each is named."""
_NOTHING_NEW = frozenset({"none", "nothing", "-", "no themes"})


@dataclass(frozen=True, slots=True)
class RunOfSessions:
    """Sessions that are looked at together.

    Parameters
    ----------
    sessions : which, such as ``Sessions 5 and 6``.
    new_themes : first heard in them.
    percent : of the themes of the base set, one decimal.
    is_enough : whether that is at or below the threshold.
    """

    sessions: str
    new_themes: int
    percent: str
    is_enough: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """Whether more sessions would still bring new themes.

    Parameters
    ----------
    finding : in a sentence.
    sentences : how it was found.
    runs : of sessions, in order; empty where nothing can be said.
    """

    finding: str
    sentences: tuple[str, ...]
    runs: tuple[RunOfSessions, ...] = ()


def read_sessions(text: str) -> list[frozenset[str]]:
    """Read the themes heard in each session.

    Parameters
    ----------
    text : a line a session in the order they were held: its themes, with commas, semicolons or
        tabs between them; "none" where no theme was heard. Empty lines are passed over, and a
        name of the session, up to a colon, too. Case and spaces do not matter.

    Returns
    -------
    Themes by session.

    Raises
    ------
    InvalidValueError
        When there is no line, or there are more than 500.
    """
    lines = [line for line in text.splitlines() if line.strip(" \t,;")]
    if not lines:
        raise InvalidValueError(
            "There is no session.", expected="One line for each session, with its themes."
        )
    if len(lines) > MOST_SESSIONS:
        raise InvalidValueError(
            f"There are {len(lines):,} sessions.", expected=f"At most {MOST_SESSIONS}."
        )
    return [_themes(line) for line in lines]


def enough_heard(
    sessions: list[frozenset[str]], *, base: int = 4, run: int = 2, threshold_percent: float = 5.0
) -> Heard:
    """Say whether the latest sessions still brought new themes.

    Parameters
    ----------
    sessions : as `read_sessions`.
    base : sessions of the base set.
    run : sessions that are looked at together after it.
    threshold_percent : of the themes of the base set; as much new is nothing much.

    References
    ----------
    Guest, Namey and Chen (2020), as for `mapper.analysis.sampling.saturation`.
    """
    found = saturation(sessions, SaturationRule(base, run, threshold_percent / 100))
    if found is None:
        return Heard(_why_not(sessions, base, run), ())
    words = (
        f"The first {counted(base, 'session')} brought "
        f"{counted(found.base_themes, 'different theme')}. After that, {counted(run, 'session')} "
        f"at a time: once they bring no more than {threshold_percent:g} new themes for every 100 "
        "of the first sessions, nothing much new is heard.",
        "A theme is new when no earlier session brought it, whoever coded it. Two names for the "
        "same thing count as two themes.",
    )
    runs = tuple(
        RunOfSessions(
            _span(base + number, run),
            round(share * found.base_themes),
            f"{100 * share:.1f}",
            share <= threshold_percent / 100,
        )
        for number, share in enumerate(found.new_shares)
    )
    return Heard(_finding(found, run), words, runs)


def _themes(line: str) -> frozenset[str]:
    _, colon, after = line.partition(":")
    parts = re.split(r"[,;\t]", after if colon else line)
    themes = {" ".join(part.casefold().split()) for part in parts}
    return frozenset(themes - {""} - _NOTHING_NEW)


def _why_not(sessions: list[frozenset[str]], base: int, run: int) -> str:
    if len(sessions) < base + run:
        return (
            f"Cannot say yet: {counted(len(sessions), 'session was', 'sessions were')} given, and "
            f"at least {base + run} are needed."
        )
    return f"Cannot say: no theme was heard in the first {counted(base, 'session')}."


def _finding(found: Saturation, run: int) -> str:
    last = 100 * found.new_shares[-1]
    if found.saturated_at is None:
        return (
            f"Not yet: the last {counted(run, 'session')} of {found.sessions} still brought "
            f"{last:.1f} new themes for every 100 of the first sessions. Hold more."
        )
    return (
        f"Nothing much new was heard after {found.saturated_at} sessions. As "
        f"{counted(run, 'session')} more were needed to know it, this is written "
        f"{found.saturated_at}(+{run})."
    )


def _span(start: int, run: int) -> str:
    numbers = [str(number) for number in range(start + 1, start + run + 1)]
    if run == 1:
        return f"Session {numbers[0]}"
    return f"Sessions {listed(numbers) if run <= _EACH_NAMED else f'{numbers[0]} to {numbers[-1]}'}"
