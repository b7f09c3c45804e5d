"""The wards of each authority, to choose from in forms and to be named in answers."""

from dataclasses import dataclass

import pandas as pd
from sqlalchemy.orm import Session

from mapper.domain.area import AreaType
from mapper.errors import NotReadyError
from mapper.store.areas import area_names, latest_vintage


@dataclass(frozen=True, slots=True)
class WardsOf:
    """The wards of one authority.

    Parameters
    ----------
    lad_code, name : of the authority.
    wards : code and name of each, in order of name.
    """

    lad_code: str
    name: str
    wards: tuple[tuple[str, str], ...]

    @property
    def named(self) -> tuple[tuple[str, str], ...]:
        """Code of each ward, and its name with that of its authority: some names recur."""
        return tuple((code, ward_words(name, self.name)) for code, name in self.wards)


def ward_words(ward: str, authority: str) -> str:
    """Name a ward so that nobody takes it for another place, such as ``Central ward, Havant``.

    Parameters
    ----------
    ward : its name.
    authority : that of its authority; empty where not known.
    """
    return ", ".join(filter(None, (f"{ward} ward", authority)))


def authority_wards(session: Session) -> tuple[WardsOf, ...]:
    """List the wards in force by authority, in order of name.

    Returns
    -------
    Authorities with wards only; none where no wards are loaded.
    """
    try:
        vintage = latest_vintage(session, AreaType.WARD)
    except NotReadyError:
        return ()
    names = area_names(session)
    lads = names[names["level"] == AreaType.LAD].drop_duplicates("area_code", keep="last")
    wards = names[(names["level"] == AreaType.WARD) & (names["vintage"] == vintage)]
    return tuple(
        WardsOf(code, name, _in_order(wards[wards["lad_code"] == code]))
        for code, name in sorted(
            zip(lads["area_code"], lads["area_name"], strict=True), key=lambda pair: pair[1]
        )
        if (wards["lad_code"] == code).any()
    )


def area_words(session: Session) -> dict[str, str]:
    """Name every area by its code, wards with their authority, as the newest vintage has them."""
    names = area_names(session)
    named = dict(zip(names["area_code"], names["area_name"], strict=True))
    wards = names[names["level"] == AreaType.WARD]
    rows = zip(wards["area_code"], wards["area_name"], wards["lad_code"], strict=True)
    return named | {code: ward_words(name, named.get(lad, "")) for code, name, lad in rows}


def _in_order(wards: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    pairs = zip(wards["area_code"], wards["area_name"], strict=True)
    return tuple(sorted(pairs, key=lambda pair: pair[1]))
