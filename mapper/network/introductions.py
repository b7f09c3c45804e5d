"""Who should meet: organisations not yet linked that share partners and ground."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import sparse

from mapper.network.compact import Compact, compact

if TYPE_CHECKING:
    import networkx as nx
    import numpy.typing as npt

KINDS = ("area", "theme", "cohort")
_MOST_SHARERS = 200
_REASONS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs by their places in the order of organisations, the first before the second."""

    first: npt.NDArray[np.int64]
    second: npt.NDArray[np.int64]

    def __getitem__(self, chosen: npt.NDArray[Any]) -> _Pairs:
        return _Pairs(self.first[chosen], self.second[chosen])


def introductions(
    graph: nx.Graph[Any] | Compact, ground: pd.DataFrame, most: int = 3
) -> pd.DataFrame:
    """Propose pairs of organisations that do not work together yet and might.

    Two should meet when they share an area, a theme or a cohort. The score adds, for every
    partner that both have, one over the logarithm of how many partners that one has; and for
    everything they share, one over the logarithm of how many organisations share it. So a
    small partner in common, or a rare theme in a ward, says more than a large or common one.

    Parameters
    ----------
    graph : undirected; its ties are what is there already.
    ground : `organisation_id`, `kind` (area, theme or cohort) and `term`; the same row twice
        counts once, organisations not in the graph are passed over.
    most : proposals for any organisation, the best first.

    Returns
    -------
    Frame, the best first: `organisation_id`, `other_organisation_id`, `score`, `partner_score`,
    `ground_score`, `partners` (tuple of partners in common, those with fewest others first) and
    `shared` (tuple of (kind, term), the rarest first). Empty when nobody shares anything.

    Notes
    -----
    A term that more than 200 organisations share makes no pair of its own, but counts where
    something else has made one.

    References
    ----------
    Adamic, L. A. and Adar, E. (2003). Friends and neighbors on the web. Social Networks 25,
    211-230. Liben-Nowell, D. and Kleinberg, J. (2007). The link-prediction problem for social
    networks. Journal of the American Society for Information Science and Technology 58,
    1019-1031.
    """
    whole = compact(graph)
    nodes, ties = whole.nodes, _ties(whole)
    shares, terms = _shares(ground, nodes)
    partner_scores = ties @ _one_over_log(ties.sum(axis=0)) @ ties
    pairs = _candidates(ties, partner_scores, shares)
    weighted = shares @ _one_over_log(shares.sum(axis=0))
    by_partner = _at(partner_scores, pairs)
    by_ground = _row_products(weighted, shares, pairs)
    table = pd.DataFrame(
        {
            "first": pairs.first,
            "second": pairs.second,
            "score": by_partner + by_ground,
            "partner_score": by_partner,
            "ground_score": by_ground,
        }
    )
    # Partners in common without shared ground are no reason: the question is who could help whom.
    table = _best(table[table["ground_score"] > 0], most)
    return _named(table, nodes, ties, (shares, terms))


def partner_scores(graph: nx.Graph[Any] | Compact) -> pd.DataFrame:
    """Score every pair without a tie that has a partner in common.

    Parameters
    ----------
    graph : undirected; weights do not count.

    Returns
    -------
    Frame in order of the pair: `organisation_id`, `other_organisation_id`, `score`: over the
    partners in common, one over the logarithm of how many partners that one has, added up.

    References
    ----------
    Adamic and Adar (2003), as for `introductions`.
    """
    whole = compact(graph)
    ties = _ties(whole)
    scores = ties @ _one_over_log(ties.sum(axis=0)) @ ties
    # No score comes near to this: whatever is as large has a tie, and so needs no other look.
    tied = float(len(whole.nodes) + 1) * 10
    above = sparse.triu(scores + tied * ties, k=1, format="csr")
    above.sort_indices()
    above = above.tocoo()
    is_open = above.data < tied
    first, second = (side[is_open] for side in above.coords)
    names = pd.Index(whole.nodes)
    return pd.DataFrame(
        {
            "organisation_id": names.take(first),
            "other_organisation_id": names.take(second),
            "score": above.data[is_open],
        }
    )


def _ties(whole: Compact) -> sparse.csr_array:
    """Give 1 where two work together; nobody works with itself."""
    both = whole.both_ways
    both = both[both[:, 0] != both[:, 1]]
    shape = (len(whole.nodes), len(whole.nodes))
    return sparse.csr_array((np.ones(len(both)), (both[:, 0], both[:, 1])), shape=shape)


def _shares(
    ground: pd.DataFrame, nodes: list[Any]
) -> tuple[sparse.csr_array, list[tuple[str, str]]]:
    """Give organisations by what they share, and what that is."""
    rows = ground[["organisation_id", "kind", "term"]].drop_duplicates()
    at = pd.Index(nodes, dtype=object).get_indexer(pd.Index(rows["organisation_id"], dtype=object))
    rows, at = rows[at >= 0], at[at >= 0]
    names = list(zip(rows["kind"], rows["term"], strict=True))
    terms = sorted(set(names))
    number = {term: column for column, term in enumerate(terms)}
    columns = np.array([number[name] for name in names], dtype=np.int64)
    shape = (len(nodes), len(terms))
    return sparse.csr_array((np.ones(len(names)), (at, columns)), shape=shape), terms


def _one_over_log(counts: npt.NDArray[np.float64]) -> sparse.dia_array:
    """Weigh by rarity; what only one has cannot be shared."""
    counts = np.asarray(counts, dtype=float).ravel()
    weights = np.zeros(counts.shape)
    weights[counts > 1] = 1 / np.log(counts[counts > 1])
    return sparse.diags_array(weights)


def _candidates(
    ties: sparse.csr_array, partner_scores: sparse.csr_array, shares: sparse.csr_array
) -> _Pairs:
    """Give pairs with a partner or something rare in common that have no tie."""
    sharers = np.asarray(shares.sum(axis=0)).ravel()
    rare = shares[:, np.flatnonzero((sharers > 1) & (sharers <= _MOST_SHARERS))]
    together = sparse.triu(partner_scores + rare @ rare.T, k=1, format="coo")
    first, second = (side.astype(np.int64) for side in together.coords)
    pairs = _Pairs(first, second)
    return pairs[(_at(ties, pairs) == 0) & (together.data > 0)]


def _at(matrix: sparse.csr_array, pairs: _Pairs) -> npt.NDArray[np.float64]:
    """Give the values of a matrix at pairs."""
    if not len(pairs.first):
        return np.zeros(0)
    values: npt.NDArray[np.float64] = np.asarray(matrix[pairs.first, pairs.second]).ravel()
    return values


def _row_products(
    one: sparse.csr_array, other: sparse.csr_array, pairs: _Pairs
) -> npt.NDArray[np.float64]:
    """Give the product of a row of one with a row of the other, for each pair."""
    if not len(pairs.first):
        return np.zeros(0)
    return np.asarray(one[pairs.first].multiply(other[pairs.second]).sum(axis=1)).ravel()


def _best(table: pd.DataFrame, most: int) -> pd.DataFrame:
    """Keep a pair that is among the best of either, the best first."""
    ordered = table.sort_values(
        ["score", "first", "second"], ascending=[False, True, True], kind="stable"
    ).reset_index(drop=True)
    sides = pd.concat([ordered["first"], ordered["second"]]).sort_index(kind="stable")
    is_kept = sides.groupby(sides).cumcount() < most
    best: pd.DataFrame = ordered.loc[sides.index[is_kept].unique()]
    return best


def _named(
    table: pd.DataFrame,
    nodes: list[Any],
    ties: sparse.csr_array,
    ground: tuple[sparse.csr_array, list[tuple[str, str]]],
) -> pd.DataFrame:
    shares, terms = ground
    degree, sharers = (np.asarray(each.sum(axis=0)).ravel() for each in (ties, shares))
    pairs = list(zip(table["first"].tolist(), table["second"].tolist(), strict=True))
    partners = [_in_common(ties, a, b, degree) for a, b in pairs]
    shared = [_in_common(shares, a, b, sharers) for a, b in pairs]
    return pd.DataFrame(
        {
            "organisation_id": [nodes[a] for a, _ in pairs],
            "other_organisation_id": [nodes[b] for _, b in pairs],
            **{name: table[name].to_numpy() for name in ("score", "partner_score", "ground_score")},
            "partners": [tuple(nodes[each] for each in found) for found in partners],
            "shared": [tuple(terms[each] for each in found) for found in shared],
        }
    )


def _in_common(
    matrix: sparse.csr_array, one: int, other: int, commonness: npt.NDArray[np.float64]
) -> list[int]:
    """Give the columns that two rows have in common, the rarest first."""
    columns = np.intersect1d(
        matrix.indices[matrix.indptr[one] : matrix.indptr[one + 1]],
        matrix.indices[matrix.indptr[other] : matrix.indptr[other + 1]],
    )
    return [int(each) for each in columns[np.argsort(commonness[columns], kind="stable")]]


def reason_in_words(
    partners: tuple[str, ...], shared: tuple[tuple[str, str], ...], words: dict[str, str]
) -> str:
    """Say why two organisations should meet.

    Parameters
    ----------
    partners : names of partners in common, as they may be shown.
    shared : what both have, as (kind, name as it may be shown).
    words : how each kind is introduced, such as ``{"theme": "on"}``.

    Returns
    -------
    One sentence, such as "Both work in Cosham on knife crime; both work with A and B".
    """
    grounds = [
        f"{words[kind]} {_listed([name for of, name in shared if of == kind])}"
        for kind in KINDS
        if any(of == kind for of, _ in shared)
    ]
    sentence = f"Both work {' '.join(grounds)}"
    return f"{sentence}; both work with {_listed(list(partners))}" if partners else sentence


def _listed(names: list[str]) -> str:
    shown = names[:_REASONS_SHOWN]
    more = len(names) - len(shown)
    parts = [*shown, f"{more} more"] if more else shown
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
