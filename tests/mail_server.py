"""A mail server on this machine that keeps what it is given."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from ssl import SSLContext
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from mapper.mail.sender import MailServer, Security

REFUSED = "refused@example.org"
SENDER = "directory@example.org"


@dataclass
class Kept:
    """What the server was given, and where it listens."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    hangs_up: bool = False

    async def handle_RCPT(  # noqa: N802  (aiosmtpd's name)
        self,
        server: SMTP,  # noqa: ARG002
        session: Session,  # noqa: ARG002
        envelope: Envelope,
        address: str,
        options: Any,  # noqa: ARG002
    ) -> str:
        """Take every address but one."""
        if address == REFUSED:
            return "550 5.1.1 no such person here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802
        """Keep the letter."""
        if self.hangs_up:
            server.transport.close()
            return "421 gone"
        content = envelope.content
        assert isinstance(content, bytes)
        found = message_from_bytes(content, policy=policy.default)
        assert isinstance(found, EmailMessage)
        self.letters.append(found)
        return "250 OK"

    def as_setting(self, **choices: Any) -> MailServer:
        """The server as mapper is told of it."""
        given = {
            "host": "127.0.0.1",
            "port": self.port,
            "sender": SENDER,
            "security": Security.NONE,
            "timeout_s": 5.0,
        }
        return MailServer(**given | choices)


@contextmanager
def mail_server(tls: SSLContext | None = None, password: str = "") -> Iterator[Kept]:
    """Run a mail server on a free port.

    Parameters
    ----------
    tls : what STARTTLS is answered with; None to offer none.
    password : that has to be given; empty for none.
    """
    kept = Kept(port=_free_port())

    def check(*about: Any) -> AuthResult:
        given = about[-1]
        is_right = isinstance(given, LoginPassword) and given.password == password.encode()
        return AuthResult(success=is_right)

    controller = Controller(
        kept,
        hostname="127.0.0.1",
        port=kept.port,
        tls_context=tls,
        authenticator=check if password else None,
        auth_required=bool(password),
        auth_require_tls=tls is not None,
    )
    controller.start()
    try:
        yield kept
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
