"""Usual residents: the denominators."""

from collections.abc import Sequence

from sqlalchemy import insert
from sqlalchemy.orm import Session

from mapper.domain.population import ResidentCount
from mapper.store.counts import SaveCounts
from mapper.store.models import PopulationSetRow, ResidentRow
from mapper.store.sources import replace_editions

AND_OVER = 999
"""Stands for "and over" where an age band has no upper end."""


def save_population(
    session: Session, source_id: int, residents: Sequence[ResidentCount], *, label: str, year: int
) -> SaveCounts:
    """Keep the residents of one source as a denominator.

    Parameters
    ----------
    source_id : of the source they come from.
    residents : at most one per area and age band; bands of one area do not overlap.
    label : the name that goes on every rate, such as ``Census 2021 usual residents``.
    year : of the figures.
    """
    session.add(PopulationSetRow(source_id=source_id, label=label, year=year))
    session.flush()
    rows = [
        {
            "source_id": source_id,
            "area_code": found.area_code,
            "age_from": found.age_from,
            "age_to": AND_OVER if found.age_to is None else found.age_to,
            "residents": found.residents,
        }
        for found in residents
    ]
    session.execute(insert(ResidentRow), rows)
    replace_editions(session, source_id)
    return SaveCounts(new=len(rows))
