"""An uploaded file of boundaries: looked at, and loaded."""

from mapper.cli.upload_steps import LOADED, Work, keep, whole
from mapper.domain.area import AreaType
from mapper.domain.counted import counted
from mapper.errors import BoundaryError, MapperError
from mapper.geography.boundaries import read_boundaries
from mapper.geography.postcode_directory import PostcodeDirectory
from mapper.ingest.files.source import Entry
from mapper.ingest.reference import import_boundaries
from mapper.ingest.uploads import Stage
from mapper.store.loads import Load, LoadStatus


def check_boundaries(work: Work) -> None:
    """Say which areas a file holds, and save nothing.

    Parameters
    ----------
    work : what is worked on.

    Raises
    ------
    BoundaryError
        When the file cannot be used.
    """
    work.upload.change(stage=Stage.CHECK)
    work.tell("Reading the shapes", 0, 0)
    entry = _entry(work)
    try:
        found = read_boundaries(entry.path, *_layer(work))
    except MapperError as error:
        raise _named(error, entry) from error
    what = f"{counted(len(found.frame), 'area')}: {found.level.value.upper()} of {found.vintage}."
    said = {"state": "report", "message": what, "repairs": list(found.repairs), "files": []}
    work.upload.write("outcome.json", said)


def load_boundaries(work: Work) -> None:
    """Load them over what is there.

    Parameters
    ----------
    work : what is worked on.

    Raises
    ------
    BoundaryError
        When the file cannot be used; nothing is changed then.
    """
    work.tell("Reading the shapes and placing everything anew", 0, 0)
    entry, directory = _entry(work), PostcodeDirectory.load(work.postcodes)
    try:
        done = import_boundaries(
            work.store, entry, directory, layer=_layer(work), loaded_by=work.order.loaded_by
        )
    except MapperError as error:
        raise _named(error, entry) from error
    name = f"{done.level.value.upper()} {done.vintage}"
    counts = {"rows_read": done.replaced + done.added, "new": done.added, "changed": done.replaced}
    message = f"{name}: {counted(done.replaced, 'area')} replaced, {done.added:,} added."
    if done.is_unchanged:
        message = f"{name} was loaded from this file before; nothing was changed."
    status = LoadStatus.UNCHANGED if done.is_unchanged else LoadStatus.LOADED
    message = " ".join([message, *done.notes])
    keep(work, Load(**whole(work), status=status, counts=counts, message=message))
    work.upload.drop_files()
    work.upload.write("outcome.json", {"state": LOADED, "message": message})


def _entry(work: Work) -> Entry:
    return work.upload.entries()[0]


def _layer(work: Work) -> tuple[AreaType | None, str | None]:
    order = work.order
    return (AreaType(order.level) if order.level else None, order.vintage or None)


def _named(error: MapperError, entry: Entry) -> BoundaryError:
    """Say it of the file as it was uploaded, not as the disk has it."""
    return BoundaryError(str(error).replace(entry.path.name, entry.name))
