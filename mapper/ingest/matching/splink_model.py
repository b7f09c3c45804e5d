"""A second opinion: Splink's probabilistic model, fitted to the lists themselves.

It needs the extra `duplicates` (splink and duckdb). The weights it estimates by expectation
maximisation depend on the lists, so what it says is never enough to merge by: it can only add
candidates to what a person is asked.

References
----------
Linacre, R. et al. (2022). Splink: Free software for probabilistic record linkage at scale.
International Journal of Population Data Science 7(3).
"""

import importlib.util
import logging
import warnings
from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from mapper.domain.matching import MatchField, MatchRecord
from mapper.errors import NotReadyError
from mapper.ingest.matching.prepared import Prepared

_LEAST_PROBABILITY: Final = 0.5
_SAMPLED_PAIRS: Final = 200_000
_SHARE_MATCHED: Final = 0.0005
_TRAINED_ON: Final = ("l.postcode = r.postcode", "l.name = r.name")


def has_splink() -> bool:
    """Tell whether the extra is installed."""
    return all(importlib.util.find_spec(name) for name in ("splink", "duckdb"))


def splink_pairs(records: Sequence[MatchRecord], seed: int = 1) -> dict[tuple[int, int], float]:
    """Ask Splink which pairs of records tell of one organisation.

    Parameters
    ----------
    records : searched for duplicates among themselves.
    seed : of the sample that the model is fitted to.

    Returns
    -------
    Pairs of ids, the smaller first, with the probability that Splink gives; those of one half
    and more.

    Raises
    ------
    NotReadyError
        When the extra is not installed, or the records are too few for a model.
    """
    if not has_splink():
        raise NotReadyError(
            "Splink is not installed.",
            expected="The extra `duplicates`, or a search without it.",
            action="Install it: pip install 'mapper[duplicates]'",
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own use of pandas and duckdb
        found = _predict(splink_rows(Prepared(records)), seed)
    pairs = zip(found["unique_id_l"], found["unique_id_r"], found["match_probability"], strict=True)
    return {(min(a, b), max(a, b)): float(chance) for a, b, chance in pairs}


def splink_rows(prepared: Prepared) -> pd.DataFrame:
    """Lay the records out as Splink reads them: a column a field, None where one is silent.

    Parameters
    ----------
    prepared : the records.
    """
    first = {
        field.name.lower(): [each[0] if each else None for each in values]
        for field, values in prepared.keys.items()
    }
    rows = pd.DataFrame({"unique_id": [one.id for one in prepared.records], **first})
    rows["name"] = prepared.names
    rows["name_start"] = rows["name"].str.split().str[0]
    rows["sector"] = rows[MatchField.POSTCODE.name.lower()].str[:-2]
    return rows.astype(object).where(rows.notna(), None)


def _predict(rows: pd.DataFrame, seed: int) -> pd.DataFrame:
    from splink import DuckDBAPI, Linker  # noqa: PLC0415  (an extra, wanted by few)
    from splink.internals.exceptions import EMTrainingException  # noqa: PLC0415  (as above)

    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI()
    linker: Any = Linker(api.register(rows), _settings(), log_level=logging.ERROR)
    linker.training.estimate_u_using_random_sampling(max_pairs=_SAMPLED_PAIRS, seed=seed)
    try:
        for rule in _TRAINED_ON:
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
    except EMTrainingException as error:
        raise NotReadyError(
            f"Splink's model cannot be fitted to these {len(rows):,} records.",
            expected="Some that share a postcode, and some that share a name.",
            action="Search without --splink.",
        ) from error
    found: pd.DataFrame = linker.inference.predict(
        threshold_match_probability=_LEAST_PROBABILITY
    ).as_pandas_dataframe()
    return found


def _settings() -> Any:  # noqa: ANN401  (Splink's own type, which is not there without the extra)
    import splink.comparison_library as compare  # noqa: PLC0415  (as above)
    from splink import SettingsCreator, block_on  # noqa: PLC0415  (as above)

    exact = ("identifier", "website", "email", "phone")
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            compare.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.8]),
            compare.LevenshteinAtThresholds("postcode", [1]),
            *(compare.ExactMatch(name) for name in exact),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("postcode"),
            block_on("name_start", "sector"),
            block_on("name"),
            *(block_on(name) for name in exact),
        ],
        probability_two_random_records_match=_SHARE_MATCHED,
    )
