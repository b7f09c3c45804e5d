"""The review queue of duplicates, and two records side by side: for analysts only."""

from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience
from mapper.domain.matching import Evidence, Match
from mapper.errors import NotAllowedError
from mapper.reports.provenance import register_provenance
from mapper.reports.published import Cell, Column, PublishedTable
from mapper.reports.wording import number_cell, text_cell
from mapper.store.matches import Proposal, get_proposal, review_queue
from mapper.store.merges import Merge, list_merges

_KINDS = ("organisations",)
_QUEUE = (
    Column("match_id", "Proposal", "Number of the proposal.", is_number=True),
    Column("first_id", "First", "Number of the organisation in mapper.", is_number=True),
    Column("first", "Organisation"),
    Column("second_id", "Second", "Number of the other organisation.", is_number=True),
    Column("second", "May be the same as"),
    Column("score", "Score", "0 to 1: the higher, the likelier; no probability.", is_number=True),
    Column("evidence", "What speaks for it"),
)
_SIDES = (
    Column("field", "Compared"),
    Column("first", "First record"),
    Column("second", "Second record"),
    Column("speaks", "Speaks for"),
    Column(
        "weight_bits",
        "Weight",
        "In bits: each doubles the odds of one organisation, or halves them.",
        is_number=True,
    ),
)
_MERGES = (
    Column("merge_id", "Merge", "Number to undo it by.", is_number=True),
    Column("kept", "Goes on"),
    Column("merged", "Became part of it"),
    Column("by", "Decided by"),
    Column("day", "On"),
)


def published_queue(
    session: Session, audience: Audience, *, most: int | None = None
) -> PublishedTable:
    """Publish what is left to decide, the likeliest first.

    Parameters
    ----------
    audience : must be analysts.
    most : how many; all when None.

    Raises
    ------
    NotAllowedError
        For any other audience.
    """
    _require_analyst(audience)
    rows = [_queue_cells(one) for one in review_queue(session, most=most)]
    return _table(session, "Organisations that may be in the directory twice", _QUEUE, rows)


def side_by_side(session: Session, match_id: int, audience: Audience) -> PublishedTable:
    """Publish what the two records of a proposal say, field by field, the weightiest first.

    Telephone numbers, e-mail addresses and hidden sites are not in it: only whether they agree.

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
    _require_analyst(audience)
    proposal = get_proposal(session, match_id)
    title = f"{proposal.first_name} and {proposal.second_name}"
    return _table(session, title, _SIDES, [_side_cells(e) for e in proposal.match.evidence])


def published_merges(session: Session, audience: Audience) -> PublishedTable:
    """Publish the merges that stand, the latest first.

    Parameters
    ----------
    audience : must be analysts.

    Raises
    ------
    NotAllowedError
        For any other audience.
    """
    _require_analyst(audience)
    rows = [_merge_cells(one) for one in list_merges(session)]
    return _table(session, "Organisations that were merged", _MERGES, rows)


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


def _require_analyst(audience: Audience) -> None:
    if audience is not Audience.ANALYST:
        raise NotAllowedError(
            f"The review of duplicates was asked for as {audience.label}.",
            expected="An analyst: the records stand in it as their sources give them.",
        )


def _reference(number: int) -> Cell:
    return Cell(number, str(number))


def _table(
    session: Session, title: str, columns: tuple[Column, ...], rows: list[tuple[Cell, ...]]
) -> PublishedTable:
    provenance = register_provenance(session, _KINDS)
    return PublishedTable(Audience.ANALYST, title, columns, tuple(rows), provenance)


def _queue_cells(proposal: Proposal) -> tuple[Cell, ...]:
    match = proposal.match
    return (
        _reference(proposal.id),
        _reference(match.first_id),
        text_cell(proposal.first_name),
        _reference(match.second_id),
        text_cell(proposal.second_name),
        number_cell(match.score, 3),
        text_cell(evidence_in_words(match)),
    )


def _side_cells(evidence: Evidence) -> tuple[Cell, ...]:
    return (
        text_cell(evidence.field.value),
        text_cell(evidence.first or "not stated"),
        text_cell(evidence.second or "not stated"),
        text_cell("one organisation" if evidence.weight_bits > 0 else "two"),
        number_cell(evidence.weight_bits, 1),
    )


def _merge_cells(merge: Merge) -> tuple[Cell, ...]:
    return (
        _reference(merge.id),
        text_cell(merge.kept_name),
        text_cell(merge.merged_name),
        text_cell("automatic" if merge.is_automatic else merge.merged_by or "not stated"),
        text_cell(f"{merge.merged_at:%d %B %Y}"),
    )
