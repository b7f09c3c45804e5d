"""The forms with which a run is asked for, and published."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

from flask_wtf import FlaskForm
from wtforms.validators import Optional

from mapper.domain.period import Month
from mapper.domain.violence import RecordingSource
from mapper.errors import ParametersError
from mapper.reports.choices import AnalysisChoices, usual_types
from mapper.reports.parameters import DOSES, read_choices
from mapper.web.forms.fields import LineField, ListField, OneOfField, SomeOfField

_FIELDS = {
    "from": "first",
    "to": "last",
    "last": "last",
    "excluded": "excluded",
    "recorder": "recorder",
    "crime_types": "crime_types",
    "dose": "dose",
    "draws": "draws",
    "seed": "seed",
}
"""The field that each parameter is asked for by."""


def _worded(text: str) -> str:
    return text[:1].upper() + text[1:]


class RunForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is not typed
    """Every parameter of a run."""

    first = LineField("First month")
    last = LineField("Last month")
    excluded = LineField("Months of violence left out (optional)", validators=[Optional()])
    recorder = ListField(
        "Who recorded the violence",
        [(each.value, _worded(each.value)) for each in RecordingSource],
        validators=[Optional()],
    )
    crime_types = SomeOfField("Types counted as violence", (), validators=[Optional()])
    dose = OneOfField(
        "Unit of engagement",
        [(unit, _worded(unit)) for unit in DOSES],
        default=DOSES[0],
        validators=[Optional()],
    )
    draws = LineField("Draws behind every interval", default="1000", validators=[Optional()])
    seed = LineField("Seed of everything random", default="1", validators=[Optional()])

    def offer(self, crime_types: Iterable[str]) -> None:
        """Offer types of violence to choose from.

        Parameters
        ----------
        crime_types : those loaded, of any recorder.
        """
        # What is asked for and is not loaded is refused with the parameters, which say so.
        asked = self.crime_types.data or ()
        known = dict.fromkeys([*crime_types, *asked])
        self.crime_types.choices = [(word, word) for word in known]

    def said(self) -> dict[str, Any]:
        """What the form says, by the names of the parameters."""
        names = {name: name for name in _FIELDS} | {"from": "first"}
        return {name: self[field].data for name, field in names.items() if name != "to"}

    def choices(self) -> AnalysisChoices | None:
        """What was chosen; None where something cannot be read, and its field says so."""
        try:
            return read_choices(self.said())
        except ParametersError as error:
            self.blame(error.faults)
            return None

    def blame(self, faults: Mapping[str, str]) -> None:
        """Say beside each field what is wrong with it.

        Parameters
        ----------
        faults : parameter to sentences.
        """
        for name, fault in faults.items():
            field = self[_FIELDS.get(name, "first")]
            field.errors = [*field.errors, fault]

    @classmethod
    def like(cls, parameters: Mapping[str, Any]) -> Self:
        """A form filled in with the parameters of a run.

        Parameters
        ----------
        parameters : as a run keeps them.
        """
        return cls(
            formdata=None,
            first=parameters["from"],
            last=str(Month.parse(parameters["to"]).plus(-1)),
            excluded=", ".join(parameters["excluded"]),
            recorder=parameters.get("recorder", ""),
            crime_types=_chosen_types(parameters),
            dose=parameters["dose"],
            draws=str(parameters["draws"]),
            seed=str(parameters["seed"]),
        )

    @classmethod
    def over(cls, months: Sequence[str]) -> Self:
        """A form filled in with the last year that has counts.

        Parameters
        ----------
        months : that have, in order; may be none.
        """
        last_year = months[-12:]
        if not last_year:
            return cls(formdata=None)
        return cls(formdata=None, first=last_year[0], last=last_year[-1])


def _chosen_types(parameters: Mapping[str, Any]) -> Sequence[str]:
    """The types that were chosen; none where they are the usual ones."""
    recorder = RecordingSource(parameters.get("recorder", RecordingSource.POLICE))
    types: Sequence[str] = parameters.get("crime_types", ())
    return () if set(types) == set(usual_types(recorder)) else types


class PublishForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is not typed
    """The name that a run is published by."""

    name = LineField("Name")
