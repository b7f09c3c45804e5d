"""How far each field of a pair speaks for one organisation: weights of evidence, in bits.

The sum of the weights is the logarithm of the odds, after Fellegi and Sunter (1969). The
weights are set by hand, from what lists of organisations are like, and measured by
`bench/duplicates.py`; they are not fitted to it. A value shared by many records weighs less.

References
----------
Fellegi, I. P. and Sunter, A. B. (1969). A theory for record linkage. Journal of the American
Statistical Association 64, 1183-1210.
"""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from mapper.domain.matching import MatchField
from mapper.domain.organisation import OrganisationKind
from mapper.ingest.matching.candidates import Pairs
from mapper.ingest.matching.prepared import Prepared

Bits = NDArray[np.float64]

PRIOR_BITS: Final = -7.0
"""Before anything is compared: most pairs that are worth comparing are two organisations."""

_LIKENESS: Final = (0.0, 0.45, 0.60, 0.75, 0.85, 0.95, 1.0)
_NAME_BITS: Final = (-4.0, -4.0, -2.0, 0.5, 3.5, 7.0, 8.5)
"""Weight by likeness of name, straight lines between."""

_SAME: Final = {
    MatchField.IDENTIFIER: 9.0,
    MatchField.POSTCODE: 5.0,
    MatchField.WEBSITE: 5.0,
    MatchField.EMAIL: 3.0,
    MatchField.PHONE: 5.0,
}
_LEAST_BITS: Final = 0.2
"""What any agreement is worth, however many share the value."""

_OTHER: Final = {
    MatchField.IDENTIFIER: -5.0,
    MatchField.POSTCODE: -2.0,
    MatchField.WEBSITE: -2.0,
    MatchField.EMAIL: -1.0,
    MatchField.PHONE: -1.5,
}
_INITIALS: Final = 0.8
"""Likeness of a name and its initials."""

_LEAST_INITIALS: Final = 3
_SAME_WORD: Final = 0.85
_MOST_INITIALS: Final = 9
_NAMESAKE_BITS: Final = -2.5
_OTHER_KIND_BITS: Final = -3.0
_TELLING_KINDS: Final = frozenset(
    {OrganisationKind.SCHOOL, OrganisationKind.LIBRARY, OrganisationKind.POLICE,
     OrganisationKind.PRISON, OrganisationKind.FIRE_AND_RESCUE, OrganisationKind.LOCAL_AUTHORITY,
     OrganisationKind.FAITH_GROUP, OrganisationKind.SPORTS_CLUB, OrganisationKind.HEALTH,
     OrganisationKind.REFUGE, OrganisationKind.YOUTH_CLUB}
)  # fmt: skip
"""Kinds that exclude one another; a charity may be called a community group elsewhere."""


def weights(prepared: Prepared, pairs: Pairs) -> pd.DataFrame:
    """Weigh the evidence of each pair.

    Parameters
    ----------
    prepared : the records.
    pairs : as `candidate_pairs` finds them.

    Returns
    -------
    A row a pair, in order; a column a field (`MatchField`), in bits: positive for one
    organisation, negative for two, 0 where a record does not say. Also `likeness` of the
    names, 0 to 1, and `is_namesake`: True where the names differ in a figure or a word such
    as junior.
    """
    likeness = name_likeness(prepared, pairs)
    is_namesake = _differ(prepared.distinguishing, pairs)
    found = {field: _field_bits(prepared, pairs, field) for field in _SAME}
    names = np.interp(likeness, _LIKENESS, _NAME_BITS)
    rarity = _rarity(prepared, MatchField.NAME, list(prepared.names[pairs.first]))
    found[MatchField.NAME] = (
        names
        - np.where(likeness > _LIKENESS[-2], rarity, 0.0)
        + np.where(is_namesake & (likeness >= _LIKENESS[2]), _NAMESAKE_BITS, 0.0)
    )
    found[MatchField.KIND] = np.where(_other_kind(prepared, pairs), _OTHER_KIND_BITS, 0.0)
    return pd.DataFrame(found).assign(likeness=likeness, is_namesake=is_namesake)


def scores(weighed: pd.DataFrame) -> NDArray[np.float64]:
    """Turn weights into a score from 0 to 1 for each pair.

    Parameters
    ----------
    weighed : as `weights`.
    """
    bits = PRIOR_BITS + weighed[[*_SAME, MatchField.NAME, MatchField.KIND]].sum(axis=1).to_numpy()
    odds = np.exp2(np.clip(bits, -60, 60))
    return np.asarray(odds / (1 + odds), dtype=np.float64)


def name_likeness(prepared: Prepared, pairs: Pairs) -> NDArray[np.float64]:
    """Compare names: letters in order, words in any order, and rare letters.

    Parameters
    ----------
    prepared : the records.
    pairs : compared.

    Returns
    -------
    0 to 1 for each pair; 1 where the names are the same once spelt for comparison.
    """
    if not len(pairs):
        return np.zeros(0)
    first, second = prepared.names[pairs.first], prepared.names[pairs.second]
    in_order = process.cpdist(first, second, scorer=JaroWinkler.normalized_similarity)
    any_order = process.cpdist(first, second, scorer=fuzz.token_sort_ratio) / 100
    squeezed = (
        process.cpdist(
            [name.replace(" ", "") for name in first],
            [name.replace(" ", "") for name in second],
            scorer=fuzz.ratio,
        )
        / 100
    )
    rare = prepared.letters[pairs.first].multiply(prepared.letters[pairs.second]).sum(axis=1).A1
    whole = np.maximum(any_order, squeezed)
    likeness = 0.3 * in_order + 0.4 * whole + 0.3 * np.sqrt(np.clip(rare, 0, 1))
    likeness = np.where(_by_initials(prepared, pairs), np.maximum(likeness, _INITIALS), likeness)
    return np.where(first == second, 1.0, np.minimum(likeness, 0.99))


def _by_initials(prepared: Prepared, pairs: Pairs) -> NDArray[np.bool_]:
    """Whether a word of one name is the initials of several words of the other."""
    words = [
        [word for word in name.split() if _LEAST_INITIALS <= len(word) <= _MOST_INITIALS]
        for name in prepared.names
    ]
    letters = prepared.initials
    rows = zip(pairs.first, pairs.second, strict=True)
    return np.array(
        [_spells(words[i], letters[j]) or _spells(words[j], letters[i]) for i, j in rows],
        dtype=bool,
    )


def _spells(words: list[str], letters: tuple[str, str]) -> bool:
    return any(word in each for word in words for each in letters)


def _field_bits(prepared: Prepared, pairs: Pairs, field: MatchField) -> Bits:
    """Agreement less the commonness of the value shared; disagreement; 0 where one is silent."""
    values = prepared.keys[field]
    both = [(values[i], values[j]) for i, j in zip(pairs.first, pairs.second, strict=True)]
    shared = [set(mine) & set(other) if mine and other else set() for mine, other in both]
    best = [next(iter(each), "") for each in shared]
    is_same = np.array([bool(each) for each in shared], dtype=bool)
    is_other = np.array([_conflict(field, *each) for each in both], dtype=bool) & ~is_same
    if field is MatchField.IDENTIFIER:
        is_other = np.array([_conflict(field, *each) for each in both], dtype=bool)
    agreement = np.maximum(_SAME[field] - _rarity(prepared, field, best), _LEAST_BITS)
    bits = np.where(is_same, agreement, 0.0)
    return bits + np.where(is_other, _OTHER[field], 0.0)


def _conflict(field: MatchField, mine: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether both say, and neither what the other does; numbers are compared by register."""
    if field is not MatchField.IDENTIFIER:
        return bool(mine) and bool(other) and not set(mine) & set(other)
    registers = {value.rpartition("-")[0] for value in mine}
    return any(value not in mine and value.rpartition("-")[0] in registers for value in other)


def _rarity(prepared: Prepared, field: MatchField, values: list[str]) -> Bits:
    """Bits to take off for a value that more than two records have."""
    met = prepared.frequencies[field].reindex(values).fillna(2).to_numpy(dtype=float)
    return np.asarray(np.log2(np.maximum(met, 2) / 2), dtype=np.float64)


def _differ(words: list[tuple[str, ...]], pairs: Pairs) -> NDArray[np.bool_]:
    rows = zip(pairs.first, pairs.second, strict=True)
    return np.array([words[i] != words[j] for i, j in rows], dtype=bool)


def _other_kind(prepared: Prepared, pairs: Pairs) -> NDArray[np.bool_]:
    kinds = np.array([one.kind.value for one in prepared.records])
    is_telling = np.isin(kinds, [kind.value for kind in _TELLING_KINDS])
    both = is_telling[pairs.first] & is_telling[pairs.second]
    return np.asarray(both & (kinds[pairs.first] != kinds[pairs.second]))


def leaves_nothing_over(first: str, second: str) -> bool:
    """Tell whether each word of one name has its own in the other, misspelt or cut short.

    Parameters
    ----------
    first, second : names as `plain_words` spells them.
    """
    if first.replace(" ", "") == second.replace(" ", ""):
        return True
    words, others = first.split(), second.split()
    if len(words) != len(others):
        return False
    for word in words:
        own = max(others, key=lambda other: _word_likeness(word, other), default="")
        if not own or _word_likeness(word, own) < _SAME_WORD:
            return False
        others.remove(own)
    return True


def _word_likeness(word: str, other: str) -> float:
    short, long = sorted((word, other), key=len)
    if len(short) >= _LEAST_INITIALS and long.startswith(short):
        return 1.0
    return float(JaroWinkler.normalized_similarity(word, other))
