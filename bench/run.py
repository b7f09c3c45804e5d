"""Measure everything, and write bench/results.md.

Run with `make bench`, or `make bench ARGS="geocode pages"` for some, whose tables then stand in
the place of their former ones. Each module is measured
in a process of its own, so that its peak memory is its own; ratios compare two ways of doing
the same work in the same process. Modules that need the shared public data say so and are
passed over where it is not there.
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "bench" / "results.md"
REAL_DATA = ROOT.parent / "shared" / "data" / "real"

TITLES = {
    "geocode": "Geocode 1,000,000 postcodes (peer: a clean and merge with pandas)",
    "geolocate": "Give 200,000 records their place: postcodes, coordinates, a mixture with faults",
    "two_step_access": "E2SFCA, of HIPS and of England and Wales (peer: PySAL access)",
    "hot_spots": "Gi* and local Moran, 999 permutations (peer: PySAL esda)",
    "siting": "Ten of 300 venues for 1,194 areas, the best choice proved (peer: PySAL spopt)",
    "ingest": "`mapper ingest violence`, nine months of 2025 (peer: pandas, only reading and "
    "counting)",
    "organisations": "`mapper ingest organisations`, 50,000 and 200,000 rows (peer: pandas, "
    "read_csv and to_sql)",
    "analyse": "`mapper analyse` of HIPS: 1,231 LSOAs, 2,000 organisations, 5,000 activities",
    "nation": "`mapper analyse` of a country: up to 35,721 areas, 6,000,000 crimes, 200,000 "
    "organisations",
    "network": "Networks of 500, 5,000 and 20,000 organisations with ten partners each (peer: "
    "networkx)",
    "directory": "The directory's pages with 20,000 organisations (peer: SQLite, LIKE over the "
    "same rows)",
    "upload": "A workbook of 5,000 activities through the site, and other pages meanwhile",
    "pages": "Pages of the same run: server time and bytes sent, compressed",
}
NEEDS_REAL_DATA = {"ingest", "analyse", "pages"}
MEASURE = "import importlib, json, sys; m = importlib.import_module('bench.' + sys.argv[1]); "
MEASURE += "print('\\n' + json.dumps(m.measure()))"


def main(names: list[str]) -> None:
    """Measure the modules named, all by default, and write the page of results."""
    sections = former() | {name: section(name) for name in TITLES if not names or name in names}
    ordered = [sections[name] for name in TITLES if name in sections]
    RESULTS.write_text("\n".join([heading(), *ordered]), encoding="utf-8")
    print("\n".join(sections[name] for name in names or TITLES))


def former() -> dict[str, str]:
    """The sections there are already, by name."""
    _, *parts = RESULTS.read_text(encoding="utf-8").split("\n## ") if RESULTS.exists() else [""]
    return {part.partition("\n")[0]: f"## {part.rstrip()}\n" for part in parts}


def heading() -> str:
    """Say with what and on what kind of machine."""
    return (
        "# Figures\n\n"
        f"Written by `make bench`, with Python {platform.python_version()} on "
        f"{processor()}. Ratios are of two ways measured in one process; absolute figures are "
        "of this machine and of whatever else it was doing. A ratio above 1 means that mapper "
        "is the quicker. Each table: `make bench ARGS=name`.\n"
    )


def processor() -> str:
    """Name the class of machine: processors and memory."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    memory = Path("/proc/meminfo").read_text(encoding="utf-8").split()[1]
    return f"{len(models)} x {models[0]}, {int(memory) / 1024**2:.0f} GB"


def section(name: str) -> str:
    """Measure one module and make its table."""
    print(f"Measuring {name}", file=sys.stderr)
    title = f"## {name}\n\n{TITLES[name]}, on {datetime.now(UTC).date()}\n"
    if name in NEEDS_REAL_DATA and not REAL_DATA.is_dir():
        return f"{title}\nNot measured: the shared public data is not here.\n"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", MEASURE, name],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        return f"{title}\nNot measured: {done.stderr.strip().splitlines()[-1]}\n"
    figures: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    rows = [f"| {what} | {worded(figure)} |" for what, figure in figures.items()]
    return "\n".join([title, *chart(name), "| what | figure |", "|---|---:|", *rows, ""])


def chart(name: str) -> list[str]:
    """Show the chart that a module drew beside itself, if it did; its figures are in the table."""
    drawn = ROOT / "bench" / f"{name}.svg"
    if not drawn.exists():
        return []
    return [f"![The figures of the table below as a chart]({drawn.name})", ""]


def worded(figure: float) -> str:
    """Write a figure with three digits that count."""
    return f"{figure:,.0f}" if abs(figure) >= 100 else f"{figure:.3g}"


if __name__ == "__main__":
    main(sys.argv[1:])
