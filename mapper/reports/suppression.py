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

    Counts under the threshold are withheld (primary suppression). Where an area that is shown
    holds one that is withheld, its smallest others are withheld too, until at least two are
    and they hold at least the threshold together (secondary suppression). What lies in an
    area that is withheld is withheld as well. The levels are settled together, from the whole
    down: settled apart, each alone could be safe and the two subtract to a small count.

    Counts can then be moved among the withheld leaves of an area without changing any total
    that is shown, by at least the threshold. So whoever knows everything shown cannot tell a
    withheld count to within less than that.

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
    """Those of one area to withhold, the smallest first."""
    if all(totals[path] >= THRESHOLD for path in children):
        return set()
    chosen: set[Path] = set()
    held = 0.0
    for path in sorted(children, key=lambda path: (totals[path], path)):
        is_enough = len(chosen) >= _PAIR and held >= THRESHOLD
        if is_enough and totals[path] >= THRESHOLD:
            break
        chosen.add(path)
        held += totals[path]
    return chosen


def _nearest_shown(path: Path, withheld: frozenset[Path]) -> Path:
    """The smallest area round another that is shown; the whole when none is."""
    around = (path[:length] for length in range(len(path) - 1, 0, -1))
    return next((found for found in around if found not in withheld), ())
