"""When Open Referral's services are open, and who can get in."""

from collections.abc import Iterator, Sequence
from typing import Final

from mapper.ingest.cells.values import tidy
from mapper.ingest.files.document import Item, first_cell, items
from mapper.ingest.formats.referral_places import locations

_DAYS: Final = {
    "MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday",
    "SA": "Saturday", "SU": "Sunday",
}  # fmt: skip
_SCHEDULES: Final = ("schedules", "regular_schedules")
_LONGEST: Final = 300


def opening_words(organisation: Item, services: Sequence[Item]) -> str:
    """Say when services are given, each time once, with semicolons between.

    Parameters
    ----------
    organisation : may have locations with schedules.
    services : with schedules of their own and of their locations.
    """
    said = (_schedule(each) for each in _schedules(organisation, services))
    return "; ".join(dict.fromkeys(each for each in said if each))


def accessibility_words(organisation: Item, services: Sequence[Item]) -> str:
    """Say what locations tell of access, each sentence once, with semicolons between.

    Parameters
    ----------
    organisation, services : with their locations.
    """
    keys = ("accessibility", "accessibility_for_disabilities")
    told = (
        first_cell(each, "description", "accessibility", "details")
        for location in locations(organisation, services)
        for key in keys
        for each in items(location.get(key))
    )
    tidied = (tidy(each)[:_LONGEST] for each in told)
    return "; ".join(dict.fromkeys(each for each in tidied if each))


def _schedules(organisation: Item, services: Sequence[Item]) -> Iterator[Item]:
    holders = [*services, *locations(organisation, services)]
    holders += [at for each in services for at in items(each.get("service_at_locations"))]
    for holder in holders:
        for key in _SCHEDULES:
            yield from items(holder.get(key))


def _schedule(schedule: Item) -> str:
    """Say one schedule: in its own words, else by its days and hours."""
    own = tidy(first_cell(schedule, "description"))[:_LONGEST]
    if own:
        return own
    codes = first_cell(schedule, "byday", "weekday").upper().split(",")
    days = ", ".join(_DAYS[code.strip()[-2:]] for code in codes if code.strip()[-2:] in _DAYS)
    opens, closes = first_cell(schedule, "opens_at"), first_cell(schedule, "closes_at")
    hours = f"{opens[:5]} to {closes[:5]}" if opens and closes else opens[:5]
    return " ".join(filter(None, [days, hours]))
