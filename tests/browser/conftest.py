"""The demo as it is served, and a browser that notes everything it complains of."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

_SECONDS_TO_START = 300
# Nothing is timed here: a page may take as long as a busy machine needs.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the whole demo, served by the command that serves it to everybody."""
    folder = tmp_path_factory.mktemp("demo")
    port = free_port()
    # No program of the test's own may sit between the browser and the site.
    environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    environment["MAPPER_DATABASE_URL"] = f"sqlite:///{folder / 'demo.sqlite'}"
    environment["MAPPER_UPLOAD_DIR"] = str(folder / "uploads")
    environment["MAPPER_SIGN_IN_LIMIT"] = "1000 per minute"
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "mapper", "demo", "--port", str(port)],
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address, server, folder / "log")
            yield address
        finally:
            server.terminate()
            server.wait(timeout=30)


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complains of: errors, breaches of the policy, requests that leave."""
    found: list[str] = []
    page.on("console", lambda line: found.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("request", lambda request: found.append(request.url) if _leaves(request.url) else None)
    return found


def _leaves(address: str) -> bool:
    """Whether a request goes to another machine."""
    return urlsplit(address).hostname not in (None, "", "127.0.0.1")


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a site answers; fail with its log when it ends instead."""
    end = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < end:
        if server.poll() is not None:
            pytest.fail(f"The demo ended: {log.read_text()}")
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=5):  # noqa: S310  (our own server)
                return
        except (URLError, ConnectionError):
            time.sleep(0.2)
    pytest.fail(f"The demo did not start: {log.read_text()}")


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
