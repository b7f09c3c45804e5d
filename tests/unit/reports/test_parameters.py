"""Parameters are read the same from a form, from a file and from what a run keeps."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.analysis.dose import Dose
from mapper.domain.period import Month, Period
from mapper.domain.violence import RecordingSource
from mapper.errors import ParametersError, SourceError
from mapper.reports.choices import LARGEST_SEED, AnalysisChoices
from mapper.reports.parameters import read_choices, read_parameters

SPRING = {"from": "2025-03", "to": "2025-06"}


@st.composite
def choices(draw: st.DrawFn) -> AnalysisChoices:
    start = Month(draw(st.integers(1990, 2050)), draw(st.integers(1, 12)))
    period = Period(start, start.plus(draw(st.integers(1, 24))))
    months = list(period)
    return AnalysisChoices(
        period=period,
        excluded=draw(st.frozensets(st.sampled_from(months), max_size=len(months) - 1)),
        seed=draw(st.integers(0, LARGEST_SEED)),
        unit=draw(st.sampled_from(Dose)),
        draws=draw(st.integers(10, 10_000)),
        recorder=draw(st.sampled_from(RecordingSource)),
        crime_types=draw(st.sampled_from([None, ("Robbery",), ("Robbery", "Burglary")])),
    )


@given(choices())
def test_what_a_run_keeps_is_read_back_as_the_same_choices(chosen: AnalysisChoices) -> None:
    assert read_choices(chosen.as_parameters()).as_parameters() == chosen.as_parameters()


@given(choices())
def test_texts_of_a_form_are_read_as_the_values_of_a_file(chosen: AnalysisChoices) -> None:
    kept = chosen.as_parameters()
    form = {
        name: ", ".join(value) if isinstance(value, list) else str(value)
        for name, value in kept.items()
    }
    form["last"] = str(chosen.period.end.plus(-1))
    del form["to"]
    assert read_choices(form).as_parameters() == kept


def test_what_is_not_said_is_as_usual() -> None:
    usual = AnalysisChoices(period=Period(Month(2025, 3), Month(2025, 6)))
    assert read_choices(SPRING | {"seed": "", "excluded": "", "dose": None}) == usual


@pytest.mark.parametrize(
    ("said", "name", "told"),
    [
        ({"from": ""}, "from", "The first month is missing"),
        ({"from": "March 2025"}, "from", "such as 2025-01"),
        ({"to": "2025-13"}, "to", "2025-13"),
        ({"to": "2025-02"}, "to", "end with January 2025, before it begins in March 2025"),
        ({"last": "2025-05"}, "last", "not both"),
        ({"excluded": "2025-04, soon"}, "excluded", "soon"),
        ({"excluded": "2025-09"}, "excluded", "2025-09 cannot be left out"),
        ({"excluded": ["2025-03", "2025-04", "2025-05"]}, "excluded", "Every month"),
        ({"recorder": "neighbours"}, "recorder", "police recorded"),
        ({"dose": "smiles"}, "dose", "participant-hours"),
        ({"draws": "many"}, "draws", "whole number"),
        ({"draws": 9}, "draws", "from 10 to 10,000"),
        ({"draws": True}, "draws", "whole number"),
        ({"seed": "-1"}, "seed", "whole number"),
        ({"seed": 2**32}, "seed", "from 0 to"),
        ({"sed": 1}, "sed", "no parameter 'sed'"),
        ({"to": "2040-01"}, "to", "holds 178 months"),
    ],
)
def test_what_cannot_be_read_is_said_of_its_parameter(
    said: dict[str, Any], name: str, told: str
) -> None:
    with pytest.raises(ParametersError) as caught:
        read_choices(SPRING | said)
    assert set(caught.value.faults) == {name}
    assert told in caught.value.faults[name]


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(ParametersError) as caught:
        read_choices(SPRING | {"draws": "many", "seed": "lucky", "excluded": "2026-01"})
    assert set(caught.value.faults) == {"draws", "seed", "excluded"}


def test_a_file_says_the_same_as_toml_and_as_json(tmp_path: Path) -> None:
    toml, other = tmp_path / "run.toml", tmp_path / "run.json"
    toml.write_text('from = "2025-03"\nto = "2025-06"\nexcluded = ["2025-04"]\nseed = 3\n')
    other.write_text(json.dumps({"parameters": SPRING | {"excluded": ["2025-04"], "seed": 3}}))
    assert read_choices(read_parameters(toml)) == read_choices(read_parameters(other))


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("run.toml", "from: 2025", "as TOML"),
        ("run.json", "{", "JSON"),
        ("run.json", "[1]", "holds no parameters"),
        (".", "", "cannot be read"),
    ],
)
def test_a_file_that_holds_no_parameters_is_refused(
    tmp_path: Path, name: str, text: str, told: str
) -> None:
    if text:
        (tmp_path / name).write_text(text)
    with pytest.raises(SourceError, match=told):
        read_parameters(tmp_path / name)
