"""Work that goes on in a process of its own while the site answers others."""

import os
import signal
import time
from contextlib import suppress
from dataclasses import asdict
from typing import IO

from mapper.ingest.work_folder import WorkFolder
from mapper.web.site import the_site
from mapper.web.standby import STANDBY

_TRIES, _SECONDS_BETWEEN = 100, 0.05


def hand_over(work: WorkFolder, lock: IO[str], task: str) -> None:
    """Have a process do what a folder asks.

    Parameters
    ----------
    work : the folder; what came of it before is forgotten.
    lock : of the folder, taken; the process holds it until it ends.
    task : what is to be done, as `mapper.cli.background` knows it.
    """
    work.forget("outcome.json", "progress.json")
    said = _said(work) | {"task": task}
    work.write("process.json", {"pid": STANDBY.hand_over(said, lock.fileno())})


def _said(work: WorkFolder) -> dict[str, object]:
    """What the process is told; the address may hold a password, so only over a socket."""
    site = the_site()
    geocoder = site.settings.geocoder
    return {
        "folder": str(work.folder.absolute()),
        "database_url": site.store.engine.url.render_as_string(hide_password=False),
        "postcodes": str((site.settings.data_dir / "postcodes" / "hips.parquet").absolute()),
        "geocoder": asdict(geocoder) if geocoder else None,
    }


def stop(work: WorkFolder) -> None:
    """Stop whatever works on a folder: what it was saving is rolled back.

    Parameters
    ----------
    work : perhaps worked on.
    """
    said = work.read("process.json")
    if said is None or not work.is_worked_on():
        return
    # The lock is held, so the process of that number is still ours.
    with suppress(ProcessLookupError):
        os.killpg(said["pid"], signal.SIGKILL)
    for _ in range(_TRIES):
        if not work.is_worked_on():
            return
        time.sleep(_SECONDS_BETWEEN)
