"""Searching the directory for duplicates beside the site: in a process of its own.

The search takes seconds of a processor. In a thread of the site it would keep other pages
waiting; in a process that gives way it does not. A thread waits for the process only to note
that it died.
"""

import logging
from multiprocessing import get_context
from multiprocessing.context import SpawnProcess
from threading import Thread

from mapper.ingest.deduplicate import SearchChoices, search_aside
from mapper.store.searches import begin_search, end_unless_ended
from mapper.store.session import Store
from mapper.web.session import writing
from mapper.web.site import the_site

_LOG = logging.getLogger(__name__)
_DIED = "The search was interrupted. Nothing of it was kept."


def start_search(by: str, *, merges_certain: bool) -> int:
    """Start a search and return its number, without waiting for its end.

    Parameters
    ----------
    by : who asks for it.
    merges_certain : whether to merge the certain pairs.

    Raises
    ------
    ChangedMeanwhileError
        While another one runs.
    """
    store = the_site().store
    with writing() as session:
        search_id = begin_search(session, by=by, merges_certain=merges_certain)
    choices = SearchChoices(merges_certain=merges_certain, by=by)
    # Not forked: a forked child would share the parent's database connections.
    process = get_context("spawn").Process(
        target=search_aside, args=(store.address, search_id, choices), daemon=True
    )
    process.start()
    Thread(target=_wait, args=(process, store, search_id), daemon=True).start()
    return search_id


def _wait(process: SpawnProcess, store: Store, search_id: int) -> None:
    process.join()
    if process.exitcode:
        _LOG.error("Search %s for duplicates ended with status %s.", search_id, process.exitcode)
        with store.writing() as session:
            end_unless_ended(session, search_id, failure=_DIED)
