"""Whether an organisation that somebody is about to add is in the directory already."""

from mapper.domain.matching import MatchRecord
from mapper.ingest.deduplicate import directory_lookup
from mapper.ingest.matching.lookup import Lookup
from mapper.store.merges import organisation_names_by_id
from mapper.store.organisations import is_known
from mapper.web.caching import kept
from mapper.web.session import reading


def likely_organisations(name: str) -> list[str]:
    """Name the organisations that somebody who typed a name may mean, the likeliest first.

    Only the name is compared, and only names are told: nothing of sites or contacts.

    Parameters
    ----------
    name : as typed.

    Returns
    -------
    At most three names; none when the directory has an organisation so called.
    """
    if is_known(reading(), name):
        return []
    found = _lookup().candidates(MatchRecord(id=0, name=name))
    names = organisation_names_by_id(reading(), [match.second_id for match in found])
    return list(dict.fromkeys(names[match.second_id] for match in found))


def lead_choices(typed: str) -> list[dict[str, str]]:
    """The organisations that may be meant, and the one as it was typed, to choose from.

    Parameters
    ----------
    typed : the name.

    Returns
    -------
    As GOV.UK Frontend's radios take them; empty when the directory has an organisation so
    called, or none like it.
    """
    known = [{"value": name, "text": name} for name in likely_organisations(typed)]
    as_typed = {"value": typed, "text": f"No, “{typed}” is another organisation"}
    return [*known, {"divider": "or"}, as_typed] if known else []


def organisations_like(name: str) -> list[tuple[int, str]]:
    """Number and name of the organisations that one so called may be, the likeliest first.

    Parameters
    ----------
    name : as typed; one so called to the letter is among them.
    """
    found = _lookup().candidates(MatchRecord(id=0, name=name))
    names = organisation_names_by_id(reading(), [match.second_id for match in found])
    return [(match.second_id, names[match.second_id]) for match in found]


def _lookup() -> Lookup:
    """The directory, ready for questions; made again when it has changed."""
    return kept("lookup", lambda: directory_lookup(reading()))
