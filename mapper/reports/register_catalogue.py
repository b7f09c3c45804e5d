"""The register of activities, ready to be searched."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import pandas as pd
from sqlalchemy.orm import Session

from mapper.domain.activity import ActivityStatus, ActivityType
from mapper.domain.disclosure import Audience
from mapper.domain.vocabulary import Cohort, Theme
from mapper.reports.catalogue import Catalogue, Positions, folded_terms
from mapper.reports.facets import Facet, make_facet, term_labels, terms
from mapper.reports.places import Grounds, Shown, read_grounds, shown_places
from mapper.reports.published import PublishedTable
from mapper.reports.register import register_table
from mapper.store.areas import area_names
from mapper.store.listings import activity_rows
from mapper.store.text_search import Subject

_TERMS = ("lead", "partners", "type", "status", "theme", "cohort")
_QUARTERS: Final = ("January to March", "April to June", "July to September", "October to December")
_MOST_QUARTERS: Final = 80


def register_catalogue(session: Session, audience: Audience) -> Catalogue:
    """Read the register, the latest first, ready to be searched.

    An activity belongs to an authority when its venue is shown there or it serves an area of
    it, and to a quarter when any of its days does.

    Parameters
    ----------
    audience : who is looking.
    """
    frame = activity_rows(session)
    grounds = read_grounds(session)
    shown = shown_places(frame, grounds)
    records = frame.reset_index().to_dict("records")
    return Catalogue(
        audience=audience,
        subject=Subject.ACTIVITIES,
        ids=frame.index.tolist(),
        records=records,
        shown=shown,
        facets=_facets(session, frame, shown, grounds),
        terms=[
            folded_terms(*(row[name] for name in _TERMS), place.words)
            for row, place in zip(records, shown, strict=True)
        ],
        tells_description=[True] * len(frame),
        positions={number: position for position, number in enumerate(frame.index.tolist())},
    )


def listed_activities(
    session: Session, catalogue: Catalogue, positions: Positions
) -> PublishedTable:
    """Publish some activities of the register.

    Parameters
    ----------
    catalogue : of the register.
    positions : in it, of those wanted, in order.
    """
    rows = [(catalogue.records[at], catalogue.shown[at]) for at in positions]
    return register_table(session, rows, catalogue.audience)


def _facets(
    session: Session, frame: pd.DataFrame, shown: Sequence[Shown], grounds: Grounds
) -> tuple[Facet, ...]:
    quarters = [_quarters(*days) for days in zip(frame["starts_on"], frame["ends_on"], strict=True)]
    told = sorted({quarter for of_row in quarters for quarter in of_row}, reverse=True)
    labels = {quarter: f"{_QUARTERS[int(quarter[-1]) - 1]} {quarter[:4]}" for quarter in told}
    authorities = _authorities(session, frame, shown)
    return (
        make_facet(("theme", "Theme"), term_labels(Theme), terms(frame["theme"])),
        make_facet(("cohort", "For"), term_labels(Cohort), terms(frame["cohort"])),
        make_facet(("kind", "Kind"), term_labels(ActivityType), terms(frame["type"])),
        make_facet(("status", "Status"), term_labels(ActivityStatus), terms(frame["status"])),
        make_facet(("authority", "Local authority"), grounds.lad_labels, authorities),
        make_facet(("period", "Period"), labels, quarters),
    )


def _authorities(session: Session, frame: pd.DataFrame, shown: Sequence[Shown]) -> list[set[str]]:
    """The authorities of each activity: of its venue as far as it is shown, and of areas served."""
    names = area_names(session)
    lad_of: Mapping[Any, str] = dict(zip(names["area_code"], names["lad_code"], strict=True))
    found = []
    rows = zip(frame["lad_code"], frame["areas_served"], shown, strict=True)
    for lad_code, served, place in rows:
        codes = set(str(served).split("; ")) if served else set()
        own = {lad_code} if place.exactness else set()
        found.append(own | codes | {lad_of.get(code, "") for code in codes})
    return found


def _quarters(first: date, last: date) -> list[str]:
    """The quarters that some days fall in, such as ``2025-1``; those of 20 years at most."""
    start = first.year * 4 + (first.month - 1) // 3
    end = min(last.year * 4 + (last.month - 1) // 3, start + _MOST_QUARTERS - 1)
    return [f"{quarter // 4}-{quarter % 4 + 1}" for quarter in range(start, end + 1)]
