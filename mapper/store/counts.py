"""What saving did."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SaveCounts:
    """How many records were new, changed or as before.

    Parameters
    ----------
    new, changed, unchanged : records.
    unmatched_names : organisations that activities name and the directory did not hold; each
        was added to it by name alone.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    unmatched_names: tuple[str, ...] = ()

    @property
    def saved(self) -> int:
        """Records that were written."""
        return self.new + self.changed

    def __add__(self, other: "SaveCounts") -> "SaveCounts":
        """Count what two batches of one source did."""
        return SaveCounts(
            self.new + other.new,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.unmatched_names + other.unmatched_names,
        )
