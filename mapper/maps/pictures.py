"""A report's picture, drawn by a library that is loaded only when a picture is wanted."""

from base64 import b64encode
from collections.abc import Sequence

from mapper.reports.published import PublishedAreas


def report_picture(areas: PublishedAreas, highlighted: Sequence[str] = ()) -> bytes:
    """Draw the areas of a report as a small picture.

    Parameters
    ----------
    areas : as published.
    highlighted : codes of the areas to number, in order.

    Returns
    -------
    SVG in UTF-8.
    """
    # matplotlib is a sixth of what every start of the site and its commands would import.
    from mapper.maps.report_map import report_map  # noqa: PLC0415  (see above)

    return report_map(areas, highlighted)


def data_address(svg: bytes) -> str:
    """Write a picture as an address that an `img` element can carry.

    Parameters
    ----------
    svg : as `report_picture` drew it.
    """
    return f"data:image/svg+xml;base64,{b64encode(svg).decode()}"
