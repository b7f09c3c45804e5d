"""Searching the directory for organisations that are in it more than once.

The search itself is pure and stands in `mapper.ingest.matching`; here the directory is read,
searched, and what was found is kept.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from mapper.domain.matching import Match, MatchRecord
from mapper.errors import MapperError
from mapper.ingest.matching.lookup import Lookup
from mapper.ingest.matching.search import find_matches, with_second_opinion
from mapper.store.match_records import match_records
from mapper.store.proposals import SearchCounts, keep_matches
from mapper.store.searches import end_search
from mapper.store.session import Store, open_store

_POLITELY: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchChoices:
    """Choices of whoever searches.

    Parameters
    ----------
    merges_certain : whether to merge the certain pairs without a person.
    asks_splink : whether to add what Splink finds; needs the extra `duplicates`.
    by : who searches.
    """

    merges_certain: bool = False
    asks_splink: bool = False
    by: str = ""


def find_duplicates(session: Session, choices: SearchChoices | None = None) -> SearchCounts:
    """Search the whole directory, within and between its sources, and renew the review queue.

    Parameters
    ----------
    choices : of whoever searches.

    Raises
    ------
    NotReadyError
        When Splink is asked for and not installed, or has too few records to learn from.
    """
    chosen = choices or SearchChoices()
    matches = _found(match_records(session), chosen)
    return keep_matches(session, matches, by=chosen.by, merges_certain=chosen.merges_certain)


def renew_queue(store: Store, choices: SearchChoices) -> SearchCounts:
    """Search as `find_duplicates` does, keeping nobody from writing while it searches.

    What people decide meanwhile is respected: the queue is written by what stands then.

    Parameters
    ----------
    store : open.
    choices : of whoever searches.

    Raises
    ------
    NotReadyError
        When Splink is asked for and not installed, or has too few records to learn from.
    """
    with store.reading() as session:
        records = match_records(session)
    matches = _found(records, choices)
    with store.writing() as session:
        return keep_matches(session, matches, by=choices.by, merges_certain=choices.merges_certain)


def search_aside(database_url: str, search_id: int, choices: SearchChoices) -> None:
    """Renew the queue in a process of its own, and note what came of it.

    Parameters
    ----------
    database_url : of the store.
    search_id : of the search, begun.
    choices : of whoever searches.
    """
    os.nice(_POLITELY)  # pages come first
    store = open_store(database_url)
    counts, failure = None, ""
    try:
        counts = renew_queue(store, choices)
    except MapperError as error:
        failure = str(error)
    except Exception:
        failure = "The search failed; the log of the server says why."
        raise
    finally:
        with store.writing() as session:
            end_search(session, search_id, counts, failure=failure)
        store.dispose()


def _found(records: Sequence[MatchRecord], choices: SearchChoices) -> list[Match]:
    return with_second_opinion(records) if choices.asks_splink else find_matches(records)


def already_here(session: Session, record: MatchRecord) -> list[Match]:
    """Ask whether an organisation that somebody is about to register is in the directory.

    Parameters
    ----------
    record : what is known of it so far, perhaps no more than a name.

    Returns
    -------
    At most three that stand, the likeliest first; `first_id` is 0, `second_id` the one in the
    directory.
    """
    return Lookup(match_records(session)).candidates(record)


def directory_lookup(session: Session) -> Lookup:
    """Read the directory once, to look many organisations up in it by name.

    Sites, contacts and numbers are left out of it: nobody who is asked by it at a form is
    helped to guess them.
    """
    records = [
        MatchRecord(id=record.id, name=record.name, group=record.group, kind=record.kind)
        for record in match_records(session)
    ]
    return Lookup(records)
