"""Text that a spreadsheet would run, and how it is made harmless."""

_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n")


def neutralised(text: str) -> str:
    """Give text that begins as a formula would, spaces before it or not, a leading apostrophe.

    Parameters
    ----------
    text : of one cell, from whoever wrote it.

    References
    ----------
    OWASP (2024). CSV Injection.
    """
    return f"'{text}" if text.lstrip(" ").startswith(_BEGINNINGS) else text
