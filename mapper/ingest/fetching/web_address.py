"""Addresses of web servers that may be asked."""

import ipaddress
from urllib.parse import urlsplit


def is_safe(address: str) -> bool:
    """Tell whether what is asked there stays between here and there: https, or this machine.

    Parameters
    ----------
    address : of a server.
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port  # raises where it is none
    except ValueError:
        return False
    is_web = parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))
    return bool(host) and is_web


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
