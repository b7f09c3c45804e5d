"""What is done with a run or a scenario that somebody asked for on the site.

Both are told by a folder: `asked.json` says what is wanted, `progress.json` how far it is.
"""

import fcntl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from mapper.errors import MapperError
from mapper.geography.postcode_directory import PostcodeDirectory
from mapper.ingest.files.source import Entry
from mapper.ingest.options import Services
from mapper.ingest.outcome.kept_report import file_as_kept
from mapper.ingest.outcome.report import AllRefusedError
from mapper.ingest.places.geocoder import Geocoder
from mapper.ingest.work_folder import WorkFolder
from mapper.reports.kept_table import as_kept
from mapper.reports.parameters import read_choices
from mapper.reports.run import STEPS, analyse
from mapper.reports.scenario import STEPS as SCENARIO_STEPS
from mapper.reports.scenario import ScenarioFound, try_scenario
from mapper.reports.scenario_plan import Plan
from mapper.store.run_orders import OrderStatus, end_order
from mapper.store.session import Store

WAITING = "Waiting for another run to end"
_TURN = "analysis.lock"


def do_run(store: Store, said: Mapping[str, Any]) -> None:
    """Run the analysis that a folder asks for, and keep what became of it.

    The run, and that the order is done, are stored together or not at all.

    Parameters
    ----------
    store : the database.
    said : by the site; the folder.
    """
    work = WorkFolder(Path(said["folder"]))
    asked = work.read("asked.json")
    order_id = int(asked["order_id"])

    def done(session: Session, run_id: int) -> None:
        end_order(session, order_id, OrderStatus.DONE, run_id=run_id)

    try:
        with own_turn(work):
            choices = read_choices(asked["parameters"])
            analyse(store, choices, asked["asked_by"], teller(work, STEPS), and_then=done)
    except MapperError as error:
        with store.writing() as session:
            end_order(session, order_id, OrderStatus.REFUSED, message=str(error))


@contextmanager
def own_turn(work: WorkFolder) -> Iterator[None]:
    """Wait until no other analysis of this site goes on: two at once would want all its memory.

    Parameters
    ----------
    work : the folder; its root holds the lock, which goes with the process that holds it.
    """
    with (work.folder.parent / _TURN).open("a") as turn:
        work.write("progress.json", {"step": WAITING, "done": 0, "total": 0})
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def teller(work: WorkFolder, steps: int) -> Callable[[str], None]:
    """Make what is told of each step, and writes how far the work has come.

    Parameters
    ----------
    work : the folder.
    steps : in all.
    """
    numbers = count(1)

    def tell(step: str) -> None:
        work.write("progress.json", {"step": step, "done": next(numbers), "total": steps})

    return tell


def do_scenario(store: Store, said: Mapping[str, Any]) -> None:
    """Try the scenario that a folder asks for, and write there what came of it.

    Nothing is stored but the run of a scenario that is to be kept.

    Parameters
    ----------
    store : the database.
    said : by the site: the folder, the file of postcodes and the geocoder.
    """
    work = WorkFolder(Path(said["folder"]))
    asked = work.read("asked.json")
    services = Services(
        postcodes=PostcodeDirectory.load(Path(said["postcodes"])) if asked["file"] else None,
        geocoder=Geocoder(**said["geocoder"]) if said["geocoder"] else None,
    )
    try:
        plan = Plan(
            file=_file_of(work, asked["file"]),
            lead=asked["lead"],
            planned=frozenset(asked["planned"]),
            withdrawn=frozenset(asked["withdrawn"]),
        )
        with own_turn(work):
            found = try_scenario(
                store,
                asked["run_id"],
                plan,
                services=services,
                kept_by=asked["asked_by"] if asked["is_kept"] else None,
                say=teller(work, SCENARIO_STEPS),
            )
    except AllRefusedError as error:
        files = [file_as_kept(file) for file in error.report.files]
        work.write("outcome.json", {"state": "refused", "message": str(error), "files": files})
    except MapperError as error:
        work.write("outcome.json", {"state": "refused", "message": str(error), "files": []})
    else:
        work.write("outcome.json", _outcome(found))


def _file_of(work: WorkFolder, name: str) -> Entry | None:
    """The file of a plan, by the name that it was sent under; None where there is none."""
    if not name:
        return None
    return Entry(next(iter(sorted(work.folder.glob("1.*")))), called=name)


def _outcome(found: ScenarioFound) -> dict[str, Any]:
    return {
        "state": "done",
        "sentences": list(found.sentences),
        "authorities": as_kept(found.authorities),
        "areas": as_kept(found.areas),
        "files": [file_as_kept(file) for file in found.files],
        "saved_id": found.saved_id,
    }
