"""Everything of one organisation that an audience may see."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience
from mapper.domain.freshness import Freshness, freshness
from mapper.errors import NotFoundError
from mapper.reports.organisation_facts import facts, is_exact
from mapper.reports.organisation_links import contacts_of, grants_of, ties_of
from mapper.reports.organisation_sites import sites_of
from mapper.reports.provenance import register_provenance
from mapper.reports.published import Provenance, PublishedTable
from mapper.reports.register import activities_of
from mapper.reports.wording import date_words
from mapper.store.involvement import involvement
from mapper.store.listings import organisation_descriptions, organisation_rows

_KINDS = ("organisations", "activities")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationProfile:
    """One organisation, for one audience.

    Parameters
    ----------
    organisation_id : its number.
    name : as it is called.
    is_closed : whether it closed, or was removed from its source; then little else is told.
    is_sheltered : whether its site is not shown exactly, nor words that could tell where it is.
    confirmed : when the entry was last confirmed and by what, in words.
    stale : what to know of an entry that nobody confirmed for long; empty for a current one.
    parts : tables of one row, each with its title; a cell without value is not stated.
    sites : where it is, the main site first.
    contacts : people who agreed to be shown to the audience.
    activities : that it leads or takes part in, the latest first.
    ties : whom it works with in the latest run, the most first.
    grants : that it was given or gave, the latest first.
    provenance : its own sources.
    """

    organisation_id: int
    name: str
    is_closed: bool
    is_sheltered: bool
    confirmed: str
    stale: str
    parts: tuple[PublishedTable, ...]
    sites: PublishedTable | None
    contacts: PublishedTable | None
    activities: PublishedTable
    ties: PublishedTable
    grants: PublishedTable
    provenance: Provenance


def organisation_profile(
    session: Session, organisation_id: int, audience: Audience, today: date
) -> OrganisationProfile:
    """Publish one organisation.

    Parameters
    ----------
    organisation_id : of one that is not merged into another.
    audience : who is looking. An entry that was not confirmed in time is not for the public.
    today : by which it is said how fresh the entry is.

    Raises
    ------
    NotFoundError
        When there is no such organisation, or the audience may not see it.
    """
    rows = organisation_rows(session, [organisation_id])
    if rows.empty:
        return _closed(session, organisation_id, audience)
    row = rows.to_dict("records")[0]
    fresh = freshness(row["confirmed_on"], today)
    if audience is Audience.PUBLIC and fresh is Freshness.LAPSED:
        raise _not_here(organisation_id)
    involved = involvement(session, organisation_id)
    return OrganisationProfile(
        organisation_id=organisation_id,
        name=row["name"],
        is_closed=False,
        is_sheltered=not is_exact(row),
        confirmed=_confirmed(row),
        stale=_stale(row["confirmed_on"], fresh),
        parts=facts(session, row, audience, involved.identifiers),
        sites=sites_of(session, organisation_id, rows, audience),
        contacts=contacts_of(session, organisation_id, audience),
        activities=activities_of(session, organisation_id, audience),
        ties=ties_of(session, organisation_id, audience),
        grants=grants_of(session, organisation_id, audience, is_told=is_exact(row)),
        provenance=_own_provenance(session, {source for _, source in involved.records}),
    )


def lapsed_organisations(session: Session, today: date) -> frozenset[int]:
    """Collect the organisations whose page is not for the public: not confirmed in time.

    Parameters
    ----------
    today : by which it is said how fresh an entry is.
    """
    days = organisation_rows(session)["confirmed_on"].items()
    return frozenset(
        int(str(number)) for number, day in days if freshness(day, today) is Freshness.LAPSED
    )


def status_words(session: Session, organisation_id: int, audience: Audience) -> str:
    """Say where an organisation stands in the pipeline; empty for the public and a closed one.

    Parameters
    ----------
    organisation_id : of one that is not merged into another.
    audience : who is looking.
    """
    rows = organisation_rows(session, [organisation_id])
    is_told = audience is not Audience.PUBLIC and not rows.empty
    return str(rows["status"].iloc[0]) if is_told else ""


def _closed(session: Session, organisation_id: int, audience: Audience) -> OrganisationProfile:
    """Tell of a closed organisation what the network and the register tell: its name and ties."""
    known = organisation_descriptions(session)
    if organisation_id not in known.index:
        raise _not_here(organisation_id)
    involved = involvement(session, organisation_id)
    return OrganisationProfile(
        organisation_id=organisation_id,
        name=str(known.loc[organisation_id, "name"]),
        is_closed=True,
        is_sheltered=False,
        confirmed="",
        stale="",
        parts=(),
        sites=None,
        contacts=None,
        activities=activities_of(session, organisation_id, audience),
        ties=ties_of(session, organisation_id, audience),
        grants=grants_of(session, organisation_id, audience, is_told=False),
        provenance=_own_provenance(session, {source for _, source in involved.records}),
    )


def _not_here(organisation_id: int) -> NotFoundError:
    return NotFoundError(
        f"There is no organisation {organisation_id} to be shown.",
        expected="The number of an organisation in the directory.",
        action="Look for it in the directory.",
    )


def _confirmed(row: Mapping[Any, Any]) -> str:
    day = date_words(row["confirmed_on"])
    if row["verified_on"] != row["confirmed_on"]:
        return f"Recorded on {day}, and not confirmed since."
    return f"Last confirmed on {day}, by {row['verified_how'] or 'somebody'}."


def _stale(confirmed_on: date, fresh: Freshness) -> str:
    if fresh is Freshness.CURRENT:
        return ""
    said = (
        f"Nobody has confirmed this entry for over 12 months, since {date_words(confirmed_on)}. "
        "Check with the organisation before you rely on it."
    )
    if fresh is Freshness.LAPSED:
        said += " It is no longer shown to the public, and no longer counts as provision."
    return said


def _own_provenance(session: Session, names: set[str]) -> Provenance:
    whole = register_provenance(session, _KINDS)
    return replace(whole, sources=tuple(one for one in whole.sources if one.name in names))
