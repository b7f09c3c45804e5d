"""One spelling for headings: letters and figures, in lower case."""

import re
from typing import Final

_BRACKETS: Final = re.compile(r"\([^)]*\)")


def plain_heading(heading: str) -> str:
    """Cut a heading down to its letters and figures, in lower case, brackets left out.

    Parameters
    ----------
    heading : as the file spells it.
    """
    return full_heading(_BRACKETS.sub("", heading))


def full_heading(heading: str) -> str:
    """Cut a heading down to its letters and figures, in lower case, those in brackets too.

    Parameters
    ----------
    heading : as the file spells it.
    """
    return re.sub(r"[\W_]+", "", heading).casefold()
