"""Restricted counts should not be told, by sums or otherwise, by anything that is published.

On the ground of HIPS, few incidents are invented, from a restricted source. Everything shown to
an audience in every gap report is collected. Then

- a linear programme is given every count and total that is shown (rounded ones as the interval
  they may come from) and asked for the least and the most that each withheld count can be;
- all that is withheld is moved about, under the same totals, and everything is published
  again: when nothing at all differs, no other figure can tell anything either.
"""

from __future__ import annotations

import re
import tempfile
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import linprog

from bench.ground import activities, place
from bench.truth.findings import Finding
from bench.truth.worlds import SHIPPED, hips
from mapper.domain.area import AreaType
from mapper.domain.disclosure import ROUNDING_BASE, THRESHOLD, Audience, Sensitivity
from mapper.domain.period import Month, Period
from mapper.domain.source import Source, SourceKind
from mapper.domain.violence import ViolenceCount
from mapper.geography.postcode_directory import SHIPPED as POSTCODES
from mapper.ingest.reference import load_reference
from mapper.reports.authorities import authorities
from mapper.reports.choices import AnalysisChoices
from mapper.reports.export import to_json
from mapper.reports.gap_report import gap_report
from mapper.reports.publish import publish_area_table
from mapper.reports.publishing import publish_as
from mapper.reports.run import analyse
from mapper.reports.suppression import withheld_paths
from mapper.reports.wording import FEWER
from mapper.store.activities import save_activities
from mapper.store.runs import latest_run
from mapper.store.schema import upgrade
from mapper.store.session import open_store
from mapper.store.sources import add_source
from mapper.store.violence import save_violence

if TYPE_CHECKING:
    import numpy.typing as npt

    from mapper.reports.published import PublishedTable
    from mapper.store.session import Store

    Numbers = npt.NDArray[np.float64]

MONTH = Month(2025, 1)
MEAN, SPREAD = 12.0, 0.6
ACTIVITIES = 200
NOT_ANALYST = (Audience.PUBLIC, Audience.PARTNER)
UNBOUNDED = 3
SLACK = 1e-6
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.+]+")


def measure(most_asked: int | None = None, seed: int = 1) -> list[Finding]:
    """Attack everything that is published of one invented year.

    Parameters
    ----------
    most_asked : withheld cells to ask the programme for, of each audience; all when None.
    seed : of the counts and activities.
    """
    counts = invented(seed)
    other = moved(counts)
    first, second = published(counts, seed), published(other, seed)
    findings = []
    for audience in NOT_ANALYST:
        name = audience.label
        same = first[audience].text == second[audience].text
        widths, asked = attack(first[audience], most_asked)
        differing = sum(counts[code] != other[code] for code in counts)
        findings += [
            Finding(
                f"Narrowest interval of a withheld count ({name}; {asked:,} cells of 14 reports, "
                "linear programme)",
                f"at least {THRESHOLD} numbers",
                f"{widths:.0f} numbers",
                widths >= THRESHOLD,
            ),
            Finding(
                f"Everything published again with {differing:,} withheld counts changed ({name})",
                "nothing differs",
                "nothing differs" if same else "something differs",
                same,
            ),
        ]
    return findings


class Shown:
    """What one audience is shown: tables of counts by level, and all of it as text."""

    def __init__(self, audience: Audience) -> None:
        """Begin with nothing.

        A count that is rounded for the public may be up to half the base more or less.
        """
        self.half = ROUNDING_BASE // 2 if audience is Audience.PUBLIC else 0
        self.tables: dict[AreaType, dict[str, tuple[float | None, str]]] = defaultdict(dict)
        self.text = ""

    def add(self, level: AreaType, table: PublishedTable) -> None:
        """Keep the counts of a table and how they read."""
        for row in table.records():
            cell = row["violence_count"]
            value = None if cell.value is None else float(cell.value)
            self.tables[level][str(row["area_code"].value)] = (value, cell.text)
        self.text += MOMENT.sub("", to_json(table))


def invented(seed: int) -> dict[str, float]:
    """Invent few incidents for every small area."""
    generator = np.random.default_rng(seed)
    shape = 1 / SPREAD**2
    risk = MEAN * generator.gamma(shape, 1 / shape, len(hips()))
    return dict(zip(hips().index, generator.poisson(risk).astype(float), strict=True))


def moved(counts: dict[str, float]) -> dict[str, float]:
    """Give all that is withheld within each area that is shown to the last of its small areas."""
    areas = hips()
    paths = {
        (str(row.lad_code), str(row.ward_code), str(row.Index)): counts[str(row.Index)]
        for row in areas.itertuples()
    }
    withheld = withheld_paths(paths)
    pools = defaultdict(list)
    for path in paths:
        if path in withheld:
            around = next(path[:length] for length in (2, 1, 0) if path[:length] not in withheld)
            pools[around].append(path)
    other = dict(counts)
    for pool in pools.values():
        together = sum(paths[path] for path in pool)
        other |= {path[-1]: 0.0 for path in pool} | {max(pool)[-1]: together}
    return other


def published(counts: dict[str, float], seed: int) -> dict[Audience, Shown]:
    """Load counts as restricted, analyse, and collect all that each audience is shown."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/world.sqlite")
        upgrade(store)
        load_reference(store, SHIPPED)
        _load(store, counts, seed)
        run_id = analyse(store, AnalysisChoices(period=Period(MONTH, MONTH.plus(1)), draws=20))
        with store.writing() as session:
            publish_as(session, run_id, "", "")
        shown = {audience: _collected(store, audience) for audience in NOT_ANALYST}
        store.dispose()
    return shown


def _load(store: Store, counts: dict[str, float], seed: int) -> None:
    violence = Source(
        kind=SourceKind.VIOLENCE,
        name="invented",
        file_name="none",
        checksum="violence",
        sensitivity=Sensitivity.RESTRICTED,
    )
    register = Source(kind=SourceKind.ACTIVITIES, name="held", file_name="none", checksum="held")
    generator = np.random.default_rng(seed)
    postcodes = pd.read_parquet(POSTCODES)
    live = postcodes[~postcodes["is_terminated"]].sample(ACTIVITIES, random_state=seed)
    places = [place(row) for row in live.itertuples(index=False)]
    records = activities(places, generator)
    with store.writing() as session:
        rows = [
            ViolenceCount(month=MONTH, crime_type="Robbery", count=int(count), area_code=code)
            for code, count in counts.items()
            if count
        ]
        save_violence(session, add_source(session, violence), rows)
        save_activities(session, add_source(session, register), records)


def _collected(store: Store, audience: Audience) -> Shown:
    """Collect every gap report, and the tables of all authorities, areas and MSOAs."""
    shown = Shown(audience)
    with store.reading() as session:
        run = latest_run(session)
        shown.add(AreaType.LAD, authorities(session, audience))
        shown.add(AreaType.MSOA, publish_area_table(session, run, AreaType.MSOA, audience))
        for lad in sorted(hips()["lad_code"].unique()):
            report = gap_report(session, lad, audience)
            shown.add(AreaType.LSOA, report.areas.table)
            shown.add(AreaType.WARD, report.wards)
            rest = (report.summary, report.figures, report.network, report.explanations)
            shown.text += MOMENT.sub("", str(rest))
    return shown


def attack(shown: Shown, most_asked: int | None = None) -> tuple[float, int]:
    """Ask a linear programme what each withheld count can be.

    Parameters
    ----------
    shown : to one audience.
    most_asked : cells to ask for, evenly over all that are withheld; all when None.

    Returns
    -------
    How many whole numbers the narrowest interval holds, and how many cells were asked for.
    """
    above, limits, hidden = _constraints(shown)
    words = [shown.tables[AreaType.LSOA][code][1] for code in hips().index]
    bounds = [(0, THRESHOLD - 1) if said == FEWER else (0, None) for said in words]
    step = 1 if most_asked is None else max(len(hidden) // most_asked, 1)
    asked = hidden[::step]
    narrowest = np.inf
    for row in asked:
        ends = []
        for sign in (1, -1):
            solved = linprog(sign * row, A_ub=above, b_ub=limits, bounds=bounds, method="highs")
            ends.append(np.inf if solved.status == UNBOUNDED else sign * solved.fun)
        narrowest = min(narrowest, np.floor(ends[1] + SLACK) - np.ceil(ends[0] - SLACK) + 1)
    return float(narrowest), len(asked)


def _constraints(shown: Shown) -> tuple[sparse.csr_array, Numbers, list[Numbers]]:
    """Say what is known of sums of the small areas, and which sums are withheld."""
    areas = hips()
    known, limits, hidden = [], [], []
    for level, column in (
        (AreaType.LSOA, None),
        (AreaType.WARD, "ward_code"),
        (AreaType.LAD, "lad_code"),
    ):
        belongs = areas.index if column is None else areas[column]
        for code, (count, _) in shown.tables[level].items():
            row = np.asarray(belongs == code, dtype=float)
            if count is None:
                hidden.append(row)
                continue
            known += [row, -row]
            limits += [count + shown.half, shown.half - count]
    return sparse.csr_array(np.array(known)), np.array(limits), hidden
