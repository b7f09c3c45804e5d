"""Sending mail through the partnership's own mail server."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from enum import StrEnum

from mapper.errors import InvalidValueError, MapperError, NotReadyError

_TIMEOUT_SECONDS = 20.0


class Security(StrEnum):
    """How the way to the mail server is secured."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


class MailError(MapperError):
    """A letter that the mail server did not take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where mail is handed in.

    Parameters
    ----------
    host : empty when there is none.
    port : of the host.
    sender : the address that letters come from.
    user, password : to sign in with; empty when the server asks for none.
    security : of the way to it.
    certificates : file of certificates to trust beside the system's; empty for none.
    timeout_s : how long to wait for an answer.
    """

    host: str
    sender: str
    port: int = 587
    user: str = ""
    password: str = ""
    security: Security = Security.STARTTLS
    certificates: str = ""
    timeout_s: float = _TIMEOUT_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter in plain text.

    Parameters
    ----------
    to : the address.
    subject : one line.
    text : the letter.
    """

    to: str
    subject: str
    text: str


class Postbox:
    """An open connection to the mail server.

    Parameters
    ----------
    connection : signed in.
    sender : the address that letters come from.
    """

    def __init__(self, connection: smtplib.SMTP, sender: str) -> None:
        self._connection = connection
        self._sender = sender

    def send(self, letter: Letter) -> None:
        """Hand one letter in.

        Raises
        ------
        InvalidValueError
            When the address or subject cannot be one.
        MailError
            When the mail server does not take it.
        """
        message = _message(letter, self._sender)
        try:
            self._connection.send_message(message)
        except (smtplib.SMTPException, OSError) as error:
            raise MailError(
                f"The mail server did not take the letter: {_said(error)}.",
                expected="It takes letters from the sender that is set.",
                action="Check the address of the contact, and MAPPER_SMTP_FROM.",
            ) from error


@contextmanager
def postbox(server: MailServer) -> Iterator[Postbox]:
    """Open a connection to the mail server, and close it afterwards.

    Parameters
    ----------
    server : where mail is handed in.

    Raises
    ------
    NotReadyError
        When no mail server or no sender is set.
    MailError
        When it cannot be reached, is not secured as set, or does not take the password.
    """
    if not server.host or not server.sender:
        raise NotReadyError(
            "No mail server is set.",
            expected="MAPPER_SMTP_HOST and MAPPER_SMTP_FROM are set.",
            action="docs/settings.md says how.",
        )
    try:
        connection = _connect(server)
    except (smtplib.SMTPException, OSError) as error:
        raise MailError(
            f"The mail server {server.host}:{server.port} cannot be used: {_said(error)}.",
            expected=f"It answers there, secured by {server.security.value}.",
            action="Check the MAPPER_SMTP settings; docs/settings.md lists them.",
        ) from error
    try:
        yield Postbox(connection, server.sender)
    finally:
        connection.close()


def _connect(server: MailServer) -> smtplib.SMTP:
    trusted = ssl.create_default_context(cafile=server.certificates or None)
    if server.security is Security.TLS:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=server.timeout_s, context=trusted
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=server.timeout_s)
    try:
        if server.security is Security.STARTTLS:
            connection.starttls(context=trusted)
        if server.user:
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection


def _message(letter: Letter, sender: str) -> EmailMessage:
    _, address = parseaddr(letter.to)
    if address != letter.to or address.count("@") != 1 or not address.isprintable():
        raise InvalidValueError(
            f"{letter.to!r} is not an e-mail address.", expected="Something like name@example.org."
        )
    message = EmailMessage()
    try:
        message["From"] = sender
        message["To"] = address
        message["Subject"] = " ".join(letter.subject.split())
        message["Date"] = formatdate(localtime=True)
        message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2] or None)
        # RFC 3834: an answering machine is not to answer this.
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
    except (ValueError, MessageError) as error:
        raise InvalidValueError(
            f"The letter cannot be written: {error}.", expected="A subject of one line."
        ) from error
    return message


def _said(error: Exception) -> str:
    """Say what the server answered, in one line and without our password."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = {f"{code} {_text(reply)}" for code, reply in error.recipients.values()}
        return "; ".join(sorted(codes))
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return " ".join(str(error).split()) or type(error).__name__


def _text(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join(text.split())[:200]
