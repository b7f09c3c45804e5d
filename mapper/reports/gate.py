"""The rule of one gate: what one audience may see of the figures of one run."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from mapper.domain.area import AreaType
from mapper.domain.disclosure import Audience, Sensitivity, sees_true_counts
from mapper.reports.figures import Figure, Kind
from mapper.reports.published import Cell
from mapper.reports.suppression import Path, may_read_fewer, path_totals, withheld_paths
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
_DEPTHS = {AreaType.LAD: 1, AreaType.WARD: 2, AreaType.LSOA: 3}
"""The length of the paths of the levels whose totals nest; MSOAs and wards cross."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What may pass of the areas of one level.

    Parameters
    ----------
    audience : who is looking.
    sensitivity : of the violence counts.
    withheld : codes of areas whose count, and whatever could tell it, is withheld.
    hidden_text : what a withheld count reads: all alike, or the difference would tell the
        small ones from those withheld only to protect them.
    """

    audience: Audience
    sensitivity: Sensitivity
    withheld: frozenset[str]
    hidden_text: str

    @classmethod
    def open_to(cls, audience: Audience, sensitivity: Sensitivity) -> Self:
        """A gate that withholds nothing, for those who see every count as it is."""
        return cls(audience, sensitivity, frozenset(), WITHHELD)

    @classmethod
    def over(
        cls,
        lsoas: Mapping[str, Figures],
        level: AreaType,
        sensitivity: Sensitivity,
        audience: Audience,
    ) -> Self:
        """Decide from all small areas at once, so that no two tables can be subtracted.

        MSOAs cross wards, and only one of two layers that cross can be shown safely: their
        counts are withheld altogether.

        Parameters
        ----------
        lsoas : code to figures, with `count`, `ward_code`, `msoa_code` and `lad_code`.
        level : of the areas to be shown.
        """
        if sees_true_counts(sensitivity, audience):
            return cls.open_to(audience, sensitivity)
        if level not in _DEPTHS:
            codes = frozenset(str(row["msoa_code"]) for row in lsoas.values())
            return cls(audience, sensitivity, codes, WITHHELD)
        leaves: dict[Path, float] = {
            (str(row["lad_code"]), str(row["ward_code"]), code): float(row["count"])
            for code, row in lsoas.items()
        }
        paths, totals, length = withheld_paths(leaves), path_totals(leaves), _DEPTHS[level]
        codes = frozenset(path[-1] for path in paths if len(path) == length)
        is_safe = may_read_fewer(paths, totals, length) and not _are_in_parts(totals, length)
        return cls(audience, sensitivity, codes, FEWER if is_safe else WITHHELD)

    def cells(self, code: str, row: Figures, figures: tuple[Figure, ...]) -> tuple[Cell, ...]:
        """Publish the figures of one area."""
        return tuple(self._cell(code, row, figure) for figure in figures)

    def _cell(self, code: str, row: Figures, figure: Figure) -> Cell:
        if code in self.withheld and figure.tells_count:
            is_count = figure.kind is Kind.COUNT
            return Cell(None, self.hidden_text, is_withheld=True) if is_count else withheld_cell()
        if figure.is_drawn and not sees_true_counts(self.sensitivity, self.audience):
            return withheld_cell()
        value = code if figure.key == "area_code" else row.get(figure.key)
        if figure.kind is Kind.COUNT:
            return count_cell(value, self.sensitivity, self.audience)
        if figure.kind is Kind.PROVISION and value is not None and not row.get("activities"):
            return Cell(value, NO_ACTIVITY)
        return _plain_cell(figure, value)


def _are_in_parts(totals: Mapping[Path, float], length: int) -> bool:
    """Whether an area of a level lies in two areas of the level above."""
    codes = [path[-1] for path in totals if len(path) == length]
    return len(set(codes)) < len(codes)


def _plain_cell(figure: Figure, value: Any) -> Cell:  # noqa: ANN401  (a stored value)
    if figure.kind is Kind.RULE:
        return Cell(value or "", value or "no")
    if figure.kind is Kind.TEXT:
        return text_cell(value)
    if figure.kind is Kind.MONTH:
        return month_cell(value)
    if figure.kind is Kind.SINCE and value is None:
        return Cell(None, NO_ACTIVITY)
    if figure.kind is Kind.PERCENT:
        return number_cell(None if value is None else 100 * value, figure.decimals)
    return number_cell(value, figure.decimals)
