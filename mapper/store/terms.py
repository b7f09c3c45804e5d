"""What organisations are about and where they work, those that were merged together.

What stands in lists (themes, cohorts, tiers, areas served) is that of all the entries of one
organisation, unless a person has set the list by hand: then it is as it was set.
"""

from typing import Any

import pandas as pd
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from mapper.store.models import OrganisationAreaRow, OrganisationRow, OrganisationTagRow
from mapper.store.survivors import standing_id

_FIELD_OF = {"theme": "themes", "cohort": "cohorts", "tier": "prevention_tiers"}
_AREAS = "areas_served"


def organisation_tags(session: Session) -> pd.DataFrame:
    """Read the themes, cohorts and tiers of organisations.

    Returns
    -------
    `owner` (the organisation that stands), `vocabulary` (theme, cohort or tier) and `term`,
    each row once.
    """
    table = OrganisationTagRow
    rows = _rows(session, _owned(table, table.vocabulary, table.term), ["vocabulary", "term"])
    rows["field"] = rows["vocabulary"].map(_FIELD_OF)
    return _one_each(session, rows, ["owner", "vocabulary", "term"])


def organisation_areas(session: Session) -> pd.DataFrame:
    """Read the areas that organisations say they serve.

    Returns
    -------
    `owner` (the organisation that stands) and `value` (a GSS code), each row once.
    """
    table = OrganisationAreaRow
    rows = _rows(session, _owned(table, table.area_code), ["value"])
    rows["field"] = _AREAS
    return _one_each(session, rows, ["owner", "value"])


def _owned(table: Any, *columns: Any) -> Select[Any]:  # noqa: ANN401  (any dependent table)
    query = select(standing_id(), OrganisationRow.id, *columns)
    return query.join(OrganisationRow, OrganisationRow.id == table.organisation_id)


def _rows(session: Session, query: Select[Any], columns: list[str]) -> pd.DataFrame:
    rows = session.execute(query).all()
    return pd.DataFrame(rows, columns=["owner", "organisation_id", *columns])


def _one_each(session: Session, rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    by_hand = _set_by_hand(session)
    if by_hand:
        is_merged = rows["owner"] != rows["organisation_id"]
        pairs = zip(rows["owner"], rows["field"], strict=True)
        is_set = pd.Series([pair in by_hand for pair in pairs], rows.index, dtype=bool)
        rows = rows[~(is_merged & is_set)]
    return rows[columns].drop_duplicates(ignore_index=True)


def _set_by_hand(session: Session) -> set[tuple[int, str]]:
    """Collect the lists that were set by hand of organisations that others were merged into."""
    kept = select(OrganisationRow.merged_into_id).where(OrganisationRow.merged_into_id.is_not(None))
    query = select(OrganisationRow.id, OrganisationRow.hand_fields).where(
        OrganisationRow.id.in_(kept)
    )
    return {(owner, name) for owner, names in session.execute(query) for name in names}
