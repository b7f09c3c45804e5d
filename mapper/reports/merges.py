"""What people decided of duplicates: merges, and pairs kept apart. For analysts only."""

from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience
from mapper.reports.analysts import analysts_table, reference, require_analyst
from mapper.reports.published import Cell, Column, PublishedTable
from mapper.reports.wording import moment_words, text_cell
from mapper.store.matches import Proposal, kept_apart
from mapper.store.merges import Merge, get_merge, list_merges

_MERGES = (
    Column("merge_id", "Merge", "Number to undo it by.", is_number=True),
    Column("kept", "Goes on"),
    Column("merged", "Became part of it"),
    Column("by", "Decided by"),
    Column("day", "On"),
)
_APART = (
    Column("match_id", "Proposal", "Number of the proposal.", is_number=True),
    Column("first", "Organisation"),
    Column("second", "Is not"),
    Column("verdict", "Decided"),
    Column("by", "Decided by"),
    Column("day", "On"),
)
_VERDICTS = {"kept apart": "Kept apart for now", "never again": "Never ask again"}


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
    require_analyst(audience)
    rows = [_merge_cells(one) for one in list_merges(session)]
    return analysts_table(session, "Organisations that were merged", _MERGES, rows)


def published_merge(session: Session, merge_id: int, audience: Audience) -> PublishedTable:
    """Publish one merge, undone or not: a table of one row.

    Parameters
    ----------
    merge_id : number of the merge.
    audience : must be analysts.

    Raises
    ------
    NotAllowedError
        For any other audience.
    NotFoundError
        When there is no merge of that number.
    """
    require_analyst(audience)
    rows = [_merge_cells(get_merge(session, merge_id))]
    return analysts_table(session, f"Merge {merge_id}", _MERGES, rows)


def published_apart(session: Session, audience: Audience) -> PublishedTable:
    """Publish the pairs that people decided to keep apart, the latest decision first.

    Parameters
    ----------
    audience : must be analysts.

    Raises
    ------
    NotAllowedError
        For any other audience.
    """
    require_analyst(audience)
    rows = [_apart_cells(one) for one in kept_apart(session)]
    return analysts_table(session, "Organisations kept apart", _APART, rows)


def _merge_cells(merge: Merge) -> tuple[Cell, ...]:
    return (
        reference(merge.id),
        text_cell(merge.kept_name),
        text_cell(merge.merged_name),
        text_cell("automatic" if merge.is_automatic else merge.merged_by or "not stated"),
        text_cell(moment_words(merge.merged_at)),
    )


def _apart_cells(proposal: Proposal) -> tuple[Cell, ...]:
    return (
        reference(proposal.id),
        text_cell(proposal.first_name),
        text_cell(proposal.second_name),
        text_cell(_VERDICTS[proposal.verdict]),
        text_cell(proposal.decided_by or "not stated"),
        text_cell(moment_words(proposal.decided_at) if proposal.decided_at else ""),
    )
