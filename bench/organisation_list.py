"""A long list of invented organisations, as a partnership might send one.

Three rows in a hundred have a fault.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from mapper.domain.area import HIPS_LADS
from mapper.domain.organisation import OrganisationKind, Sector
from mapper.domain.vocabulary import Cohort, Theme
from mapper.geography.crs import points_to_wgs84
from mapper.geography.postcode_directory import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEADINGS = (
    "Organisation", "Type", "Sector", "Web site", "What they do", "Topics", "Works with",
    "Areas covered", "Street address", "Post code", "Lat", "Long", "Registered charity number",
    "Contact person", "Job title", "E-mail address", "Telephone", "Consent given",
    "Date of consent", "May be shown to",
)  # fmt: skip
_BY_COORDINATES = 0.2
_AT_FAULT = 0.03
_WORDS = ("Harbour", "Solent", "Oak", "Beacon", "Forest", "Meridian", "Kestrel", "Tide", "Bridge",
          "Lantern", "Rowan", "Summit", "Compass", "Elm", "Haven", "Green")  # fmt: skip
_SORTS = ("Youth Club", "Community Centre", "Sports Club", "Trust", "Association", "Project")
_FAULTS: dict[str, Callable[[str], str]] = {
    "Organisation": lambda _: "",
    "Post code": lambda text: f"{text[:2]}Q",
    "Topics": lambda text: f"{text}; street lights",
    "Areas covered": lambda _: "Atlantis",
    "E-mail address": lambda _: "see website",
    "Date of consent": lambda _: "last spring",
    "Type": lambda _: "a nice one",
}


def write_list(path: Path, rows: int, seed: int) -> None:
    """Write a list as CSV.

    Parameters
    ----------
    path : the file.
    rows : under the headings.
    seed : of what is invented.
    """
    generator = np.random.default_rng(seed)
    postcodes = pd.read_parquet(SHIPPED)
    live = postcodes[~postcodes["is_terminated"]]
    at = live.iloc[generator.choice(len(live), rows)]
    longitudes, latitudes = points_to_wgs84(
        at["easting_m"].to_numpy(float) + generator.normal(0, 40, rows),
        at["northing_m"].to_numpy(float) + generator.normal(0, 40, rows),
    )
    is_point = generator.random(rows) < _BY_COORDINATES
    is_faulty = generator.random(rows) < _AT_FAULT
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for number, postcode in enumerate(at["postcode"]):
            where = (
                ("", f"{latitudes[number]:.6f}", f"{longitudes[number]:.6f}")
                if is_point[number]
                else (postcode, "", "")
            )
            row = _row(number, where, generator)
            writer.writerow(_spoilt(row, generator) if is_faulty[number] else row)


def _row(
    number: int, where: tuple[str, str, str], generator: np.random.Generator
) -> tuple[str, ...]:
    first, second, sort = (int(each) for each in generator.integers(0, 1 << 16, 3))
    name = f"{_one(_WORDS, first)} {_one(_WORDS, second)} {_one(_SORTS, sort)} {number}"
    site = f"{_one(_WORDS, first)}-{number}.example.org".lower()
    themes, cohorts = list(Theme), list(Cohort)
    has_contact, is_charity = first % 10 < 7, second % 2 == 0
    contact = (
        (f"Alex Person{number}", "Manager", f"hello@{site}", f"023 80{number:06d}", "Yes",
         f"{first % 28 + 1:02d}/{second % 12 + 1:02d}/2025", "Everyone")
        if has_contact
        else ("",) * 7
    )  # fmt: skip
    return (
        name, _one(_KINDS, sort), _one(list(Sector), second), f"https://{site}",
        f"We run sessions, trips and advice for people round {_one(_WORDS, second)}, number "
        f"{number} of its kind.",
        "; ".join({_one(themes, first), _one(themes, second)}),
        "; ".join({_one(cohorts, first), _one(cohorts, sort)}),
        _one(list(HIPS_LADS.values()), first), f"{number % 300 + 1} {_one(_WORDS, sort)} Road",
        *where, str(1_000_000 + number) if is_charity else "", *contact,
    )  # fmt: skip


_KINDS = [kind for kind in OrganisationKind if kind is not OrganisationKind.REFUGE]


def _one(choices: tuple[str, ...] | list[str], number: int) -> str:
    return str(choices[number % len(choices)])


def _spoilt(row: tuple[str, ...], generator: np.random.Generator) -> tuple[str, ...]:
    heading = list(_FAULTS)[int(generator.integers(len(_FAULTS)))]
    at = HEADINGS.index(heading)
    return (*row[:at], _FAULTS[heading](row[at]), *row[at + 1 :])
