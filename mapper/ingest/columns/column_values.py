"""What a column holds, told by its values alone."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from mapper.domain.area import HIPS_LADS
from mapper.domain.organisation import OrganisationKind
from mapper.domain.postcode import Postcode
from mapper.domain.vocabulary import Cohort, Theme
from mapper.errors import MapperError
from mapper.ingest.cells.organisation_kinds import KIND_WORDS
from mapper.ingest.cells.terms import split_list
from mapper.ingest.cells.values import read_date

_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
_WEB: Final = re.compile(
    r"(https?://\S+|www\.\S+|[\w-]+(\.[\w-]+)*\.(uk|org|com|net)(/\S*)?)", re.IGNORECASE
)
_PHONE: Final = re.compile(r"(\+44|0)[\d ()-]{9,16}")
_COMPANY: Final = re.compile(r"([A-Z]{2}\d{6}|0\d{7})", re.IGNORECASE)
_CHARITY: Final = re.compile(r"(GB-CHC-)?\d{6,7}(-\d{1,3})?(\.0)?|SC0\d{5}", re.IGNORECASE)
_ORGANISATION: Final = re.compile(
    r"\b(trust|club|church|mosque|temple|school|college|academy|cic|cio|ltd|limited|centre|center"
    r"|association|community|group|foundation|society|charity|council|scouts?|guides|youth"
    r"|project|service|services|hub|network|forum|fc|library|hall|mission|partnership|team)\b",
    re.IGNORECASE,
)
_STREET: Final = re.compile(
    r"\b(street|st|road|rd|lane|avenue|ave|close|drive|way|square|place|house|hall|terrace|park"
    r"|crescent|gardens|grove|hill|quay|row)\b",
    re.IGNORECASE,
)
# Endings of streets that are no surnames, as Lane, Hill and Close are.
_ROAD: Final = re.compile(
    r"\b(street|st|road|rd|avenue|ave|crescent|terrace|gardens)$", re.IGNORECASE
)
_PERSON: Final = re.compile(
    r"(?:(?:Mrs?|Ms|Miss|Dr|Rev|Cllr)\.? )?[A-Z][\w'-]+(?: [A-Z][\w'-]+){1,2}"
)
_LONG: Final = 80
_LATITUDES: Final = (49.0, 61.5)
_LONGITUDES: Final = (-9.0, 2.5)
_DECIMAL: Final = re.compile(r"-?\d{1,2}\.\d{3,}")
_PLACES: Final = frozenset(name.casefold() for name in HIPS_LADS.values()) | {"hampshire"}


def _is_postcode(text: str) -> bool:
    try:
        Postcode.parse(text)
    except MapperError:
        return False
    return True


def _is_date(text: str) -> bool:
    try:
        read_date(text)
    except MapperError:
        return False
    return not text.isdigit()


def _is_organisation(text: str) -> bool:
    is_short = len(text) <= _LONG and not re.search(r"[@,;]|\d{5}", text)
    return is_short and bool(_ORGANISATION.search(text))


def _between(limits: tuple[float, float]) -> Callable[[str], bool]:
    def is_so(text: str) -> bool:
        return bool(_DECIMAL.fullmatch(text)) and limits[0] <= float(text) <= limits[1]

    return is_so


def _words_of(*vocabulary: str) -> Callable[[str], bool]:
    known = {re.sub(r"\W+", " ", word).casefold().strip() for word in vocabulary}

    def is_so(text: str) -> bool:
        parts = split_list(text.replace(",", ";"))
        plain = [re.sub(r"\W+", " ", part).casefold().strip() for part in parts]
        return bool(plain) and all(part in known for part in plain)

    return is_so


LOOKS: Final[dict[str, tuple[str, Callable[[str], bool]]]] = {
    "postcode": ("postcodes", _is_postcode),
    "contact_email": ("e-mail addresses", lambda text: bool(_EMAIL.fullmatch(text))),
    "website": ("web addresses", lambda text: bool(_WEB.fullmatch(text))),
    "contact_phone": ("telephone numbers", lambda text: bool(_PHONE.fullmatch(text))),
    "company_number": ("company numbers", lambda text: bool(_COMPANY.fullmatch(text))),
    "charity_number": ("charity numbers", lambda text: bool(_CHARITY.fullmatch(text))),
    "latitude": ("latitudes in Great Britain", _between(_LATITUDES)),
    "longitude": ("longitudes in Great Britain", _between(_LONGITUDES)),
    "areas_served": ("districts of HIPS", _words_of(*_PLACES)),
    "themes": ("themes", _words_of(*Theme)),
    "cohorts": ("cohorts", _words_of(*Cohort)),
    "kind": ("kinds of organisation", _words_of(*OrganisationKind, *KIND_WORDS)),
    "address": ("street addresses", lambda text: bool(
        re.search(r"\d", text) and _STREET.search(text) and len(text) <= _LONG * 2)),
    "description": ("long texts", lambda text: len(text) > _LONG),
    "name": ("names of organisations", _is_organisation),
    "lead": ("names of organisations", _is_organisation),
    "starts_on": ("dates", _is_date),
    "contact_name": ("names of persons", lambda text: bool(
        _PERSON.fullmatch(text) and not _ORGANISATION.search(text) and not _ROAD.search(text))),
}  # fmt: skip
"""By field: what its values are called, and whether one looks like them."""


def share_alike(field: str, values: Sequence[str]) -> float:
    """Give the share of values that look like those of a field.

    Parameters
    ----------
    field : one of `LOOKS`; of any other the share is 0.
    values : cells with something in them.

    Returns
    -------
    Between 0 and 1; 0 when there are no values.
    """
    if field not in LOOKS or not values:
        return 0.0
    _, looks = LOOKS[field]
    share = sum(looks(value) for value in values) / len(values)
    # "Charity" in every cell is no name: names are told from one another.
    return share * len(set(values)) / len(values) if field == "name" else share
