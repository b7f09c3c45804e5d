"""The rule of one gate: what one audience may see of the figures of one run."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from mapper.domain.area import AreaType
from mapper.domain.disclosure import Audience, Sensitivity, is_withheld
from mapper.reports.columns import Figure, Kind
from mapper.reports.published import Cell
from mapper.reports.suppression import withheld_areas
from mapper.reports.wording import (
    FEWER,
    NO_ACTIVITY,
    WITHHELD,
    count_cell,
    month_cell,
    number_cell,
    text_cell,
    withheld_cell,
)

Figures = Mapping[str, Any]
_NESTING = {AreaType.LSOA: ("ward_code", "msoa_code", "lad_code")}


@dataclass(frozen=True, slots=True)
class Gate:
    """What may pass of the areas of one level.

    Parameters
    ----------
    audience : who is looking.
    sensitivity : of the violence counts.
    withheld : codes of areas whose count, and whatever could tell it, is withheld.
    hidden_text : what a withheld count reads. Where some are withheld only to protect others,
        all read alike, or the difference would give the small ones away.
    """

    audience: Audience
    sensitivity: Sensitivity
    withheld: frozenset[str]
    hidden_text: str

    @classmethod
    def over(
        cls,
        rows: Mapping[str, Figures],
        level: AreaType,
        sensitivity: Sensitivity,
        audience: Audience,
    ) -> Self:
        """Decide over all areas of a level at once, so that no two tables can be subtracted."""
        counts = {code: float(row["count"]) for code, row in rows.items()}
        keys = _NESTING.get(level, ("lad_code",))
        groups = [{code: str(row[key]) for code, row in rows.items()} for key in keys]
        groups.append(dict.fromkeys(rows, "HIPS"))
        withheld = withheld_areas(counts, groups, sensitivity, audience)
        are_all_small = all(is_withheld(counts[code], sensitivity, audience) for code in withheld)
        return cls(audience, sensitivity, withheld, FEWER if are_all_small else WITHHELD)

    def cells(self, code: str, row: Figures, figures: tuple[Figure, ...]) -> tuple[Cell, ...]:
        """Publish the figures of one area."""
        return tuple(self._cell(code, row, figure) for figure in figures)

    def _cell(self, code: str, row: Figures, figure: Figure) -> Cell:
        if code in self.withheld and figure.tells_count:
            is_count = figure.kind is Kind.COUNT
            return Cell(None, self.hidden_text, is_withheld=True) if is_count else withheld_cell()
        value = code if figure.key == "area_code" else row.get(figure.key)
        if figure.kind is Kind.COUNT:
            return count_cell(value, self.sensitivity, self.audience)
        if figure.kind is Kind.PROVISION and value is not None and not row.get("activities"):
            return Cell(value, NO_ACTIVITY)
        return _plain_cell(figure, value)


def _plain_cell(figure: Figure, value: Any) -> Cell:  # noqa: ANN401  (a stored value)
    if figure.kind is Kind.RULE:
        return Cell(value or "", value or "no")
    if figure.kind is Kind.TEXT:
        return text_cell(value)
    if figure.kind is Kind.MONTH:
        return month_cell(value)
    if figure.kind is Kind.PERCENT:
        return number_cell(None if value is None else 100 * value, figure.decimals)
    return number_cell(value, figure.decimals)
