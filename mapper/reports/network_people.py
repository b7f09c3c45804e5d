"""Which organisations of a run an audience may see in the network, and as what."""

import hashlib
from collections.abc import Collection
from datetime import UTC, datetime

import pandas as pd
from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience, Visibility
from mapper.domain.freshness import Freshness, freshness
from mapper.store.listings import organisation_descriptions, organisation_rows

_FEW = 500
"""So many are asked for by their numbers; of more, all are read and the rest passed over."""


def seen_organisations(
    session: Session, organisation_ids: Collection[int], audience: Audience
) -> pd.DataFrame:
    """Describe those organisations of a run that an audience may see.

    An entry that its contact took out is for nobody, one that was not confirmed in time is not
    for the public. The network is measured among these alone, as if the others were not there:
    were they measured and then left out, whoever counts the ties again could tell that somebody
    is missing.

    Parameters
    ----------
    organisation_ids : of the run.
    audience : who is looking.

    Returns
    -------
    Indexed by `organisation_id`, in order: `name`, `kind`, `sector`, `lad_code` (of the site;
    empty where it is not known, or hidden, or the organisation has closed).
    """
    return _seen(_all_described(session, organisation_ids), audience)


def seen_by_each(
    session: Session, organisation_ids: Collection[int]
) -> dict[Audience, pd.DataFrame]:
    """Describe what each audience may see, all read at once.

    Parameters
    ----------
    organisation_ids : of the run.

    Returns
    -------
    As `seen_organisations`, by audience.
    """
    described = _all_described(session, organisation_ids)
    return {audience: _seen(described, audience) for audience in Audience}


def _all_described(session: Session, organisation_ids: Collection[int]) -> pd.DataFrame:
    """Describe organisations as `seen_organisations`, whoever looks, with `confirmed_on`."""
    known = organisation_descriptions(session)
    few = organisation_ids if len(organisation_ids) <= _FEW else None
    active = organisation_rows(session, few)
    found = known[known.index.isin(list(organisation_ids))].sort_index()
    is_told = active["visibility"] != Visibility.HIDDEN
    authorities = active["lad_code"].where(is_told, "").reindex(found.index).fillna("")
    return found.assign(
        lad_code=authorities, confirmed_on=active["confirmed_on"].reindex(found.index)
    )


def _seen(described: pd.DataFrame, audience: Audience) -> pd.DataFrame:
    """Leave out whom an audience may not see; one that has closed is not said to have lapsed."""
    found = described.drop(columns="confirmed_on")
    if audience is not Audience.PUBLIC:
        return found
    today = datetime.now(UTC).date()
    days = described["confirmed_on"].dropna()
    is_lapsed = [freshness(day, today) is Freshness.LAPSED for day in days.tolist()]
    return found[~found.index.isin(days.index[is_lapsed])]


def digest_of(seen: pd.DataFrame) -> str:
    """Give a text that is the same only for the same organisations, described alike.

    Parameters
    ----------
    seen : as `seen_organisations`.
    """
    rows = seen[["sector", "lad_code"]].itertuples(name=None)
    return hashlib.sha256(repr(list(rows)).encode()).hexdigest()[:32]
