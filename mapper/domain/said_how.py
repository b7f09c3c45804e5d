"""How to say what a file does not: an option on the command line, a box on a page.

Whoever refuses a file for want of it speaks as the command line does; pages say where the box is.
"""

from typing import Final

BY_LEAD: Final = "with --lead NAME"
"""Which organisation leads activities."""

BY_SOURCE: Final = "with --source, such as --source"
"""The name of the source, which an example follows."""

BY_VINTAGE: Final = "with --vintage, such as --vintage"
"""The year of boundaries, which an example follows."""

_ON_PAGE: Final = {
    BY_LEAD: "in 'Organisation that leads', under 'For calendars and timetables of activities "
    "only'",
    BY_SOURCE: "in 'Name of the source', such as",
    BY_VINTAGE: "in 'Year of the boundaries', under 'For boundaries only', such as",
}


def on_page(message: str) -> str:
    """Say on a page what a message says on the command line.

    Parameters
    ----------
    message : as the command line says it.

    Returns
    -------
    The same with the boxes of the page for uploads in place of options.
    """
    for on_line, words in _ON_PAGE.items():
        message = message.replace(on_line, words)
    return message
