"""August 2025 in the public police files should be flagged where it is wrong, and no other month.

Where it is wrong is told without looking at violence: in that month all other crime together
falls, in the file of an authority, to less than three quarters of its usual number.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from bench.truth.findings import Finding
from mapper.analysis.anomalies import anomalous_months
from mapper.domain.violence import VIOLENCE_CRIME_TYPES

POLICE = Path(__file__).resolve().parents[3] / "shared" / "data" / "real" / "police"
ODD = "2025-08"
FALLEN = 0.75
LEAST_CRIMES = 1_000
"""Fewer, in all months, are an authority of another force, of which the files hold the edge."""


def measure(police: Path = POLICE) -> list[Finding]:
    """Look for odd months of 2025 with the default rule.

    Parameters
    ----------
    police : the folder of the files of police.uk.
    """
    claim = "August 2025 of police.uk is flagged in every authority that it distorts"
    other = "Other months of 2025 flagged in any authority"
    files = sorted(police.glob("2025-*-hampshire-street.csv.gz"))
    if not files:
        return [Finding(claim, "all", "not measured: the shared public data is not here")]
    crimes = pd.concat(
        pd.read_csv(path, usecols=["LSOA code", "LSOA name", "Month", "Crime type"], dtype=str)
        for path in files
    ).set_axis(["month", "area_code", "area_name", "crime_type"], axis=1)
    crimes = crimes.dropna(subset="area_name")
    # The name of an LSOA is that of its authority, and a number with a letter.
    crimes["place"] = crimes["area_name"].str.rsplit(n=1).str[0]
    theirs = crimes.groupby("place")["area_code"].transform("size") > LEAST_CRIMES
    crimes = crimes[theirs]
    distorted = distorted_places(crimes)
    keys = ["area_code", "month", "crime_type"]
    violence = crimes[crimes["crime_type"].isin(VIOLENCE_CRIME_TYPES)]
    counts = violence.value_counts(keys).rename("count").reset_index()
    places = crimes.drop_duplicates("area_code").set_index("area_code")["place"]
    odd = anomalous_months(counts, places).query("is_anomalous")
    found = set(odd.loc[odd["month"] == ODD, "place"])
    others = odd[odd["month"] != ODD]
    return [
        Finding(
            claim,
            "all",
            f"{len(found & distorted)} of {len(distorted)}",
            distorted <= found and bool(distorted),
        ),
        Finding(
            "the same, in authorities that it does not distort",
            "none",
            f"{len(found - distorted)} of {crimes['place'].nunique() - len(distorted)}",
            not found - distorted,
        ),
        Finding(
            other,
            "none",
            f"{len(others)}" if len(others) else "none",
            others.empty,
        ),
    ]


def distorted_places(crimes: pd.DataFrame) -> set[str]:
    """Name the authorities whose crime other than violence falls away in the odd month."""
    rest = crimes[~crimes["crime_type"].isin(VIOLENCE_CRIME_TYPES)]
    by_month = pd.crosstab(rest["place"], rest["month"])
    usual = by_month.drop(columns=ODD).median(axis=1)
    return set(by_month.index[by_month[ODD] < FALLEN * usual])
