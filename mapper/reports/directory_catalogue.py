"""The directory of organisations, ready to be searched."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience, Visibility
from mapper.domain.freshness import Freshness, freshness
from mapper.domain.organisation import OrganisationKind, Sector
from mapper.domain.pipeline import PipelineStatus
from mapper.domain.vocabulary import Cohort, PreventionTier, Theme
from mapper.reports.catalogue import Catalogue, folded_terms
from mapper.reports.facets import Facet, make_facet, term_labels
from mapper.reports.freshness import freshness_words
from mapper.reports.places import Grounds, Shown, read_grounds, shown_places
from mapper.reports.rows import Rows
from mapper.store.listings import organisation_rows
from mapper.store.survivors import survivors
from mapper.store.text_search import Subject

_TERMS = ("also_known_as", "kind", "sector", "theme", "cohort", "website")


def directory_catalogue(session: Session, audience: Audience) -> Catalogue:
    """Read the directory in order of name, ready to be searched.

    Facets by area follow what may be shown: a hidden site is in no area, one shown by
    authority in no ward. An entry that was not confirmed in time is not in the public's.

    Parameters
    ----------
    audience : who is looking.
    """
    frame = _with_freshness(organisation_rows(session))
    if audience is Audience.PUBLIC:
        frame = frame[frame["freshness"] != Freshness.LAPSED]
    grounds = read_grounds(session)
    shown = shown_places(frame, grounds)
    records = Rows(frame)
    own = {number: position for position, number in enumerate(frame.index.tolist())}
    into = survivors(session)
    return Catalogue(
        audience=audience,
        subject=Subject.ORGANISATIONS,
        ids=frame.index.tolist(),
        records=records,
        shown=shown,
        facets=(*_facets(frame), *_area_facets(frame, shown, grounds), *_inner(frame, audience)),
        terms=folded_terms(records, _TERMS, shown),
        tells_description=(frame["visibility"] == Visibility.EXACT).tolist(),
        positions=own | {merged: own[kept] for merged, kept in into.items() if kept in own},
    )


def tells_description(row: Mapping[Any, Any]) -> bool:
    """Tell whether a description is published: one of a sheltered site may say where it is.

    Parameters
    ----------
    row : of an organisation.
    """
    return bool(row["visibility"] == Visibility.EXACT)


def _with_freshness(frame: pd.DataFrame) -> pd.DataFrame:
    today = datetime.now(UTC).date()
    days = frame["confirmed_on"].tolist()
    of_day = {day: (freshness(day, today).value, freshness_words(day, today)) for day in set(days)}
    return frame.assign(
        freshness=[of_day[day][0] for day in days], stale=[of_day[day][1] for day in days]
    )


def _facets(frame: pd.DataFrame) -> tuple[Facet, ...]:
    return (
        make_facet(("theme", "Theme"), term_labels(Theme), frame["theme"]),
        make_facet(("cohort", "For"), term_labels(Cohort), frame["cohort"]),
        make_facet(("kind", "Kind"), term_labels(OrganisationKind), frame["kind"]),
        make_facet(("sector", "Sector"), term_labels(Sector), frame["sector"]),
        make_facet(("tier", "Prevention"), term_labels(PreventionTier), frame["tier"]),
    )


def _area_facets(
    frame: pd.DataFrame, shown: Sequence[Shown], grounds: Grounds
) -> tuple[Facet, ...]:
    is_told = [bool(place.exactness) for place in shown]
    is_in_ward = [place.exactness in {"exact", "ward"} for place in shown]
    lads = [c if told else "" for c, told in zip(frame["lad_code"].tolist(), is_told, strict=True)]
    wards = [
        c if told else "" for c, told in zip(frame["ward_code"].tolist(), is_in_ward, strict=True)
    ]
    return (
        make_facet(("authority", "Local authority"), grounds.lad_labels, lads),
        make_facet(("ward", "Ward"), grounds.ward_labels, wards, "authority"),
    )


def _inner(frame: pd.DataFrame, audience: Audience) -> tuple[Facet, ...]:
    """What the partnership knows of its work with each: not for the public."""
    if audience is Audience.PUBLIC:
        return ()
    status, fresh = frame["status"], frame["freshness"]
    return (
        make_facet(("status", "Status with the partnership"), term_labels(PipelineStatus), status),
        make_facet(("freshness", "Confirmed"), term_labels(Freshness), fresh),
    )
