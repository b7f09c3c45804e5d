"""What organisations are about and where they work, those that were merged together.

What stands in lists (themes, cohorts, tiers, areas served) is that of all the entries of one
organisation, unless a person has set the list by hand: then it is as it was set.
"""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from mapper.store.models import OrganisationAreaRow, OrganisationRow, OrganisationTagRow
from mapper.store.plain_rows import plain_rows
from mapper.store.survivors import standing_id

_FIELD_OF = {"theme": "themes", "cohort": "cohorts", "tier": "prevention_tiers"}
_AREAS = "areas_served"


def organisation_tags(session: Session) -> dict[str, dict[int, str]]:
    """Read the themes, cohorts and tiers of organisations.

    Returns
    -------
    Vocabulary (theme, cohort or tier) to the organisation that stands to its terms, each once,
    in order and joined by "; ". Who has none is not named.
    """
    table = OrganisationTagRow
    query = _owned(table, table.vocabulary, table.term)
    found: dict[str, dict[int, list[str]]] = {name: {} for name in _FIELD_OF}
    by_hand = _set_by_hand(session)
    for owner, number, vocabulary, term in plain_rows(session, query):
        if number == owner or (owner, _FIELD_OF[vocabulary]) not in by_hand:
            found[vocabulary].setdefault(owner, []).append(term)
    return {vocabulary: _joined(values) for vocabulary, values in found.items()}


def organisation_areas(session: Session) -> dict[int, str]:
    """Read the areas that organisations say they serve.

    Returns
    -------
    The organisation that stands to the GSS codes, each once, in order and joined by "; ". Who
    names none is not named.
    """
    table = OrganisationAreaRow
    found: dict[int, list[str]] = {}
    by_hand = _set_by_hand(session)
    for owner, number, code in plain_rows(session, _owned(table, table.area_code)):
        if number == owner or (owner, _AREAS) not in by_hand:
            found.setdefault(owner, []).append(code)
    return _joined(found)


def _owned(table: Any, *columns: Any) -> Select[Any]:  # noqa: ANN401  (any dependent table)
    query = select(standing_id(), OrganisationRow.id, *columns)
    return query.join(OrganisationRow, OrganisationRow.id == table.organisation_id)


def _joined(found: dict[int, list[str]]) -> dict[int, str]:
    return {owner: "; ".join(sorted(set(values))) for owner, values in found.items()}


def _set_by_hand(session: Session) -> set[tuple[int, str]]:
    """Collect the lists that were set by hand of organisations that others were merged into."""
    kept = select(OrganisationRow.merged_into_id).where(OrganisationRow.merged_into_id.is_not(None))
    query = select(OrganisationRow.id, OrganisationRow.hand_fields).where(
        OrganisationRow.id.in_(kept)
    )
    return {(owner, name) for owner, names in session.execute(query) for name in names}
