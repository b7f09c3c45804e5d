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
LAID_OUT = 2_000
"""Organisations that are given a place at most; more than a picture could show."""
# Above so many organisations igraph's grid stands in for all pairs pushing each other apart.
GRID_ABOVE = 1_000


def layout(graph: nx.Graph[Any] | Compact, seed: int = SEED) -> pd.DataFrame:
    """Place the organisations so that those who work together stand close.

    Positions have no unit and no meaning but nearness. Isolates stand in rows below the rest,
    where they can be seen. Of more than 2,000 organisations those with most partners are placed,
    of equals those with the heavier ties.

    Parameters
    ----------
    graph : undirected; `weight` on the edges pulls.
    seed : the same seed gives the same drawing, whatever the order of nodes and edges.

    Returns
    -------
    Frame by organisation_id, in order, with x and y from 0 to 1, y upwards; missing for whoever
    is not placed.

    References
    ----------
    Fruchterman, T. M. J. and Reingold, E. M. (1991). Graph drawing by force-directed
    placement. Software: Practice and Experience 21, 1129-1164.
    """
    whole = compact(graph)
    degree = np.array(whole.network.degree(), dtype=np.int64)
    strength = np.array(whole.network.strength(weights=whole.weights.tolist()))
    placed = np.sort(np.lexsort((-strength, -degree))[:LAID_OUT])
    tied, alone = placed[degree[placed] > 0], placed[degree[placed] == 0]
    places = np.full((len(whole.nodes), 2), np.nan)
    if len(tied):
        places[tied] = _unit_square(_forces(whole, tied, seed))
    places[alone] = _rows(len(alone), has_others=len(tied) > 0)
    places[placed] = _unit_square(places[placed])
    return pd.DataFrame(places, columns=["x", "y"], index=whole.index)


def _forces(whole: Compact, chosen: npt.NDArray[np.int64], seed: int) -> npt.NDArray[np.float64]:
    """Let ties pull and nodes push, from a seeded start."""
    network = whole.network.copy()
    network.es["pull"] = np.sqrt(whole.weights)
    tied = network.induced_subgraph(chosen.tolist())
    start = np.random.default_rng(seed).uniform(-1, 1, (tied.vcount(), 2))
    # igraph nudges nodes that coincide with its own random numbers; they are seeded as well.
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 - a drawing
    try:
        placed = tied.layout_fruchterman_reingold(
            weights="pull",
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
