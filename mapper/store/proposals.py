"""Keeping what a search for duplicates found: merged at once, proposed, or left alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from mapper.domain.matching import Match, Verdict
from mapper.store.merges import merge_all, undone_pairs
from mapper.store.models import OrganisationMatchRow, OrganisationRow
from mapper.store.models.base import now
from mapper.store.survivors import survivors

Pair = tuple[int, int]

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class SearchCounts:
    """What became of the pairs that a search found.

    Parameters
    ----------
    merged : at once, being certain.
    proposed : in the review queue now.
    decided_before : left alone, because a person decided of them.
    """

    merged: int
    proposed: int
    decided_before: int


def keep_matches(
    session: Session, matches: Sequence[Match], *, by: str = "", merges_certain: bool = False
) -> SearchCounts:
    """Keep what a search of the whole directory found: the review queue is renewed by it.

    A pair that somebody decided never to be asked about is left out; one that was kept apart
    too, until either record has changed. A pair whose merge was undone is never merged again
    without a person.

    Parameters
    ----------
    matches : found, in any order.
    by : who searched.
    merges_certain : whether to merge the certain ones.
    """
    refused = _refused(session)
    merges = _certain_merges(session, matches, refused) if merges_certain else []
    merge_all(session, merges, by=by)
    into = survivors(session)
    refused = _by_standing(refused, into)
    found = _best_by_pair(matches, into)
    fresh = {pair: match for pair, match in found.items() if frozenset(pair) not in refused}
    _renew_queue(session, fresh)
    return SearchCounts(len(merges), len(fresh), len(found) - len(fresh))


def older(pair: Pair, active: set[int]) -> int:
    """Choose which of two goes on: an active one before a closed one, then the one known longer.

    Parameters
    ----------
    pair : ids.
    active : ids of the active organisations.
    """
    return min(pair, key=lambda number: (number not in active, number))


def active_ids(session: Session) -> set[int]:
    """Collect the ids of the active organisations, merged ones too."""
    return set(session.scalars(select(OrganisationRow.id).where(OrganisationRow.is_active)))


def standing_pair(first: int, second: int, into: Mapping[int, int]) -> Pair:
    """Give the ids of whoever stands for two organisations, the smaller first.

    Parameters
    ----------
    first, second : ids.
    into : as `survivors`.
    """
    one, other = sorted((into.get(first, first), into.get(second, second)))
    return one, other


def proposed_values(match: Match) -> dict[str, object]:
    """Write a match as the values of a row that nobody has decided of.

    Parameters
    ----------
    match : of two organisations that stand.
    """
    return {
        "first_id": match.first_id,
        "second_id": match.second_id,
        "score": match.score,
        "evidence": [asdict(each) for each in match.evidence],
        "is_certain": match.is_certain,
        "verdict": Verdict.PROPOSED,
        "found_at": now(),
        "decided_by": "",
        "decided_at": None,
        "digests": "",
    }


def _renew_queue(session: Session, fresh: Mapping[Pair, Match]) -> None:
    """Write the proposals; one that is there already keeps its number."""
    table = OrganisationMatchRow
    rows = session.execute(select(table.first_id, table.second_id, table.id, table.verdict)).all()
    known = {(first, second): number for first, second, number, _ in rows}
    stale = [
        number
        for *pair, number, verdict in rows
        if verdict == Verdict.PROPOSED and tuple(pair) not in fresh
    ]
    for at in range(0, len(stale), _AT_ONCE):
        session.execute(delete(table).where(table.id.in_(stale[at : at + _AT_ONCE])))
    values = [
        proposed_values(match) | {"first_id": pair[0], "second_id": pair[1]}
        for pair, match in fresh.items()
    ]
    new = [each for each in values if (each["first_id"], each["second_id"]) not in known]
    again = [
        each | {"id": known[each["first_id"], each["second_id"]]}  # type: ignore[index]  # the ids are whole numbers
        for each in values
        if (each["first_id"], each["second_id"]) in known
    ]
    if new:
        session.execute(insert(table), new)
    if again:
        session.execute(update(table), again)
    session.expire_all()


def _certain_merges(
    session: Session, matches: Iterable[Match], refused: set[frozenset[int]]
) -> list[Pair]:
    """Pairs to merge, (who goes on, who becomes part of it), each by who stands by then."""
    apart, active = refused | undone_pairs(session), active_ids(session)
    into = survivors(session)
    merges: list[Pair] = []
    for match in sorted((one for one in matches if one.is_certain), key=lambda one: -one.score):
        pair = standing_pair(*match.pair, into)
        if pair[0] == pair[1] or frozenset(pair) in _by_standing(apart, into):
            continue
        kept = older(pair, active)
        merged = pair[0] if kept == pair[1] else pair[1]
        merges.append((kept, merged))
        into = {number: kept if end == merged else end for number, end in into.items()}
        into[merged] = kept
    return merges


def _best_by_pair(matches: Iterable[Match], into: Mapping[int, int]) -> dict[Pair, Match]:
    """The likeliest match of each two organisations that stand."""
    found: dict[Pair, Match] = {}
    for match in sorted(matches, key=lambda one: -one.score):
        pair = standing_pair(*match.pair, into)
        if pair[0] != pair[1]:
            found.setdefault(pair, match)
    return found


def _refused(session: Session) -> set[frozenset[int]]:
    """Pairs that are not to be asked about."""
    digests = dict(session.execute(select(OrganisationRow.id, OrganisationRow.digest)).all())
    rows = session.scalars(
        select(OrganisationMatchRow).where(OrganisationMatchRow.verdict != Verdict.PROPOSED)
    )
    return {
        frozenset((row.first_id, row.second_id))
        for row in rows
        if row.verdict == Verdict.NEVER_AGAIN
        or row.digests == f"{digests[row.first_id]} {digests[row.second_id]}"
    }


def _by_standing(pairs: Iterable[frozenset[int]], into: Mapping[int, int]) -> set[frozenset[int]]:
    return {frozenset(into.get(number, number) for number in pair) for pair in pairs}
