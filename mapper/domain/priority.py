"""Priority lists: the areas that a strategic needs assessment names."""

from dataclasses import dataclass

from mapper.domain.area import AreaType


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityArea:
    """One area on a needs assessment's own list.

    Parameters
    ----------
    area_code : GSS code.
    area_name : as the areas loaded call it.
    level : of the area.
    lad_code : of the local authority that holds it.
    rank : its place on the list, 1 the first; None where the list has no order.
    reason, theme, offence_group : why it is listed, in the list's own words; may be empty.
    """

    area_code: str
    area_name: str
    level: AreaType
    lad_code: str
    rank: int | None = None
    reason: str = ""
    theme: str = ""
    offence_group: str = ""
