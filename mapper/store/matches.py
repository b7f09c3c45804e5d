"""The review queue: pairs that may be one organisation, and what people decided of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from mapper.domain.matching import Evidence, Match, MatchField, Verdict
from mapper.errors import ChangedMeanwhileError, InvalidValueError, NotFoundError
from mapper.store.merges import merge, organisation_names_by_id, standing_of
from mapper.store.models import OrganisationMatchRow, OrganisationRow
from mapper.store.models.base import now
from mapper.store.proposals import Pair, active_ids, older, proposed_values, standing_pair
from mapper.store.queue import queue_ids
from mapper.store.survivors import survivors

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A pair in the review queue.

    Parameters
    ----------
    id : of the proposal.
    match : the two organisations that stand now, the score and the evidence it was found by.
    first_name, second_name : as they are called now.
    verdict : what was decided so far.
    found_at : when it was last found, UTC.
    decided_by, decided_at : empty and None until somebody decides.
    """

    id: int
    match: Match
    first_name: str
    second_name: str
    verdict: Verdict
    found_at: datetime
    decided_by: str
    decided_at: datetime | None

    @property
    def is_one(self) -> bool:
        """Whether the two were merged into one, by this proposal or another way."""
        return self.match.first_id == self.match.second_id

    @property
    def state(self) -> str:
        """A short text that differs as soon as anybody decides anything of the two."""
        decided = self.decided_at.isoformat() if self.decided_at else ""
        return f"{self.match.first_id} {self.match.second_id} {self.verdict} {decided}"


def review_queue(session: Session, *, most: int | None = None) -> list[Proposal]:
    """List what is left for a person to decide, the likeliest first.

    Parameters
    ----------
    most : how many; all when None.
    """
    return proposals(session, queue_ids(session)[:most])


def proposals(session: Session, ids: Sequence[int]) -> list[Proposal]:
    """Read some proposals, decided or not, in the order of their numbers as given.

    Parameters
    ----------
    ids : of proposals that are there.
    """
    rows = [
        row
        for at in range(0, len(ids), _AT_ONCE)
        for row in session.scalars(
            select(OrganisationMatchRow).where(OrganisationMatchRow.id.in_(ids[at : at + _AT_ONCE]))
        )
    ]
    into = survivors(session)
    pairs = {row.id: standing_pair(row.first_id, row.second_id, into) for row in rows}
    names = organisation_names_by_id(session, {one for pair in pairs.values() for one in pair})
    found = {row.id: _proposal(row, pairs[row.id], names) for row in rows}
    return [found[number] for number in ids]


def kept_apart(session: Session) -> list[Proposal]:
    """List the pairs that people decided to keep apart, the latest decision first."""
    query = (
        select(OrganisationMatchRow.id)
        .where(OrganisationMatchRow.verdict.in_([Verdict.KEPT_APART, Verdict.NEVER_AGAIN]))
        .order_by(OrganisationMatchRow.decided_at.desc(), OrganisationMatchRow.id.desc())
    )
    found = proposals(session, list(session.scalars(query)))
    return [one for one in found if not one.is_one]


def get_proposal(session: Session, match_id: int) -> Proposal:
    """Read one proposal, decided or not.

    Parameters
    ----------
    match_id : of the proposal.

    Raises
    ------
    NotFoundError
        When there is none of that number.
    """
    return proposals(session, [_row(session, match_id).id])[0]


def require_unchanged(session: Session, match_id: int, state: str) -> Proposal:
    """Read one proposal to decide of, and let nobody else do so until this is done.

    Parameters
    ----------
    match_id : of the proposal.
    state : of it, when whoever decides looked at it.

    Raises
    ------
    NotFoundError
        When there is none of that number.
    ChangedMeanwhileError
        When it was decided of since, here or by another way.
    """
    _row(session, match_id)
    session.get(OrganisationMatchRow, match_id, with_for_update=True, populate_existing=True)
    proposal = get_proposal(session, match_id)
    if proposal.state != state:
        raise ChangedMeanwhileError(
            f"Proposal {match_id} was decided of meanwhile.",
            expected="A proposal as it was looked at.",
            action="Look at it again.",
        )
    return proposal


def decide(
    session: Session, match_id: int, verdict: Verdict, *, by: str, keep_id: int | None = None
) -> int | None:
    """Decide of a proposal, and return the number of the merge if it is one.

    Parameters
    ----------
    match_id : of the proposal.
    verdict : merged, kept apart or never again.
    by : who decides.
    keep_id : of a merge: which of the two goes on; by default the one known longer.

    Raises
    ------
    NotFoundError
        When there is no such proposal.
    InvalidValueError
        When the two are one already, or the one to keep is neither of them.
    """
    row = _row(session, match_id)
    if verdict is not Verdict.MERGED:
        _decide(session, row, verdict, by)
        return None
    pair = standing_pair(row.first_id, row.second_id, survivors(session))
    kept = keep_id or older(pair, active_ids(session))
    if kept not in pair:
        raise InvalidValueError(
            f"Organisation {kept} is not of this pair.",
            expected=f"One of {pair[0]} and {pair[1]}.",
        )
    return merge(session, kept, pair[0] if kept == pair[1] else pair[1], by=by)


def keep_apart(session: Session, pair: Pair, verdict: Verdict, *, by: str) -> None:
    """Say of any two organisations that they are two.

    Parameters
    ----------
    pair : their ids, in either order.
    verdict : kept apart, or never again.
    by : who decides.

    Raises
    ------
    NotFoundError
        When there is no such organisation.
    InvalidValueError
        When the two are one: their merge has to be undone first.
    """
    first, second = sorted(standing_of(session, number) for number in pair)
    if first == second:
        raise InvalidValueError(
            f"Organisations {pair[0]} and {pair[1]} are one.",
            expected="Two that stand apart.",
            action="Undo their merge: `mapper duplicates undo ID`.",
        )
    row = _ofstanding_pair(session, (first, second))
    if row is None:
        row = OrganisationMatchRow(**proposed_values(Match(first, second, 0.0, ())))
        session.add(row)
        session.flush()
    _decide(session, row, verdict, by)


def _decide(session: Session, row: OrganisationMatchRow, verdict: Verdict, by: str) -> None:
    ids = (row.first_id, row.second_id)
    first, second = (session.get_one(OrganisationRow, number).digest for number in ids)
    row.verdict, row.decided_by, row.decided_at = verdict, by, now()
    row.digests = f"{first} {second}"
    session.flush()


def _ofstanding_pair(session: Session, pair: Pair) -> OrganisationMatchRow | None:
    return session.scalar(
        select(OrganisationMatchRow).where(
            OrganisationMatchRow.first_id == pair[0], OrganisationMatchRow.second_id == pair[1]
        )
    )


def _row(session: Session, match_id: int) -> OrganisationMatchRow:
    row = session.get(OrganisationMatchRow, match_id)
    if row is None:
        raise NotFoundError(
            f"There is no proposal {match_id}.",
            expected="The number of a proposal.",
            action="`mapper duplicates list` lists them; a new search renews them.",
        )
    return row


def _proposal(row: OrganisationMatchRow, pair: Pair, names: dict[int, str]) -> Proposal:
    evidence = tuple(
        Evidence(MatchField(each["field"]), each["first"], each["second"], each["weight_bits"])
        for each in row.evidence
    )
    return Proposal(
        id=row.id,
        match=Match(*pair, row.score, evidence, row.is_certain),
        first_name=names[pair[0]],
        second_name=names[pair[1]],
        verdict=Verdict(row.verdict),
        found_at=row.found_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )
