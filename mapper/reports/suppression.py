"""Which cells are withheld, so that no withheld one can be had by subtraction."""

from collections.abc import Iterable, Mapping

from mapper.domain.disclosure import THRESHOLD, Audience, Sensitivity, is_withheld


def withheld_areas(
    counts: Mapping[str, float],
    groups: Iterable[Mapping[str, str]],
    sensitivity: Sensitivity,
    audience: Audience,
) -> frozenset[str]:
    """Choose the areas whose count is withheld from an audience.

    Counts under the threshold are withheld (primary suppression). In every group whose total
    is published, the smallest of the others are withheld too until at least two are and they
    hold at least the threshold together, so that the total less the rest tells nothing of one
    of them (secondary suppression). The groups are gone through until nothing changes.

    Parameters
    ----------
    counts : by area code.
    groups : for each published total, area code to the code of its group.
    sensitivity : of the source of the counts.
    audience : who is looking.

    References
    ----------
    Hundepool, A. et al. (2012). Statistical Disclosure Control. Wiley, chapter 4.
    """
    withheld = {code for code, count in counts.items() if is_withheld(count, sensitivity, audience)}
    if not withheld:
        return frozenset()
    tables = [_members(counts, group) for group in groups]
    is_settled = False
    while not is_settled:
        before = len(withheld)
        for members in tables:
            for codes in members.values():
                withheld |= _also_withheld(codes, counts, withheld)
        is_settled = len(withheld) == before
    return frozenset(withheld)


def _members(counts: Mapping[str, float], group: Mapping[str, str]) -> dict[str, list[str]]:
    members: dict[str, list[str]] = {}
    for code in counts:
        if group.get(code):
            members.setdefault(group[code], []).append(code)
    return members


def _also_withheld(codes: list[str], counts: Mapping[str, float], withheld: set[str]) -> set[str]:
    """The smallest others of one group that must go with those already withheld."""
    hidden = [code for code in codes if code in withheld]
    if not hidden:
        return set()
    added: set[str] = set()
    others = sorted((code for code in codes if code not in withheld), key=lambda c: (counts[c], c))
    total = sum(counts[code] for code in hidden)
    for code in others:
        if len(hidden) + len(added) >= 2 and total >= THRESHOLD:  # noqa: PLR2004  (at least a pair)
            break
        added.add(code)
        total += counts[code]
    return added
