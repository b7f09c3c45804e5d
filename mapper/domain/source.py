"""Sources: files with provenance."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from mapper.domain.disclosure import Sensitivity
from mapper.domain.violence import RecordingSource


class SourceKind(StrEnum):
    """What a source holds."""

    ORGANISATIONS = "organisations"
    ACTIVITIES = "activities"
    VIOLENCE = "violence"
    PRIORITIES = "priorities"
    COHORTS = "cohorts"
    POPULATION = "population"
    DEPRIVATION = "deprivation"
    LOOKUPS = "lookups"
    BOUNDARIES = "boundaries"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file (or one member of an archive or folder) as it was loaded.

    Parameters
    ----------
    kind : what it holds.
    name : of the source, the same for every edition of the file, such as ``police.uk
        hampshire`` or ``libraries``; records are replaced by a newer edition of the same name.
    file_name : without folders.
    checksum : SHA-256 of the content, in hexadecimal.
    publisher, licence, attribution : as far as known; may be empty.
    period : in words or as months; may be empty.
    sensitivity : how carefully its figures are to be treated.
    loaded_by : who loaded it.
    is_synthetic : True for invented data.
    recorder : who recorded the violence; empty for what is no count of violence.
    """

    kind: SourceKind
    name: str
    file_name: str
    checksum: str
    publisher: str = ""
    licence: str = ""
    attribution: str = ""
    period: str = ""
    sensitivity: Sensitivity = Sensitivity.OPEN
    loaded_by: str = ""
    is_synthetic: bool = False
    recorder: RecordingSource | Literal[""] = ""


def default_sensitivity(kind: SourceKind, recorder: RecordingSource | None = None) -> Sensitivity:
    """Say how carefully figures are treated where whoever loads them does not say.

    Parameters
    ----------
    kind : of the source.
    recorder : who recorded the violence; the police when None.

    Returns
    -------
    Restricted for cohorts, partner for the needs assessment's own lists and for violence that
    another than the police recorded, open for all else.
    """
    if kind is SourceKind.COHORTS:
        return Sensitivity.RESTRICTED
    is_of_others = kind is SourceKind.VIOLENCE and recorder not in {None, RecordingSource.POLICE}
    is_partners = kind is SourceKind.PRIORITIES or is_of_others
    return Sensitivity.PARTNER if is_partners else Sensitivity.OPEN


def recorder_of(
    kind: SourceKind, recorder: RecordingSource | None
) -> RecordingSource | Literal[""]:
    """Say who recorded what a source holds.

    Parameters
    ----------
    kind : of the source.
    recorder : as whoever loads it says; None for the police.

    Returns
    -------
    Empty for what is no count of violence.
    """
    return (recorder or RecordingSource.POLICE) if kind is SourceKind.VIOLENCE else ""
