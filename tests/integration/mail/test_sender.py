"""Handing letters in at a real mail server: plainly, secured, refused, and hung up on."""

import ssl
import subprocess
from pathlib import Path

import pytest

from mapper.errors import InvalidValueError, NotReadyError
from mapper.mail.sender import Letter, MailError, MailServer, Security, postbox
from tests.mail_server import REFUSED, SENDER, mail_server

SECRET = "a long and secret word"  # noqa: S105  (of a server that lives for one test)
LETTER = Letter(to="sam@example.org", subject="Is it right?", text="Dear Sam,\n\nCafé “Größe”.\n")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that 127.0.0.1 made for itself, with its key."""
    folder = tmp_path_factory.mktemp("tls")
    key, made = folder / "key.pem", folder / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(key), "-out", str(made)]
    subprocess.run([*command, *names, *files], check=True, capture_output=True)
    both = folder / "server.pem"
    both.write_text(key.read_text() + made.read_text())
    return both


def secured(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_a_letter_arrives_as_it_was_written() -> None:
    with mail_server() as server, postbox(server.as_setting()) as box:
        box.send(LETTER)
    (letter,) = server.letters
    assert (letter["To"], letter["From"]) == ("sam@example.org", SENDER)
    assert letter["Subject"] == "Is it right?"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().splitlines() == LETTER.text.splitlines()


def test_the_way_is_secured_and_the_password_given(certificate: Path) -> None:
    with mail_server(secured(certificate), SECRET) as server:
        setting = server.as_setting(
            security=Security.STARTTLS,
            certificates=str(certificate),
            user="mapper",
            password=SECRET,
        )
        with postbox(setting) as box:
            box.send(LETTER)
    assert len(server.letters) == 1


def test_a_certificate_that_nobody_vouches_for_is_refused(certificate: Path) -> None:
    with (
        mail_server(secured(certificate)) as server,
        pytest.raises(MailError, match="cannot be used"),
        postbox(server.as_setting(security=Security.STARTTLS)),
    ):
        pass


def test_a_server_that_cannot_secure_the_way_is_not_used() -> None:
    with (
        mail_server() as server,
        pytest.raises(MailError, match="secured by starttls"),
        postbox(server.as_setting(security=Security.STARTTLS)),
    ):
        pass


def test_a_wrong_password_is_told_without_it(certificate: Path) -> None:
    with mail_server(secured(certificate), SECRET) as server:
        setting = server.as_setting(
            security=Security.STARTTLS,
            certificates=str(certificate),
            user="mapper",
            password=SECRET[::-1],
        )
        with pytest.raises(MailError) as told, postbox(setting):
            pass
    assert SECRET[::-1] not in str(told.value)


def test_an_address_that_is_refused_stops_no_other() -> None:
    with mail_server() as server, postbox(server.as_setting()) as box:
        with pytest.raises(MailError, match="no such person"):
            box.send(Letter(to=REFUSED, subject="a", text="b"))
        box.send(LETTER)
    assert len(server.letters) == 1


def test_a_server_that_hangs_up_is_told() -> None:
    with mail_server() as server:
        server.hangs_up = True
        with postbox(server.as_setting()) as box, pytest.raises(MailError):
            box.send(LETTER)


def test_nobody_there_is_told_with_what_to_do() -> None:
    setting = MailServer(host="127.0.0.1", port=9, sender=SENDER, security=Security.NONE)
    with pytest.raises(MailError, match="MAPPER_SMTP"), postbox(setting):
        pass


def test_no_server_set_is_told() -> None:
    with (
        pytest.raises(NotReadyError, match="MAPPER_SMTP_HOST"),
        postbox(MailServer(host="", sender="")),
    ):
        pass


@pytest.mark.parametrize(
    "address",
    [
        "sam@example.org\nBcc: all@example.org",
        "sam@example.org, other@example.org",
        "Sam <sam@example.org>",
        "sam",
        "",
    ],
)
def test_no_header_and_no_second_address_can_be_slipped_in(address: str) -> None:
    with (
        mail_server() as server,
        postbox(server.as_setting()) as box,
        pytest.raises(InvalidValueError),
    ):
        box.send(Letter(to=address, subject="a", text="b"))
    assert server.letters == []


def test_a_subject_of_two_lines_becomes_one() -> None:
    with mail_server() as server, postbox(server.as_setting()) as box:
        box.send(Letter(to="sam@example.org", subject="a\nBcc: x@example.org", text="b"))
    (letter,) = server.letters
    assert letter["Subject"] == "a Bcc: x@example.org"
    assert letter["Bcc"] is None
