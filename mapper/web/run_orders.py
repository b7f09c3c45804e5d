"""Runs that are asked for: begun in the background, stopped, and found again."""

import secrets

from mapper.domain.role import Permission
from mapper.errors import NotAllowedError
from mapper.ingest.work_folder import WorkFolder, make_folder
from mapper.reports.choices import AnalysisChoices
from mapper.store.run_orders import OrderStatus, RunOrder, begin_order, end_order, list_orders
from mapper.web.background import hand_over, stop
from mapper.web.people import is_allowed, name_of_person
from mapper.web.session import reading, writing
from mapper.web.site import the_site

INTERRUPTED = "It was interrupted; nothing of it was stored. Ask for it again."
STOPPED = "It was stopped; nothing of it was stored."


def folder_of(order: RunOrder) -> WorkFolder:
    """The folder in which an order is worked on; it may be gone.

    Parameters
    ----------
    order : as kept.
    """
    return WorkFolder(the_site().settings.upload_dir / order.folder)


def begin_run(choices: AnalysisChoices) -> int:
    """Keep that a run was asked for, start it, and return the order's id.

    Parameters
    ----------
    choices : of the run.
    """
    work = WorkFolder(make_folder(the_site().settings.upload_dir, secrets.token_hex(16)))
    asked_by, parameters = name_of_person(), choices.as_parameters()
    lock = work.take()
    if lock is None:
        raise NotAllowedError("Somebody else works in a folder that was only just made.")
    with lock:
        # The lock is held before the store says that it is worked on, or it would look interrupted.
        order = RunOrder(folder=work.token, asked_by=asked_by, parameters=parameters)
        with writing() as session:
            order_id = begin_order(session, order)
        work.write(
            "asked.json", {"order_id": order_id, "asked_by": asked_by, "parameters": parameters}
        )
        hand_over(work, lock, "run")
    return order_id


def stop_run(order: RunOrder) -> None:
    """Stop a run, unless it is stored already.

    Parameters
    ----------
    order : of whoever asks.

    Raises
    ------
    NotAllowedError
        When it is somebody else's.
    """
    if order.asked_by != name_of_person() or not is_allowed(Permission.RUN_MAKE):
        raise NotAllowedError("The run was asked for by somebody else.")
    stop(folder_of(order))
    _end(order, OrderStatus.STOPPED, STOPPED)


def settle_orders() -> None:
    """Say of runs whose process is gone that nothing came of them."""
    for order in list_orders(reading(), is_working=True):
        if not folder_of(order).is_worked_on():
            _end(order, OrderStatus.INTERRUPTED, INTERRUPTED)


def _end(order: RunOrder, status: OrderStatus, message: str) -> None:
    with writing() as session:
        end_order(session, order.id, status, message=message)
