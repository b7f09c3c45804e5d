"""Who publishes a kind of file, under which licence, and how to credit it."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Provenance:
    """What is known of a file from its format alone.

    Parameters
    ----------
    format : the format's name.
    publisher, licence, attribution : empty where the format does not tell.
    """

    format: str
    publisher: str = ""
    licence: str = ""
    attribution: str = ""


OGL: Final = "Open Government Licence v3.0"


def under_ogl(format_name: str, publisher: str) -> Provenance:
    """Give the provenance of a file under the Open Government Licence.

    Parameters
    ----------
    format_name : the format's name.
    publisher : who is to be credited.
    """
    return Provenance(
        format_name,
        publisher,
        OGL,
        f"Contains public sector information licensed under the {OGL} ({publisher}).",
    )
