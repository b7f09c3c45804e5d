"""What is refused before anything is made ready for it."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from mapper.cli.serving import require_free
from mapper.errors import SettingError
from tests.command_line import CommandLine


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_the_demo_on_a_taken_port_is_refused_before_it_is_made(tmp_path: Path, taken: int) -> None:
    path = tmp_path / "demo.sqlite"
    told = CommandLine(f"sqlite:///{path}")("demo", "--port", str(taken))

    assert (told.status, told.out, told.err.count("\n")) == (2, "", 1)
    assert f"port {taken}: another program uses it" in told.err
    assert f"--port {taken + 1}" in told.err
    assert not path.exists()


def test_the_site_on_a_taken_port_is_refused_in_one_line(tmp_path: Path, taken: int) -> None:
    told = CommandLine(f"sqlite:///{tmp_path / 'none.sqlite'}")("serve", "--port", str(taken))

    assert (told.status, told.err.count("\n")) == (2, 1)
    assert "another program uses it" in told.err


def test_a_port_that_was_given_back_is_free(taken: int) -> None:
    with pytest.raises(SettingError):
        require_free("127.0.0.1", taken)
    require_free("127.0.0.1", 0)


def test_an_address_that_this_machine_does_not_have_is_refused() -> None:
    with pytest.raises(SettingError, match=r"--host and --port"):
        require_free("192.0.2.1", 8000)


def test_a_port_that_no_machine_has_is_refused() -> None:
    assert CommandLine("sqlite://")("demo", "--port", "70000").status == 2
