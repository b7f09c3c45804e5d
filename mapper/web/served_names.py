"""What areas are called."""

from collections.abc import Collection

from mapper.store.areas import area_names
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
