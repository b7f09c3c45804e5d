"""Which addresses may be sent to an online geocoder: no refuge's, and nothing of a person."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from mapper.domain.disclosure import Visibility
from mapper.domain.organisation import Organisation
from mapper.ingest.places.venues import plain_name
from mapper.ingest.privacy.refuges import runs_a_refuge

_NOT_A_PLACE: Final = frozenset({
    "", "confidential", "n a", "na", "none", "not known", "online", "private", "tba", "tbc",
    "unknown", "various", "virtual", "withheld", "zoom",
})  # fmt: skip
# What tells of a person: an e-mail address, a telephone number, somebody's door.
_OF_A_PERSON: Final = re.compile(
    r"@|\bc/o\b|\bcare of\b|(?:\+44|\(0|\b0)[\d() -]{8,}|\d{9,}", re.IGNORECASE
)
_FIGURE: Final = re.compile(r"\d")


def may_be_sent(record: Any) -> bool:  # noqa: ANN401  (a record of any kind)
    """Tell by a record itself whether its address may leave the network.

    Parameters
    ----------
    record : an organisation or an activity.
    """
    address = record.location.address
    plain = plain_name(address)
    return (
        record.visibility is Visibility.EXACT
        and plain not in _NOT_A_PLACE
        and not _OF_A_PERSON.search(address)
        and not any(name and name in plain for name in _persons(record))
        and not runs_a_refuge("; ".join((*_names(record), address)), record.description)
    )


def is_among(record: Any, sheltered: Iterable[str]) -> bool:  # noqa: ANN401  (as above)
    """Tell whether a record is, or is at, one of those that the directory shelters.

    A doubt counts as a yes: an address that was sent cannot be taken back.

    Parameters
    ----------
    record : an organisation or an activity.
    sheltered : plain names and addresses.
    """
    address = record.location.address
    known = {plain_name(text) for text in (*_names(record), address, address.partition(",")[0])}
    plain = plain_name(address)
    return any(text in known or _is_one_address(text, plain) for text in sheltered if text)


def sheltered_in(record: Any) -> Iterator[str]:  # noqa: ANN401  (as above)
    """Give what a record, or a further site of it, may not be known by outside.

    Parameters
    ----------
    record : an organisation or an activity.
    """
    if record.visibility is not Visibility.EXACT:
        yield from (*_names(record), record.location.address)
    if isinstance(record, Organisation):
        for site in record.further_sites:
            if site.visibility is not Visibility.EXACT:
                yield from (site.name, site.location.address)


def _is_one_address(one: str, other: str) -> bool:
    """Tell whether one of two is the other with something left out, such as the house's name."""
    has_figures = _FIGURE.search(one) and _FIGURE.search(other)
    return bool(has_figures) and (one in other or other in one)


def _names(record: Any) -> tuple[str, ...]:  # noqa: ANN401  (as above)
    if isinstance(record, Organisation):
        return (record.name, *record.also_known_as)
    return (record.title, record.lead)


def _persons(record: Any) -> Iterator[str]:  # noqa: ANN401  (as above)
    if isinstance(record, Organisation):
        yield from (plain_name(contact.name) for contact in record.contacts)
