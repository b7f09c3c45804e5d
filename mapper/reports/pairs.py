"""The whole records of two organisations that may be one, for analysts only.

A site is shown as exactly as it may be shown to anybody, and contacts are counted, not named:
who decides whether two are one needs neither the door of a refuge nor people who did not agree.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from mapper.domain.counted import counted
from mapper.domain.disclosure import Audience
from mapper.domain.matching import Verdict
from mapper.reports.analysts import analysts_table, require_analyst
from mapper.reports.matches import score_words, side_by_side
from mapper.reports.places import Shown, read_grounds, shown_places
from mapper.reports.published import Cell, Column, PublishedTable
from mapper.reports.wording import moment_words
from mapper.store.involvement import Involvement, involvement
from mapper.store.listings import organisation_rows
from mapper.store.matches import Proposal, get_proposal

_ROWS = (
    *("Name", "Kind", "Sector", "Where", "How exact", "Website", "Themes", "For", "Description"),
    *("Numbers in registers", "Activities", "Contacts", "Records", "Reference"),
)
_NOT_STATED = Cell(None, "not stated")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPair:
    """Two organisations that may be one.

    Parameters
    ----------
    match_id : number of the proposal.
    state : differs as soon as anybody decides anything of the two.
    ids, names : of the two; the same twice once they are one.
    likeliness : how strongly all speaks for one organisation, in words.
    decision : what was decided so far and by whom, in words; empty while nothing was.
    is_open : whether it waits for a decision.
    is_one : whether the two were merged.
    sides : what speaks for one and what for two, field by field.
    records : the whole records, field by field.
    """

    match_id: int
    state: str
    ids: tuple[int, int]
    names: tuple[str, str]
    likeliness: str
    decision: str
    is_open: bool
    is_one: bool
    sides: PublishedTable
    records: PublishedTable


def published_pair(session: Session, match_id: int, audience: Audience) -> PublishedPair:
    """Publish two organisations that may be one, side by side.

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
    return PublishedPair(
        match_id=match_id,
        state=proposal.state,
        ids=proposal.match.pair,
        names=(proposal.first_name, proposal.second_name),
        likeliness=score_words(proposal.match.score),
        decision=_decision(proposal),
        is_open=proposal.verdict is Verdict.PROPOSED and not proposal.is_one,
        is_one=proposal.is_one,
        sides=side_by_side(session, match_id, audience),
        records=_records(session, proposal),
    )


def _decision(proposal: Proposal) -> str:
    if proposal.is_one:
        return "They are one organisation now."
    if proposal.verdict is Verdict.PROPOSED or proposal.decided_at is None:
        return ""
    by = proposal.decided_by or "somebody"
    return f"{proposal.verdict.capitalize()}, by {by} on {moment_words(proposal.decided_at)}."


def _records(session: Session, proposal: Proposal) -> PublishedTable:
    ids = proposal.match.pair
    frame = organisation_rows(session, ids)
    shown = dict(zip(frame.index, shown_places(frame, read_grounds(session)), strict=True))
    rows = frame.to_dict("index")
    sides = [
        _cells(number, rows.get(number), shown.get(number), involvement(session, number))
        for number in ids
    ]
    columns = (
        Column("field", "Field"),
        Column("first", proposal.first_name),
        Column("second", proposal.second_name),
    )
    cells: list[tuple[Cell, ...]] = [
        (Cell(name, name), one, other)
        for name, one, other in zip(_ROWS, *sides, strict=True)
        if one.value or other.value
    ]
    return analysts_table(session, "The whole records", columns, cells)


def _cells(
    number: int,
    row: Mapping[Any, Any] | None,
    place: Shown | None,
    involved: Involvement,
) -> list[Cell]:
    told = row or {}
    texts = (
        involved.records[0][0] if row is None else told["name"],
        "closed, or removed from its source" if row is None else told["kind"],
        told.get("sector", ""),
        place.words if place else "",
        place.exactness if place else "",
        *(told.get(name, "") for name in ("website", "theme", "cohort", "description")),
        "; ".join(involved.identifiers),
        counted(involved.activities, "activity", "activities"),
        counted(involved.contacts, "person", "people"),
        "; ".join(f"{name} ({source})" for name, source in involved.records),
        str(number),
    )
    return [Cell(text, text) if text else _NOT_STATED for text in texts]
