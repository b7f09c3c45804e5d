"""Where each organisation is drawn: computed once in a run, then stored."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import igraph
import numpy as np
import pandas as pd

from mapper.network.compact import Compact, compact

if TYPE_CHECKING:
    import networkx as nx
    import numpy.typing as npt

SEED = 1
ROUNDS, LEAST_ROUNDS = 300, 30
# A network of up to so many organisations is given all rounds, a larger one fewer: each costs more.
ALL_ROUNDS_UP_TO = 400
# Above so many organisations igraph's grid stands in for all pairs pushing each other apart.
GRID_ABOVE = 1_000


def layout(graph: nx.Graph[Any] | Compact, seed: int = SEED) -> pd.DataFrame:
    """Place the organisations so that those who work together stand close.

    Positions have no unit and no meaning but nearness. Isolates stand in rows below the rest,
    where they can be seen.

    Parameters
    ----------
    graph : undirected; `weight` on the edges pulls.
    seed : the same seed gives the same drawing, whatever the order of nodes and edges.

    Returns
    -------
    Frame by organisation_id, in order, with x and y from 0 to 1, y upwards.

    References
    ----------
    Fruchterman, T. M. J. and Reingold, E. M. (1991). Graph drawing by force-directed
    placement. Software: Practice and Experience 21, 1129-1164.
    """
    whole = compact(graph)
    number = len(whole.nodes)
    is_tied = np.array(whole.network.degree(), dtype=np.int64) > 0
    places = np.empty((number, 2))
    if is_tied.any():
        places[is_tied] = _unit_square(_forces(whole, is_tied, seed))
    places[~is_tied] = _rows(int((~is_tied).sum()), has_others=bool(is_tied.any()))
    return pd.DataFrame(_unit_square(places), columns=["x", "y"], index=whole.index)


def _forces(whole: Compact, is_tied: npt.NDArray[np.bool_], seed: int) -> npt.NDArray[np.float64]:
    """Let ties pull and nodes push, from a seeded start."""
    tied = whole.network.induced_subgraph(np.flatnonzero(is_tied).tolist())
    start = np.random.default_rng(seed).uniform(-1, 1, (tied.vcount(), 2))
    # igraph nudges nodes that coincide with its own random numbers; they are seeded as well.
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 - a drawing
    try:
        placed = tied.layout_fruchterman_reingold(
            weights=np.sqrt(whole.weights).tolist(),
            niter=max(
                LEAST_ROUNDS, ROUNDS * ALL_ROUNDS_UP_TO // max(tied.vcount(), ALL_ROUNDS_UP_TO)
            ),
            seed=start.tolist(),
            grid=tied.vcount() > GRID_ABOVE,
        )
    finally:
        igraph.set_random_number_generator(random)
    return np.array(placed.coords, dtype=np.float64).reshape(-1, 2)


def _rows(number: int, *, has_others: bool) -> npt.NDArray[np.float64]:
    """Set isolates out in rows under the unit square, or in it when there is nothing else."""
    wide = max(int(np.ceil(np.sqrt(number * (10 if has_others else 1)))), 1)
    place = np.arange(number)
    step = 1 / wide
    return np.column_stack([(place % wide + 0.5) * step, -(place // wide + 1) * step])


def _unit_square(places: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Shift and scale places into the unit square, keeping their shape."""
    if not len(places):
        return places
    low = places.min(axis=0)
    size = float((places.max(axis=0) - low).max())
    return (places - low) / size if size > 0 else np.full_like(places, 0.5)
