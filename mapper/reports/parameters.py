"""The parameters of a run as somebody writes them: in a form, in a file, or as a run keeps them.

This is the only place that reads them, so that the page and the command line take the same.
"""

import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from mapper.analysis.dose import Dose
from mapper.domain.period import Month, Period
from mapper.domain.violence import RecordingSource
from mapper.errors import InvalidValueError, ParametersError, SourceError
from mapper.reports.choices import AnalysisChoices

_T = TypeVar("_T")

DOSES: Final = tuple(unit.value for unit in Dose)
"""The units in which engagement can be counted."""

_PERIOD = ("from", "to", "last", "excluded")
NAMES: Final = (*_PERIOD, "recorder", "crime_types", "dose", "draws", "seed")
"""Every parameter. `last`, the last month of the period, may stand for `to`, the month after."""

_RECORDERS: Final = {
    word: each
    for each in RecordingSource
    for word in (each.value, each.name.lower().replace("_", "-"))
}


def read_choices(said: Mapping[str, Any]) -> AnalysisChoices:
    """Read the parameters of a run.

    Parameters
    ----------
    said : name to value, as `AnalysisChoices.as_parameters` gives them. Numbers may be written
        as text, and lists as one text with commas; what is missing or empty is as usual.

    Returns
    -------
    What was chosen.

    Raises
    ------
    ParametersError
        When any cannot be read, with what is wrong with each.
    """
    faults: dict[str, str] = {
        name: f"There is no parameter {name!r}. There are {', '.join(NAMES)}."
        for name in said
        if name not in NAMES
    }
    start, end = _month(said, "from", faults), _end(said, faults)
    period = _period(start, end, faults)
    given: dict[str, Any] = {
        "excluded": _months(said.get("excluded"), faults),
        "recorder": _one_of(said, "recorder", _RECORDERS, faults),
        "unit": _one_of(said, "dose", {unit.value: unit for unit in Dose}, faults),
        "draws": _number(said, "draws", faults),
        "seed": _number(said, "seed", faults),
        "crime_types": tuple(_texts(said.get("crime_types"))) or None,
    }
    chosen = {name: value for name, value in given.items() if value is not None}
    if period is None:
        raise ParametersError(faults)
    try:
        choices = AnalysisChoices(period=period, **chosen)
    except ParametersError as error:
        raise ParametersError(error.faults | faults) from error
    if faults:
        raise ParametersError(faults)
    return choices


def read_parameters(path: Path) -> dict[str, Any]:
    """Read a file of parameters, TOML or JSON.

    Parameters
    ----------
    path : of the file; one that ends in ``.json`` is JSON. What `mapper runs show` prints can be
        read too: its `parameters` are.

    Returns
    -------
    Name to value, ready for `read_choices`.

    Raises
    ------
    SourceError
        When the file cannot be read.
    """
    try:
        text = path.read_text("utf-8")
        said = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except OSError as error:
        raise SourceError(
            f"{path} cannot be read: {error.strerror}.", expected="A file of parameters."
        ) from error
    except ValueError as error:
        raise SourceError(
            f"{path} cannot be read: {error}.",
            expected='Parameters as TOML, such as from = "2025-01", or as JSON (.json).',
        ) from error
    if not isinstance(said, dict):
        raise SourceError(f"{path} holds no parameters.", expected="Names with values.")
    inner = said.get("parameters", said)
    return dict(inner) if isinstance(inner, dict) else said


def _end(said: Mapping[str, Any], faults: dict[str, str]) -> Month | None:
    """The first month after the period."""
    if not said.get("last"):
        return _month(said, "to", faults)
    if said.get("to"):
        faults["last"] = "Give the last month or the month after it (to), not both."
    last = _month(said, "last", faults)
    return None if last is None else last.plus(1)


def _month(said: Mapping[str, Any], name: str, faults: dict[str, str]) -> Month | None:
    text = str(said.get(name) or "").strip()
    if not text:
        faults[name] = f"{_HEADINGS[name]} is missing. A month such as 2025-01 was expected."
        return None
    try:
        return Month.parse(text)
    except InvalidValueError as error:
        faults[name] = str(error)
        return None


_HEADINGS = {
    "from": "The first month",
    "to": "The first month after the period",
    "last": "The last month",
    "recorder": "The recorder",
    "dose": "The unit of engagement",
    "draws": "The number of draws",
    "seed": "The seed",
}


def _period(start: Month | None, end: Month | None, faults: dict[str, str]) -> Period | None:
    if start is None or end is None:
        return None
    try:
        return Period(start, end)
    except InvalidValueError:
        last = end.plus(-1)
        faults["to"] = f"The period would end with {last.label}, before it begins in {start.label}."
        return None


def _months(said: object, faults: dict[str, str]) -> frozenset[Month] | None:
    try:
        return frozenset(Month.parse(text) for text in _texts(said))
    except InvalidValueError as error:
        faults["excluded"] = str(error)
        return None


def _texts(said: object) -> list[str]:
    """Texts of a list, or of one text with commas."""
    if not said:
        return []
    parts: Iterable[object] = said if isinstance(said, list | tuple) else str(said).split(",")
    return [text for part in parts if (text := str(part).strip())]


def _one_of(
    said: Mapping[str, Any], name: str, words: Mapping[str, _T], faults: dict[str, str]
) -> _T | None:
    text = str(said.get(name) or "").strip()
    if text and text not in words:
        faults[name] = f"{_HEADINGS[name]} is {text!r}. It must be one of {', '.join(words)}."
    return words.get(text)


def _number(said: Mapping[str, Any], name: str, faults: dict[str, str]) -> int | None:
    value = said.get(name)
    text = "" if value is None else str(value).strip().replace(",", "")
    if not text:
        return None
    if isinstance(value, bool) or not (text.isascii() and text.isdecimal()):
        faults[name] = f"{_HEADINGS[name]} is {value!r}. It must be a whole number."
        return None
    return int(text)
