"""An optional background map from a tile server that the operator chose."""

from urllib.parse import urlsplit


def tile_source(tile_url: str) -> str:
    """Name the tile server as a Content-Security-Policy does, such as `https://*.example.org`.

    Parameters
    ----------
    tile_url : with ``{s}``, ``{x}``, ``{y}`` and ``{z}`` to fill in; empty for none.

    Returns
    -------
    The scheme and host, empty when there is no tile server or it is our own.
    """
    parts = urlsplit(tile_url.replace("{s}", "*"))
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def tile_credit(tile_url: str, attribution: str) -> str:
    """Name whom the background map is owed to, as plain text.

    Parameters
    ----------
    tile_url : of the tile server.
    attribution : as the operator set it; empty for the server's name.
    """
    return attribution or f"Background map: {tile_source(tile_url) or 'own tiles'}"
