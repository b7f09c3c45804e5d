"""Every way mapper can fail, under one `MapperError`.

A message says what was found, what was expected and what to do about it. A fault in one
row of a source is not an error: it is a `mapper.ingest.faults.issues.Issue`, and the other rows
go on.
"""


class MapperError(Exception):
    """The root of every error that mapper raises on purpose.

    Parameters
    ----------
    found : what was met, in the words of the source.
    expected : what would have been right.
    action : what the reader can do about it.
    """

    def __init__(self, found: str, *, expected: str = "", action: str = "") -> None:
        self.found = found
        self.expected = expected
        self.action = action
        super().__init__(" ".join(part for part in (found, expected, action) if part))


class InvalidValueError(MapperError, ValueError):
    """A value that a domain record cannot hold."""


class ParametersError(InvalidValueError):
    """Parameters of a run that cannot be used, each with what is wrong with it.

    Parameters
    ----------
    faults : name of a parameter to sentences that stand by themselves: found and expected.
    """

    def __init__(self, faults: dict[str, str]) -> None:
        self.faults = faults
        super().__init__(" ".join(faults.values()))


class BoundaryError(MapperError):
    """A boundary file that cannot be used."""


class CoordinateError(MapperError):
    """Coordinates or a coordinate reference system that is not what was expected."""


class PersonLevelDataError(MapperError):
    """A source that describes persons where only counts are allowed."""


class SourceError(MapperError):
    """A source file that cannot be read at all."""


class UnknownAreaError(MapperError, LookupError):
    """An area name or code that is not among the areas loaded."""


class NotFoundError(MapperError, LookupError):
    """A record that is not in the store."""


class ChangedMeanwhileError(MapperError):
    """Something that somebody else changed between looking at it and deciding of it."""


class NotAllowedError(MapperError):
    """Something that whoever asks for it may not see."""


class NotReadyError(MapperError):
    """Something that has to be done first, such as `mapper init` or `mapper analyse`."""


class NoAnalysisError(NotReadyError):
    """No analysis has been run yet, so that there are no figures to show."""


class SettingError(MapperError):
    """A setting that is missing, unsafe or malformed."""
