"""How letters to contacts are written and sent; apart from the sending, which needs the store."""

from collections.abc import Callable
from dataclasses import dataclass

from mapper.mail.sender import MailServer


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterChoices:
    """How contacts are asked.

    Parameters
    ----------
    server : that takes the letters.
    secret_key : that signs the links.
    address_of : gives the address of a page for the word of its link.
    days : for which a link is good.
    by : who has the letters sent.
    """

    server: MailServer
    secret_key: str
    address_of: Callable[[str], str]
    days: int
    by: str
