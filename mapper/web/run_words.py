"""The parameters of a run, as pages say them."""

from collections.abc import Mapping
from typing import Any

from mapper.domain.period import Month, Period
from mapper.domain.violence import VIOLENCE_CRIME_TYPES, RecordingSource
from mapper.reports.wording import listed


def parameter_words(parameters: Mapping[str, Any]) -> dict[str, str]:
    """Say every parameter of a run in words, by its heading.

    Parameters
    ----------
    parameters : as a run keeps them; one from before may lack some.
    """
    period = Period(Month.parse(parameters["from"]), Month.parse(parameters["to"]))
    excluded = [Month.parse(month).label for month in parameters.get("excluded", ())]
    types = [str(word) for word in parameters.get("crime_types", ())]
    recorder = str(parameters.get("recorder", RecordingSource.POLICE))
    return {
        "Period": period.label,
        "Months left out": listed(excluded) or "none",
        "Recorder": recorder[:1].upper() + recorder[1:],
        "Types counted": listed(types) or "all of the recorder",
        "Unit of engagement": str(parameters["dose"]),
        "Draws": f"{parameters['draws']:,}",
        "Seed": str(parameters["seed"]),
    }


def step_of_run(progress: Mapping[str, Any] | None) -> str:
    """Say how far a run has come, such as ``Step 3 of 8: measuring the network``.

    Parameters
    ----------
    progress : as the process wrote it; None before it did.
    """
    if progress is None:
        return "Starting"
    step = str(progress["step"])
    if not progress["total"]:
        return step
    return f"Step {progress['done']} of {progress['total']}: {step[:1].lower()}{step[1:]}"


def brief_words(parameters: Mapping[str, Any]) -> str:
    """Say the parameters of a run in a line: first what is not as usual.

    Parameters
    ----------
    parameters : as a run keeps them.
    """
    words = parameter_words(parameters)
    said = [words["Unit of engagement"], f"{words['Draws']} draws", f"seed {words['Seed']}"]
    if tuple(parameters.get("crime_types", ())) not in {VIOLENCE_CRIME_TYPES, ()}:
        said.insert(0, f"counting {words['Types counted']}")
    if words["Recorder"].casefold() != RecordingSource.POLICE:
        said.insert(0, words["Recorder"])
    if words["Months left out"] != "none":
        said.insert(0, f"without {words['Months left out']}")
    line = ", ".join(said)
    return line[:1].upper() + line[1:]
