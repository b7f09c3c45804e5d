"""What is known of how long work goes on: tags, titles, what follows, and when money ends."""

from datetime import date

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from mapper.domain.activity import ActivityStatus
from mapper.store.areas import population_set
from mapper.store.models import (
    ActivityRow,
    ActivityTagRow,
    GrantRow,
    OrganisationRow,
    ResidentRow,
    SourceRow,
)
from mapper.store.population import AND_OVER
from mapper.store.survivors import standing_id


def tagged_activities(session: Session) -> pd.DataFrame:
    """Read the themes and cohorts of every activity.

    Returns
    -------
    Columns `activity_id`, `vocabulary` (theme or cohort), `term`.
    """
    columns = ("activity_id", "vocabulary", "term")
    query = select(*(getattr(ActivityTagRow, name) for name in columns)).order_by(
        ActivityTagRow.activity_id, ActivityTagRow.vocabulary, ActivityTagRow.term
    )
    return pd.DataFrame(session.execute(query).all(), columns=list(columns))


def activity_spans(session: Session) -> pd.DataFrame:
    """Read when every activity that is not cancelled begins and ends.

    Returns
    -------
    Indexed by `activity_id`: `title`, `organisation_id` (lead), `starts_on`, `ends_on`.
    """
    query = (
        select(
            ActivityRow.id,
            ActivityRow.title,
            standing_id(),
            ActivityRow.starts_on,
            ActivityRow.ends_on,
        )
        .join(OrganisationRow, OrganisationRow.id == ActivityRow.lead_id)
        .where(ActivityRow.status != ActivityStatus.CANCELLED)
        .order_by(ActivityRow.id)
    )
    columns = ["activity_id", "title", "organisation_id", "starts_on", "ends_on"]
    return pd.DataFrame(session.execute(query).all(), columns=columns).set_index("activity_id")


def funding_ends(session: Session) -> dict[int, date]:
    """Find the day on which an organisation's funding ends, the last where there are several.

    Returns
    -------
    Organisation id to the day, for those of which one is known: from its entry, and from the
    grants published.
    """
    own = select(standing_id(), OrganisationRow.funding_ends_on).where(
        OrganisationRow.funding_ends_on.is_not(None), OrganisationRow.is_active
    )
    grants = (
        select(standing_id(), GrantRow.ends_on)
        .join(OrganisationRow, OrganisationRow.id == GrantRow.recipient_id)
        .where(GrantRow.ends_on.is_not(None))
    )
    found: dict[int, date] = {}
    for query in (own, grants):
        for organisation_id, day in session.execute(query):
            if day is not None:
                found[organisation_id] = max(day, found.get(organisation_id, day))
    return found


def residents_by_age(session: Session, vintage: str) -> tuple[pd.DataFrame, str]:
    """Read the residents of each area by age band.

    Parameters
    ----------
    vintage : of the areas.

    Returns
    -------
    Columns `area_code`, `age_from`, `age_to` (NaN for "and over"), `residents`; and the
    sensitivity of their source, empty without one.
    """
    columns = ["area_code", "age_from", "age_to", "residents"]
    chosen = population_set(session, vintage)
    if chosen is None:
        return pd.DataFrame(columns=columns), ""
    query = select(*(getattr(ResidentRow, name) for name in columns)).where(
        ResidentRow.source_id == chosen.source_id
    )
    frame = pd.DataFrame(session.execute(query).all(), columns=columns)
    frame["age_to"] = frame["age_to"].astype(float).mask(frame["age_to"] == AND_OVER)
    return frame, str(session.get_one(SourceRow, chosen.source_id).sensitivity)


def planned_activities(session: Session, source_name: str) -> frozenset[int]:
    """Collect the numbers of the activities of a source, those called off left out."""
    query = select(ActivityRow.id).where(
        ActivityRow.source_name == source_name, ActivityRow.status != ActivityStatus.CANCELLED
    )
    return frozenset(session.scalars(query))
