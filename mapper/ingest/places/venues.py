"""Places by the name of a venue, as the directory knows it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from rapidfuzz import fuzz, process

from mapper.domain.area import HIPS_LADS
from mapper.domain.place import Place

VENUE_METHOD: Final = "venue in the directory"

_SURE: Final = 94.0
_CLEARLY_LESS: Final = 5.0
_LEAST_LETTERS: Final = 10
_MOST_SEARCHES: Final = 500  # for names nearly alike, in one file: each looks at every venue


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A venue that was found.

    Parameters
    ----------
    name : as the directory spells it.
    place : of the venue, its method saying how it was found.
    is_sure : False where the name was only nearly the same.
    """

    name: str
    place: Place
    is_sure: bool = True


@dataclass(slots=True)
class Venues:
    """Sites of the directory, to be found by name.

    Parameters
    ----------
    sites : names and places; those only that may be shown exactly.
    """

    sites: Iterable[tuple[str, Place]] = ()
    _by_name: dict[str, list[tuple[str, Place]]] = field(init=False, default_factory=dict)
    _found: dict[str, NamedPlace | None] = field(init=False, default_factory=dict)
    _searches: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        for name, place in self.sites:
            self._by_name.setdefault(plain_name(name), []).append((name, place))

    def find(self, address: str) -> NamedPlace | None:
        """Find the one venue that an address or a name can mean.

        Parameters
        ----------
        address : such as ``Fratton Community Centre, Portsmouth``: a name, and after commas
            where it is. An authority named there has to be the venue's.

        Returns
        -------
        None where no venue, or more than one, could be meant.
        """
        if address not in self._found:
            self._found[address] = self._exactly(address) or self._nearly(address)
        return self._found[address]

    def _exactly(self, address: str) -> NamedPlace | None:
        for name in dict.fromkeys((plain_name(address), plain_name(address.partition(",")[0]))):
            sites = _within(self._by_name.get(name, []), address)
            if len({_spot(place) for _, place in sites}) == 1:
                return _named(*sites[0])
            if sites:
                return None
        return None

    def _nearly(self, address: str) -> NamedPlace | None:
        """Find the one venue whose name is nearly this; a figure in it must be the same."""
        name = plain_name(address.partition(",")[0])
        if len(name) < _LEAST_LETTERS or self._searches >= _MOST_SEARCHES or name in self._by_name:
            return None
        self._searches += 1
        best, *others = [
            *process.extract(
                name, self._by_name.keys(), scorer=fuzz.ratio, limit=2,
                score_cutoff=_SURE - _CLEARLY_LESS,
            ),
            ("", 0.0, ""),
        ]  # fmt: skip
        is_alone = all(score < best[1] - _CLEARLY_LESS for _, score, _ in others)
        if best[1] < _SURE or not is_alone or _figures(best[0]) != _figures(name):
            return None
        sites = _within(self._by_name[best[0]], address)
        spots = {_spot(place) for _, place in sites}
        return _named(*sites[0], is_sure=False) if len(spots) == 1 else None


def plain_name(text: str) -> str:
    """Spell a name for comparison: case, punctuation and 'the' do not matter.

    Parameters
    ----------
    text : as written.
    """
    words = re.sub(r"[\W_]+", " ", text.replace("'", "").replace("&", " and ")).casefold().split()
    return " ".join(word for word in words if word != "the")


_LAD_BY_NAME: Final = {plain_name(name): str(code) for code, name in HIPS_LADS.items()}


def _within(sites: list[tuple[str, Place]], address: str) -> list[tuple[str, Place]]:
    """Keep the sites of the authorities that an address names, all where it names none."""
    parts = {plain_name(part) for part in address.split(",")[1:]}
    named = {code for name, code in _LAD_BY_NAME.items() if name in parts}
    return [site for site in sites if not named or site[1].lad_code in named]


def _named(name: str, place: Place, *, is_sure: bool = True) -> NamedPlace:
    return NamedPlace(name, replace(place, method=VENUE_METHOD), is_sure)


def _spot(place: Place) -> tuple[float, float]:
    return place.easting_m, place.northing_m


def _figures(name: str) -> list[str]:
    return re.findall(r"\d+", name)
