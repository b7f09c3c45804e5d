"""What is kept of a file that was read: where it is from, and how open it is."""

from typing import Any

from mapper.domain.source import Source, SourceKind, default_sensitivity, recorder_of
from mapper.ingest.files.source import SourceFile
from mapper.ingest.kinds.population import source_label
from mapper.ingest.kinds.readers import default_name
from mapper.ingest.options import IngestOptions
from mapper.ingest.records.parsed import Parsed


def source_of(
    kind: SourceKind, options: IngestOptions, file: SourceFile, parsed: Parsed[Any]
) -> Source:
    """Describe the source of a file.

    Parameters
    ----------
    kind : of the source.
    options : choices of whoever loads it.
    file : that was read.
    parsed : what was found in it.
    """
    return Source(
        kind=kind,
        name=options.source_name or default_name(kind, file),
        file_name=file.name,
        checksum=file.checksum,
        publisher=parsed.provenance.publisher,
        licence=parsed.provenance.licence,
        attribution=parsed.provenance.attribution,
        period=parsed.period,
        sensitivity=options.sensitivity or default_sensitivity(kind, options.recorder),
        loaded_by=options.loaded_by,
        is_synthetic=options.is_synthetic,
        recorder=recorder_of(kind, options.recorder),
    )


def denominator(source: Source) -> tuple[str, int]:
    """Take label and year of residents, which other sources do not have.

    Parameters
    ----------
    source : of any kind.
    """
    return source_label(source) if source.kind is SourceKind.POPULATION else ("", 0)
