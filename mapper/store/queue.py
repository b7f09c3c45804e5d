"""The order of the review queue: what waits, narrowed down, and what comes next."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mapper.domain.disclosure import Visibility
from mapper.domain.matching import Verdict
from mapper.store.models import OrganisationMatchRow, OrganisationRow, PlaceRow
from mapper.store.proposals import Pair, standing_pair
from mapper.store.survivors import standing_id, survivors


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueChoice:
    """Which part of the queue somebody works through.

    Parameters
    ----------
    lad_code : of the authority that one of the two has its site in; all when empty. A hidden
        site is in none.
    source_name : of the file or form that one of the two came in; all when empty.
    """

    lad_code: str = ""
    source_name: str = ""


def queue_ids(session: Session, choice: QueueChoice | None = None) -> list[int]:
    """List the numbers of the proposals that wait for a person, the likeliest first.

    Parameters
    ----------
    choice : the part wanted; all when None.
    """
    table = OrganisationMatchRow
    query = (
        select(table.id, table.first_id, table.second_id)
        .where(table.verdict == Verdict.PROPOSED)
        .order_by(table.score.desc(), table.id)
    )
    into = survivors(session)
    waiting: dict[Pair, int] = {}
    for number, first, second in session.execute(query):
        pair = standing_pair(first, second, into)
        if pair[0] != pair[1]:
            waiting.setdefault(pair, number)
    wanted = _chosen(session, choice or QueueChoice())
    return [
        number for pair, number in waiting.items() if wanted is None or not wanted.isdisjoint(pair)
    ]


def queue_sources(session: Session) -> list[str]:
    """List the names of the sources that organisations of the directory came in."""
    return sorted(session.scalars(select(OrganisationRow.source_name).distinct()))


def _chosen(session: Session, choice: QueueChoice) -> set[int] | None:
    """The organisations that a choice is about; None for all."""
    if not choice.lad_code and not choice.source_name:
        return None
    query = select(standing_id())
    if choice.source_name:
        query = query.where(OrganisationRow.source_name == choice.source_name)
    if choice.lad_code:
        query = query.join(PlaceRow, PlaceRow.id == OrganisationRow.place_id).where(
            PlaceRow.lad_code == choice.lad_code, OrganisationRow.visibility != Visibility.HIDDEN
        )
    return set(session.scalars(query))
