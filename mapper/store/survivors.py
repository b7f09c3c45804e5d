"""Which organisation stands for each: itself, or the one it was merged into.

A merge moves no row. The row of a merged organisation stays as its source left it, with its
identifiers, contacts, activities and participations, so that loading the source again finds
it and an undone merge leaves no trace. Whoever reads asks here who stands for whom.
"""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import AliasedClass

from mapper.domain.organisation import OrganisationKind, Sector
from mapper.domain.pipeline import Evaluation, PipelineStatus
from mapper.store.models import OrganisationRow
from mapper.store.sheltered import strictest

_SAYS_NOTHING = (
    "",
    OrganisationKind.OTHER.value,
    Sector.UNKNOWN.value,
    Evaluation.UNKNOWN.value,
    PipelineStatus.IDENTIFIED.value,
)


def standing_id(
    row: type[OrganisationRow] | AliasedClass[OrganisationRow] = OrganisationRow,
) -> ColumnElement[int]:
    """Give the id of whoever stands for an organisation, as an SQL expression.

    Parameters
    ----------
    row : the table, or an alias of it.
    """
    return func.coalesce(row.merged_into_id, row.id)


def survivors(session: Session) -> dict[int, int]:
    """Map each merged organisation to the one that stands for it."""
    query = select(OrganisationRow.id, standing_id()).where(
        OrganisationRow.merged_into_id.is_not(None)
    )
    return dict(session.execute(query).all())


def members(session: Session, organisation_id: int) -> list[int]:
    """List the organisations that one stands for, itself first.

    Parameters
    ----------
    organisation_id : of one that is not merged.
    """
    query = select(OrganisationRow.id).where(OrganisationRow.merged_into_id == organisation_id)
    return [organisation_id, *sorted(session.scalars(query))]


def standing(session: Session, ids: "pd.Series[int]") -> "pd.Series[int]":
    """Put in the place of each id that of whoever stands for it.

    Parameters
    ----------
    ids : of organisations.
    """
    return ids.replace(survivors(session)) if len(ids) else ids


def strictest_of_merged(session: Session) -> dict[int, str]:
    """Map each organisation that others were merged into to the strictest visibility of all."""
    query = select(standing_id(), OrganisationRow.visibility).where(
        standing_id().in_(select(OrganisationRow.merged_into_id))
    )
    found: dict[int, list[str]] = {}
    for organisation_id, visibility in session.execute(query):
        found.setdefault(organisation_id, []).append(visibility)
    return {key: strictest(visibilities) for key, visibilities in found.items()}


def one_each(rows: pd.DataFrame, place: Sequence[str]) -> pd.DataFrame:
    """Make one row of the rows of merged organisations.

    What the one that stands does not say, another says for it; its place is that of the first
    that has one; its visibility is the strictest of all, so that a merge shows nobody more.

    Parameters
    ----------
    rows : indexed by the standing organisation, its own row before those of the others.
    place : columns that are of the place, the first of them missing where there is none.

    Returns
    -------
    One row an organisation, in the order of their first rows.
    """
    if rows.index.is_unique:
        return rows
    several = rows[rows.index.duplicated(keep=False)].astype(object)
    own = several[~several.index.duplicated()]
    told = several.mask(several.isin(_SAYS_NOTHING)).groupby(level=0, sort=False).first()
    placed = several[several[place[0]].notna()]
    placed = placed.loc[~placed.index.duplicated(), list(place)]
    merged = told.where(told.notna(), own)
    merged.loc[placed.index, list(place)] = placed
    merged["visibility"] = several.groupby(level=0)["visibility"].agg(strictest)
    each = rows[~rows.index.duplicated()].astype(object)
    each.loc[merged.index] = merged
    return each.astype(rows.dtypes)
