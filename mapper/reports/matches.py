"""The review queue of duplicates, and two records side by side: for analysts only."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience
from mapper.domain.matching import Evidence, Match, MatchField
from mapper.reports.analysts import analysts_table, reference, require_analyst
from mapper.reports.published import Cell, Column, PublishedTable
from mapper.reports.wording import number_cell, text_cell
from mapper.store.involvement import shown_exactly
from mapper.store.matches import Proposal, get_proposal, proposals
from mapper.store.queue import queue_ids

_QUEUE = (
    Column("match_id", "Proposal", "Number of the proposal.", is_number=True),
    Column("first_id", "First", "Number of the organisation in mapper.", is_number=True),
    Column("first", "Organisation"),
    Column("second_id", "Second", "Number of the other organisation.", is_number=True),
    Column("second", "May be the same as"),
    Column("score", "Score", "0 to 1: the higher, the likelier; no probability.", is_number=True),
    Column("likeliness", "The evidence speaks"),
    Column("evidence", "What speaks for it"),
)
_SIDES = (
    Column("field", "Compared"),
    Column("first", "First record"),
    Column("second", "Second record"),
    Column("speaks", "Speaks"),
    Column(
        "weight_bits",
        "Weight",
        "In bits: each doubles the odds of one organisation, or halves them.",
        is_number=True,
    ),
)
_STRENGTHS = ((6.0, "strongly "), (2.0, ""), (0.0, "weakly "))
_SCORES = (
    (0.98, "very strongly for one organisation"),
    (0.5, "strongly for one organisation"),
    (0.05, "for one organisation"),
    (0.0, "weakly for one organisation"),
)


def published_queue(
    session: Session, audience: Audience, *, ids: Sequence[int] | None = None
) -> PublishedTable:
    """Publish what is left to decide, the likeliest first.

    Parameters
    ----------
    audience : must be analysts.
    ids : of the proposals wanted, in order; all that wait when None.

    Raises
    ------
    NotAllowedError
        For any other audience.
    """
    require_analyst(audience)
    wanted = queue_ids(session) if ids is None else ids
    rows = [_queue_cells(one) for one in proposals(session, wanted)]
    return analysts_table(session, "Organisations that may be in the directory twice", _QUEUE, rows)


def side_by_side(session: Session, match_id: int, audience: Audience) -> PublishedTable:
    """Publish what the two records of a proposal say, field by field, the weightiest first.

    Telephone numbers, e-mail addresses and hidden sites are not in it: only whether they agree.
    A postcode is not shown once the site may no longer be shown exactly, whenever it was found.

    Parameters
    ----------
    match_id : of the proposal.
    audience : must be analysts.

    Raises
    ------
    NotAllowedError
        For any other audience.
    NotFoundError
        When there is no such proposal.
    """
    require_analyst(audience)
    proposal = get_proposal(session, match_id)
    title = f"{proposal.first_name} and {proposal.second_name}"
    pair = set(proposal.match.pair)
    is_exact = shown_exactly(session, pair) == pair
    rows = [_side_cells(each, is_exact=is_exact) for each in proposal.match.evidence]
    return analysts_table(session, title, _SIDES, rows)


def evidence_in_words(match: Match) -> str:
    """Say what speaks for a match and what against it.

    Parameters
    ----------
    match : of two organisations.
    """
    sides = {
        "same": [each.field.value for each in match.evidence if each.weight_bits > 0],
        "differs": [each.field.value for each in match.evidence if each.weight_bits < 0],
    }
    return "; ".join(f"{word}: {', '.join(fields)}" for word, fields in sides.items() if fields)


def score_words(score: float) -> str:
    """Say how strongly everything together speaks for one organisation.

    Parameters
    ----------
    score : 0 to 1; it ranks, and is no probability.
    """
    return next(words for least, words in _SCORES if score >= least)


def weight_words(bits: float) -> str:
    """Say which way one field speaks, and how strongly.

    Parameters
    ----------
    bits : positive for one organisation, negative for two; each doubles the odds.
    """
    strength = next(words for least, words in _STRENGTHS if abs(bits) >= least)
    return f"{strength}for {'one organisation' if bits > 0 else 'two organisations'}"


def _queue_cells(proposal: Proposal) -> tuple[Cell, ...]:
    match = proposal.match
    return (
        reference(proposal.id),
        reference(match.first_id),
        text_cell(proposal.first_name),
        reference(match.second_id),
        text_cell(proposal.second_name),
        number_cell(match.score, 3),
        text_cell(score_words(match.score)),
        text_cell(evidence_in_words(match)),
    )


def _side_cells(evidence: Evidence, *, is_exact: bool) -> tuple[Cell, ...]:
    sides = (evidence.first, evidence.second)
    if evidence.field is MatchField.POSTCODE and not is_exact:
        sides = ("not shown", "not shown")
    return (
        text_cell(evidence.field.value),
        *(text_cell(side or "not stated") for side in sides),
        text_cell(weight_words(evidence.weight_bits)),
        number_cell(evidence.weight_bits, 1),
    )
