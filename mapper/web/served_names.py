"""What areas are called."""

from collections.abc import Collection

from mapper.reports.authority_wards import WardsOf, authority_wards
from mapper.store.areas import area_names
from mapper.web.caching import kept
from mapper.web.session import reading


def names_of_areas(codes: Collection[str]) -> dict[str, str]:
    """Map codes of areas to their names, as the newest vintage has them.

    Parameters
    ----------
    codes : wanted; one that is not known stands for itself.
    """
    names = area_names(reading()).drop_duplicates("area_code", keep="last")
    known = dict(zip(names["area_code"], names["area_name"], strict=True))
    return {code: known.get(code, code) for code in codes}


def wards_offered() -> tuple[WardsOf, ...]:
    """The wards to choose from in a form, by authority."""
    return kept("wards offered", lambda: authority_wards(reading()))
