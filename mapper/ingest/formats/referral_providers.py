"""Whose service is whose in Open Referral: from one service, a page, or a folder of files."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from mapper.ingest.files.document import Item, first_cell, item, items

_SERVICE_KEYS: Final = frozenset(
    {"organization", "organization_id", "service_at_locations", "service_areas", "eligibilitys",
     "service_taxonomys", "regular_schedules", "assured_date", "deliverable_type"}
)  # fmt: skip
_ORGANISATION_KEYS: Final = frozenset(
    {"organization_identifiers", "parent_organization_id", "programs", "services", "funding",
     "legal_status", "year_incorporated"}
)  # fmt: skip
_LISTS: Final = ("contents", "content", "items", "organizations", "services")
_DEEPEST: Final = 4


@dataclass(slots=True)
class Provider:
    """An organisation and its services, as several files may tell of them.

    Parameters
    ----------
    key : its id, or the id of its only service where nothing is said of an organisation.
    organisation : what is said of itself; may be empty.
    services : each once.
    """

    key: str
    organisation: Item = field(default_factory=dict)
    services: list[Item] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Its name; that of its first service where none is given."""
        own = first_cell(self.organisation, "name", "alternate_name")
        return own or next((first_cell(each, "name") for each in self.services), "")

    def add(self, service: Item) -> None:
        """Add a service; of one that is known, the fuller telling is kept."""
        number = first_cell(service, "id")
        for at, known in enumerate(self.services):
            if number and first_cell(known, "id") == number:
                self.services[at] = max(known, service, key=len)
                return
        self.services.append(service)


def entries(document: object, depth: int = 0) -> Iterator[Item]:
    """Give every service and organisation of a document, out of its lists and pages.

    Parameters
    ----------
    document : JSON of a service, an organisation, a list, a page, or a list of such.
    depth : of the lists it was found in.
    """
    if depth > _DEEPEST:
        return
    if isinstance(document, list):
        for each in document:
            yield from entries(each, depth + 1)
        return
    found = item(document)
    if is_entry(found) and first_cell(found, "id", "name"):
        yield found
        return
    for key in _LISTS:
        if isinstance(found.get(key), list):
            yield from entries(found[key], depth + 1)


def is_entry(found: Item) -> bool:
    """Tell a service or an organisation by the keys that only they have.

    Parameters
    ----------
    found : an object.
    """
    return bool((_SERVICE_KEYS | _ORGANISATION_KEYS) & found.keys())


def providers(document: object) -> list[Provider]:
    """Join the services of a document to their organisations.

    Parameters
    ----------
    document : as in `entries`.

    Returns
    -------
    In the order first met.
    """
    found: dict[str, Provider] = {}
    for entry in entries(document):
        if _SERVICE_KEYS & entry.keys():
            own = item(entry.get("organization"))
            key = first_cell(own, "id") or first_cell(entry, "organization_id")
            provider = _provider(found, key or f"service {first_cell(entry, 'id', 'name')}", own)
            provider.add(entry)
        else:
            provider = _provider(found, first_cell(entry, "id", "name"), entry)
            for service in items(entry.get("services")):
                provider.add(service)
    return list(found.values())


def _provider(found: dict[str, Provider], key: str, own: Item) -> Provider:
    provider = found.setdefault(key, Provider(key))
    provider.organisation = max(provider.organisation, own, key=len)
    return provider
