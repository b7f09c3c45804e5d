"""Which areas are withheld, so that none can be had by subtraction from what is shown.

Areas are named here by their path: from the widest that holds them down to themselves. The
smallest, the leaves, all have paths of one length; the path of nothing is the whole.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from mapper.domain.disclosure import THRESHOLD

Path = tuple[str, ...]
_PAIR = 2


def withheld_paths(leaves: Mapping[Path, float]) -> frozenset[Path]:
    """Choose the areas of every level whose count is withheld.

    Counts under the threshold are withheld (primary suppression). The areas within one are
    paired, once for all and by code, and a pair is shown or withheld together; where the pairs
    withheld hold less than the threshold together, the next pair is withheld too (secondary
    suppression). Of three, the largest is shown when it is larger than the others together.
    What lies in an area that is withheld is withheld as well. The levels are settled together,
    from the whole down: settled apart, each alone could be safe and the two subtract to a
    small count.

    All that is withheld within an area that is shown can then be the count of any one of its
    leaves, the others having none: no total that is shown would change, nor which areas are
    withheld. So neither the totals nor this rule tell a withheld count to within less than
    the threshold. To withhold the smallest others instead would tell that they are smaller
    than every other that is shown.

    Parameters
    ----------
    leaves : count by path, zero or more.

    Returns
    -------
    Paths of all levels; that of nothing, when even the whole is under the threshold.

    References
    ----------
    Hundepool, A. et al. (2012). Statistical Disclosure Control. Wiley, chapter 4.
    """
    totals = path_totals(leaves)
    withheld = {path for path in totals if not path and totals[path] < THRESHOLD}
    for parent, children in _families(totals):
        withheld |= set(children) if parent in withheld else _among(children, totals)
    return frozenset(withheld)


def path_totals(leaves: Mapping[Path, float]) -> dict[Path, float]:
    """Add leaves up to every area that holds them, themselves and the whole included."""
    totals: dict[Path, float] = defaultdict(float)
    for path, count in leaves.items():
        for length in range(len(path) + 1):
            totals[path[:length]] += count
    return dict(totals)


def may_read_fewer(withheld: Iterable[Path], totals: Mapping[Path, float], length: int) -> bool:
    """Tell whether the withheld areas of one level may be said to be under the threshold.

    Said of four and four, whose total of eight is known, it would tell both.

    Parameters
    ----------
    withheld : as `withheld_paths` returns them.
    totals : as `path_totals` returns them.
    length : of the paths of the level.
    """
    hidden = frozenset(withheld)
    pools: dict[Path, list[float]] = defaultdict(list)
    for path in hidden:
        if len(path) == length:
            pools[_nearest_shown(path, hidden)].append(totals[path])
    most = THRESHOLD - 1
    return all(
        max(pool) < THRESHOLD and sum(pool) <= most * (len(pool) - 1) for pool in pools.values()
    )


def _families(totals: Mapping[Path, float]) -> list[tuple[Path, list[Path]]]:
    """Every area with those it is made of, the widest first."""
    families: dict[Path, list[Path]] = defaultdict(list)
    for path in totals:
        if path:
            families[path[:-1]].append(path)
    return sorted(families.items(), key=lambda family: (len(family[0]), family[0]))


def _among(children: list[Path], totals: Mapping[Path, float]) -> set[Path]:
    """Those of one area to withhold, pair by pair."""
    pairs = _in_pairs(sorted(children))
    small = [pair for pair in pairs if any(totals[path] < THRESHOLD for path in pair)]
    if small and len(children) == _PAIR + 1:
        return _of_three(children, totals)
    others = (pair for pair in pairs if pair not in small)
    chosen = [path for pair in small for path in pair]
    while chosen and sum(totals[path] for path in chosen) < THRESHOLD:
        chosen += next(others)
    return set(chosen)


def _of_three(three: list[Path], totals: Mapping[Path, float]) -> set[Path]:
    """The two smaller, where either could hold all of both and be the smaller still; else all."""
    *smaller, largest = sorted(three, key=lambda path: totals[path])
    together = sum(totals[path] for path in smaller)
    return set(smaller) if THRESHOLD <= together < totals[largest] else set(three)


def _in_pairs(paths: list[Path]) -> list[list[Path]]:
    """Put neighbours in the list together, three at its end where their number is odd."""
    last = max(len(paths) - len(paths) % _PAIR - _PAIR, 0)
    pairs = [paths[start : start + _PAIR] for start in range(0, last, _PAIR)]
    return [*pairs, paths[last:]]


def _nearest_shown(path: Path, withheld: frozenset[Path]) -> Path:
    """The smallest area round another that is shown; the whole when none is."""
    around = (path[:length] for length in range(len(path) - 1, 0, -1))
    return next((found for found in around if found not in withheld), ())
