"""The local authority that an address or a filter names."""

from flask import request

from mapper.domain.area import HIPS_LADS
from mapper.errors import UnknownAreaError


def chosen_authority() -> str:
    """The code of the authority that the page is filtered by; empty for all fourteen.

    Raises
    ------
    UnknownAreaError
        When the filter names something else.
    """
    code = request.args.get("authority", "").strip().upper()
    return require_authority(code) if code else ""


def require_authority(code: str) -> str:
    """The code itself, in capitals, when it is one of the fourteen.

    Parameters
    ----------
    code : as it stands in an address.

    Raises
    ------
    UnknownAreaError
        When it is not.
    """
    if code.upper() not in HIPS_LADS:
        raise UnknownAreaError(
            f"{code!r} is not one of the fourteen local authorities.",
            expected="A code such as E06000044.",
        )
    return code.upper()


def authorities_by_name() -> list[tuple[str, str]]:
    """The fourteen authorities as (code, name), in order of name."""
    return sorted(HIPS_LADS.items(), key=lambda pair: pair[1])
