"""What the steps of an upload share: the store, the folder, and how progress is told."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from mapper.domain.said_how import on_page
from mapper.ingest.faults.issues import Severity
from mapper.ingest.outcome.report import FileReport, FileStatus
from mapper.ingest.places.geocoder import Geocoder
from mapper.ingest.uploads import Order, Upload
from mapper.store.loads import Load, LoadStatus, end_load
from mapper.store.session import Store

LOADED: Final = "loaded"
REFUSED: Final = "refused"
_SECONDS_BETWEEN: Final = 0.3


@dataclass(slots=True)
class Work:
    """What is worked on.

    Parameters
    ----------
    store : the database.
    upload : the folder.
    postcodes : the file of the postcode directory.
    geocoder : asked for addresses that nothing else could place; None to ask no server.
    """

    store: Store
    upload: Upload
    postcodes: Path
    geocoder: Geocoder | None = None
    _told_at: float = 0.0
    _step: str = field(default="")

    @property
    def order(self) -> Order:
        """What was asked."""
        return self.upload.order

    def tell(self, step: str, done: int, total: int) -> None:
        """Write how far it has come, not too often.

        Parameters
        ----------
        step : what is being done.
        done, total : rows.
        """
        if step == self._step and time.monotonic() < self._told_at + _SECONDS_BETWEEN:
            return
        self._step, self._told_at = step, time.monotonic()
        self.upload.write("progress.json", {"step": step, "done": done, "total": total})


def whole(work: Work) -> dict[str, Any]:
    """What is known of a loading before it is done.

    Parameters
    ----------
    work : what is worked on.
    """
    order = work.order
    return {
        "upload": work.upload.token,
        "kind": order.kind,
        "source_name": order.source_name,
        "file_name": order.names[0],
        "checksum": "",
        "loaded_by": order.loaded_by,
    }


def file_figures(work: Work, files: Iterable[FileReport]) -> Load:
    """Add up what became of the files of a loading.

    Parameters
    ----------
    work : what is worked on.
    files : as reported.
    """
    found = list(files)
    counts = {
        name: sum(getattr(file, name) for file in found)
        for name in ("rows_read", "new", "changed", "as_before")
    }
    for severity in Severity:
        counts[f"{severity.value}s"] = sum(file.issue_counts.get(severity, 0) for file in found)
    statuses = {file.status for file in found}
    status = LoadStatus.LOADED
    if statuses == {FileStatus.REFUSED}:
        status = LoadStatus.REFUSED
    elif FileStatus.LOADED not in statuses:
        status = LoadStatus.UNCHANGED
    message = on_page(found[0].message) if len(found) == 1 else ""
    return Load(**whole(work), status=status, counts=counts, message=message)


def keep(work: Work, load: Load) -> None:
    """Keep what became of a loading.

    Parameters
    ----------
    work : what is worked on.
    load : how it ended.
    """
    with work.store.writing() as session:
        end_load(session, work.order.load_id, load)
