"""Text that a spreadsheet would run, and how it is made harmless."""

from typing import Final

FORMULA_BEGINNINGS: Final = (
    "=+-@\t\r\n\0\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}"
    "\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
)
"""Characters that a formula may begin with; some spreadsheets take the wide ones for the others."""


def neutralised(text: str) -> str:
    """Give text that begins as a formula would, spaces before it or not, a leading apostrophe.

    Parameters
    ----------
    text : of one cell, from whoever wrote it.

    References
    ----------
    OWASP (2024). CSV Injection. OWASP (2025). Application Security Verification Standard 5.0,
    requirement 1.2.10.
    """
    return f"'{text}" if text.lstrip(" ").startswith(tuple(FORMULA_BEGINNINGS)) else text
