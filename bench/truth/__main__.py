"""Measure the truth of the figures: all of it into docs/methods.md, or some of it on screen."""

from __future__ import annotations

import argparse
import importlib
import logging
import warnings
from pathlib import Path

from bench.truth.findings import Finding, table

METHODS = Path(__file__).resolve().parents[2] / "docs" / "methods.md"
BEGIN, END = "<!-- truth: begin -->", "<!-- truth: end -->"
NAMES = ("equal_risk", "share_gaps", "planted", "months", "access", "disclosure")


def main() -> None:
    """Measure what is named, all by default; only all of it, in full, is written."""
    parser = argparse.ArgumentParser(prog="python -m bench.truth", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(NAMES)}")
    parser.add_argument("--worlds", type=int, help="how many worlds, fewer being quicker")
    chosen = parser.parse_args()
    if unknown := set(chosen.names) - set(NAMES):
        parser.error(f"no such measurement: {', '.join(sorted(unknown))}")
    logging.disable(logging.INFO)
    warnings.simplefilter("ignore")
    found = [line for name in chosen.names or NAMES for line in findings_of(name, chosen.worlds)]
    print(table(found))
    if not chosen.names and chosen.worlds is None:
        METHODS.write_text(written(METHODS.read_text(encoding="utf-8"), found), encoding="utf-8")


def findings_of(name: str, worlds: int | None) -> list[Finding]:
    """Measure one thing, in as many worlds as are asked for where it has any."""
    module = importlib.import_module(f"bench.truth.{name}")
    has_worlds = hasattr(module, "WORLDS") and worlds is not None
    findings: list[Finding] = module.measure(worlds) if has_worlds else module.measure()
    return findings


def written(page: str, found: list[Finding]) -> str:
    """Put the table between its marks on the page."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table(found)}\n{END}{after}"


if __name__ == "__main__":
    main()
