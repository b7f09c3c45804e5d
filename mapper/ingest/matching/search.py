"""The search for duplicates: who may be merged at once, and what a person is asked."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mapper.domain.matching import MOST_CANDIDATES, Evidence, Match, MatchField, MatchRecord
from mapper.ingest.matching.candidates import Pairs, candidate_pairs
from mapper.ingest.matching.prepared import Prepared
from mapper.ingest.matching.scoring import leaves_nothing_over, scores, weights
from mapper.ingest.matching.spelling import domain_of, phone_digits
from mapper.ingest.matching.splink_model import splink_pairs

PROPOSED_SCORE: Final = 0.004
"""The least score that a person is asked about."""

CERTAIN_SCORE: Final = 0.98
"""The least score that may be merged without a person."""

CERTAIN_LIKENESS: Final = 0.85
"""The least likeness of names that may be merged without a person."""

_FIELDS: Final = tuple(MatchField)
_NOT_SHOWN: Final = "known, not shown"


def find_matches(
    records: Sequence[MatchRecord],
    *,
    against: Sequence[MatchRecord] = (),
    most: int = MOST_CANDIDATES,
) -> list[Match]:
    """Find the pairs of records that may tell of one organisation.

    Parameters
    ----------
    records : searched for duplicates among themselves; or, when `against` is given, for
        those that are in it.
    against : such as a register.
    most : candidates that any record may have; the certain ones are not counted.

    Returns
    -------
    The likeliest first.
    """
    if not records:
        return []
    prepared = Prepared([*records, *against])
    is_new = np.arange(len(prepared)) < len(records) if against else None
    return _chosen(prepared, candidate_pairs(prepared, is_new), most)


def with_second_opinion(records: Sequence[MatchRecord], seed: int = 1) -> list[Match]:
    """Find matches as `find_matches` does, and let Splink add candidates where there is room.

    Parameters
    ----------
    records : searched for duplicates among themselves.
    seed : of the sample that Splink's model is fitted to.

    Returns
    -------
    The likeliest first, those that only Splink found after the others.

    Raises
    ------
    NotReadyError
        When the extra `duplicates` is not installed.
    """
    matches = find_matches(records)
    room = Counter(number for match in matches for number in match.pair if not match.is_certain)
    known = {match.pair for match in matches}
    by_id = {one.id: one for one in records}
    for pair, _ in sorted(splink_pairs(records, seed).items(), key=lambda item: -item[1]):
        if pair not in known and max(room[pair[0]], room[pair[1]]) < MOST_CANDIDATES:
            room.update(pair)
            matches += compared(by_id[pair[0]], [by_id[pair[1]]])
    return matches


def compared(record: MatchRecord, others: Sequence[MatchRecord]) -> list[Match]:
    """Compare one record with others, whatever they have in common.

    Parameters
    ----------
    record : compared with each.
    others : may be few or none.

    Returns
    -------
    One match each, the likeliest first.
    """
    if not others:
        return []
    prepared = Prepared([record, *others])
    places = np.arange(1, len(prepared))
    pairs = Pairs(np.zeros(len(others), dtype=np.int64), places)
    return _chosen(prepared, pairs, len(others), least=0.0)


def _chosen(
    prepared: Prepared, pairs: Pairs, most: int, *, least: float = PROPOSED_SCORE
) -> list[Match]:
    weighed = weights(prepared, pairs)
    score = scores(weighed)
    is_certain = certain(prepared, pairs, weighed, score)
    order = np.argsort(-score, kind="stable")
    bits = weighed[list(_FIELDS)].to_numpy()
    return [
        _match(
            prepared.records[pairs.first[at]],
            prepared.records[pairs.second[at]],
            (bits[at].tolist(), score[at], is_certain[at]),
        )
        for at in _at_most(order[score[order] >= least], pairs, is_certain, most)
    ]


def certain(
    prepared: Prepared, pairs: Pairs, weighed: pd.DataFrame, score: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Tell which pairs may be merged without a person.

    Those that share a register's number and have no other of the same register; whose names
    are alike, leave no word of either over, and do not differ in a figure or a word such as
    junior; and whose score is high. A number alone is not enough: branches give their
    parent's, and a hand that copies a list slips by a row.

    Parameters
    ----------
    prepared : the records.
    pairs : compared.
    weighed : as `weights`.
    score : as `scores`.
    """
    may_be = np.array(
        (weighed[MatchField.IDENTIFIER] > 0)
        & (weighed[MatchField.KIND] >= 0)
        & (weighed["likeness"] >= CERTAIN_LIKENESS)
        & ~weighed["is_namesake"]
        & (score >= CERTAIN_SCORE)
    )
    for at in np.flatnonzero(may_be):
        names = prepared.names[pairs.first[at]], prepared.names[pairs.second[at]]
        may_be[at] = leaves_nothing_over(*names)
    return may_be


def _at_most(
    order: Iterable[int], pairs: Pairs, is_certain: NDArray[np.bool_], most: int
) -> list[int]:
    """Take pairs in order while both their records have room."""
    taken: Counter[int] = Counter()
    chosen = []
    for at in order:
        first, second = int(pairs.first[at]), int(pairs.second[at])
        if is_certain[at]:
            chosen.append(int(at))
        elif taken[first] < most and taken[second] < most:
            taken.update((first, second))
            chosen.append(int(at))
    return chosen


def _match(one: MatchRecord, other: MatchRecord, told: tuple[list[float], float, bool]) -> Match:
    bits, score, is_certain = told
    first, second = sorted((one, other), key=lambda record: record.id)
    evidence = [
        Evidence(field, spoken(first, field), spoken(second, field), round(weight, 1))
        for field, weight in sorted(zip(_FIELDS, bits, strict=True), key=lambda pair: -abs(pair[1]))
        if weight
    ]
    return Match(first.id, second.id, round(float(score), 6), tuple(evidence), bool(is_certain))


def spoken(record: MatchRecord, field: MatchField) -> str:
    """Say what a record gives for a field, as it spells it; empty where it is silent.

    Who reads evidence need not be somebody whom a contact agreed to be shown to, nor a site:
    of an e-mail address only the host is said, of a telephone number only its end, and a
    postcode only where the site may be shown exactly.

    Parameters
    ----------
    record : asked.
    field : asked for.
    """
    hidden = _NOT_SHOWN if record.postcode else ""
    values: dict[MatchField, Iterable[object]] = {
        MatchField.NAME: [record.name],
        MatchField.POSTCODE: [record.postcode if record.shows_place else hidden],
        MatchField.IDENTIFIER: record.identifiers,
        MatchField.WEBSITE: [record.website],
        MatchField.EMAIL: map(domain_of, record.emails),
        MatchField.PHONE: (
            f"ends {each[-3:]}" for each in map(phone_digits, record.phones) if each
        ),
        MatchField.KIND: [record.kind.value],
    }
    return "; ".join(filter(None, map(str, values[field])))
