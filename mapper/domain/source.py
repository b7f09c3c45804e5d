"""Sources: files with provenance."""

from dataclasses import dataclass
from enum import StrEnum

from mapper.domain.disclosure import Sensitivity


class SourceKind(StrEnum):
    """What a source holds."""

    ORGANISATIONS = "organisations"
    ACTIVITIES = "activities"
    VIOLENCE = "violence"
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
