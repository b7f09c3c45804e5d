"""Figures of the Indices of Deprivation: one edition and LSOA vintage at a time."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mapper.domain.deprivation import DeprivationFigure, DeprivationKind, Domain
from mapper.store.counts import SaveCounts
from mapper.store.models import DeprivationRow
from mapper.store.renewal import Row, Scope, renew_rows


@dataclass(frozen=True, slots=True)
class Deciles:
    """Deciles of the index of one edition.

    Parameters
    ----------
    edition : such as 2025.
    vintage : of the LSOAs.
    by_area : decile by LSOA code, 1 the most deprived tenth of England.
    source_ids : of what they come from.
    """

    edition: int
    vintage: str
    by_area: "pd.Series[float]"
    source_ids: frozenset[int]

    @property
    def label(self) -> str:
        """Edition and vintage in words."""
        return f"Indices of Deprivation {self.edition} (LSOA {self.vintage})"


def save_deprivation(
    session: Session, source_id: int, figures: Sequence[DeprivationFigure]
) -> SaveCounts:
    """Keep figures, over those of the same edition, vintage, area, measure and kind.

    Parameters
    ----------
    source_id : of the source they come from.
    figures : of one edition and vintage.
    """
    rows = [asdict(figure) | {"kind": figure.kind.value} for figure in figures]
    edition, vintage = figures[0].edition, figures[0].vintage
    areas = {figure.area_code for figure in figures}
    measures = {(figure.measure, figure.kind.value) for figure in figures}

    def is_answered(row: Row) -> bool:
        return row["area_code"] in areas and (row["measure"], row["kind"]) in measures

    within = (DeprivationRow.edition == edition, DeprivationRow.vintage == vintage)
    return renew_rows(session, DeprivationRow, source_id, rows, scope=Scope(within, is_answered))


def deprivation_deciles(session: Session, vintage: str) -> Deciles | None:
    """Read the deciles of the newest edition on one vintage of LSOAs.

    Parameters
    ----------
    vintage : of the LSOAs. Editions on another vintage are never used in its place.

    Returns
    -------
    None when no edition on this vintage is loaded.
    """
    is_decile = (
        DeprivationRow.vintage == vintage,
        DeprivationRow.measure == Domain.INDEX.value,
        DeprivationRow.kind == DeprivationKind.DECILE.value,
    )
    edition = session.scalar(select(func.max(DeprivationRow.edition)).where(*is_decile))
    if edition is None:
        return None
    query = select(DeprivationRow.area_code, DeprivationRow.value, DeprivationRow.source_id).where(
        *is_decile, DeprivationRow.edition == edition
    )
    rows = session.execute(query).all()
    by_area = pd.Series({code: value for code, value, _ in rows}, dtype=float)
    return Deciles(edition, vintage, by_area, frozenset(source for _, _, source in rows))
