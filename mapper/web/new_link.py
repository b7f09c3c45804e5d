"""Sending a new link for an old one, beside the request that asked for it.

The request is answered before anything is looked up, so that neither its words nor its time
tell whether the old link was one of ours, or whether anybody is still reached by it.
"""

from datetime import UTC, datetime
from logging import Logger
from threading import Thread
from typing import Final

from flask import current_app

from mapper.errors import MapperError
from mapper.mail.asking import send_new_link
from mapper.mail.choices import LetterChoices
from mapper.store.asked_entries import BY_CONTACT
from mapper.store.session import Store
from mapper.web.site import the_site

THREAD: Final = "new link"


def start_new_link(token: str) -> None:
    """Have a new link sent, if the old one was sent by us and its contact is on record.

    Parameters
    ----------
    token : as it stands in the old link.
    """
    site = the_site()
    choices = site.settings.letter_choices(BY_CONTACT)
    what = (site.store, token, choices, current_app.logger)
    Thread(target=_send, args=what, name=THREAD, daemon=True).start()


def _send(store: Store, token: str, choices: LetterChoices, logger: Logger) -> None:
    try:
        send_new_link(store, token, choices, datetime.now(UTC))
    except MapperError as error:
        # Neither the link nor the address is written to the log.
        logger.warning("A new link could not be sent: %s", error.found)
