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
from mapper.reports.facets import Facet, make_facet, term_labels
from mapper.reports.places import Grounds, Shown, read_grounds, shown_places
from mapper.reports.published import PublishedTable
from mapper.reports.register import register_table
from mapper.reports.rows import Rows
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
    records = Rows(frame.reset_index())
    is_unnamed = frame["is_unnamed"].tolist()
    return Catalogue(
        audience=audience,
        subject=Subject.ACTIVITIES,
        ids=frame.index.tolist(),
        records=records,
        shown=shown,
        facets=_facets(session, frame, shown, grounds),
        terms=_terms(records, shown),
        tells_description=[True] * len(frame),
        positions={
            number: position
            for position, number in enumerate(frame.index.tolist())
            if not is_unnamed[position]
        },
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


def _terms(records: Rows, shown: Sequence[Shown]) -> list[str]:
    """The words of each activity that are searched here.

    Where a name was left out, the index of the store still has it: so it is not asked there,
    and the words that are told are searched instead.
    """
    found = folded_terms(records, _TERMS, shown)
    told = folded_terms(records, ("title", "description"), shown)
    for position, is_unnamed in enumerate(records.column("is_unnamed")):
        if is_unnamed:
            found[position] += told[position]
    return found


def _facets(
    session: Session, frame: pd.DataFrame, shown: Sequence[Shown], grounds: Grounds
) -> tuple[Facet, ...]:
    quarters = [_quarters(*days) for days in zip(frame["starts_on"], frame["ends_on"], strict=True)]
    told = sorted({quarter for joined in set(quarters) for quarter in joined.split("; ")})[::-1]
    labels = {quarter: f"{_QUARTERS[int(quarter[-1]) - 1]} {quarter[:4]}" for quarter in told}
    authorities = _authorities(session, frame, shown)
    return (
        make_facet(("theme", "Theme"), term_labels(Theme), frame["theme"]),
        make_facet(("cohort", "For"), term_labels(Cohort), frame["cohort"]),
        make_facet(("kind", "Kind"), term_labels(ActivityType), frame["type"]),
        make_facet(("status", "Status"), term_labels(ActivityStatus), frame["status"]),
        make_facet(("authority", "Local authority"), grounds.lad_labels, authorities),
        make_facet(("period", "Period"), labels, quarters),
    )


def _authorities(session: Session, frame: pd.DataFrame, shown: Sequence[Shown]) -> list[str]:
    """The authorities of each activity: of its venue as far as it is shown, and of areas served."""
    names = area_names(session)
    lad_of: Mapping[Any, str] = dict(zip(names["area_code"], names["lad_code"], strict=True))
    told = [
        code if place.exactness else ""
        for code, place in zip(frame["lad_code"].tolist(), shown, strict=True)
    ]
    pairs = list(zip(told, frame["areas_served"].tolist(), strict=True))
    joined = {pair: _joined_authorities(*pair, lad_of) for pair in set(pairs)}
    return [joined[pair] for pair in pairs]


def _joined_authorities(own: str, served: str, lad_of: Mapping[Any, str]) -> str:
    codes = set(served.split("; ")) if served else set()
    return "; ".join({own, *codes, *(lad_of.get(code, "") for code in codes)})


def _quarters(first: date, last: date) -> str:
    """The quarters that some days fall in, such as ``2025-1; 2025-2``, 20 years of them at most."""
    start = first.year * 4 + (first.month - 1) // 3
    end = min(last.year * 4 + (last.month - 1) // 3, start + _MOST_QUARTERS - 1)
    return "; ".join(f"{quarter // 4}-{quarter % 4 + 1}" for quarter in range(start, end + 1))
