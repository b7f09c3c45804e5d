"""What was claimed, what was found, and whether the one holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One line of the table.

    Parameters
    ----------
    claim : what should be so.
    target : in words; empty where there is none, and the figure is for comparison.
    found : what was measured, in words.
    is_met : whether the target is met; None without one, or when nothing could be measured.
    """

    claim: str
    target: str
    found: str
    is_met: bool | None = None


def table(findings: list[Finding]) -> str:
    """Write the lines as a table in Markdown."""
    words = {True: "yes", False: "**no**", None: ""}
    rows = [f"| {f.claim} | {f.target} | {f.found} | {words[f.is_met]} |" for f in findings]
    return "\n".join(["| claim | target | found | met |", "|---|---|---|---|", *rows])


def percent(share: float, decimals: int = 1) -> str:
    """Write a share as a percentage."""
    return f"{100 * share:.{decimals}f} %"
