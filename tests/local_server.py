"""A server on this machine that is slow, busy, broken or endless, as it is told to be."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit


@dataclass
class Answer:
    """What the server gives: at once, or after a wait, or a byte at a time."""

    content: bytes = b"{}"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait_s: float = 0.0
    drip_s: float = 0.0


Answers = Callable[[str, dict[str, list[str]], int], Answer]


@dataclass
class Server:
    """A server on this machine, and what it was asked."""

    address: str
    asked: list[str]
    agents: list[str]


class _Handler(BaseHTTPRequestHandler):
    """Answers as it was told to, and remembers what it was asked."""

    answers: ClassVar[Answers]
    asked: ClassVar[list[str]]
    agents: ClassVar[list[str]]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.agents.append(self.headers["User-Agent"])
        parts = urlsplit(self.path)
        answer = type(self).answers(parts.path, parse_qs(parts.query), len(self.asked))
        time.sleep(answer.wait_s)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(OSError):
            self._send(answer)

    def _send(self, answer: Answer) -> None:
        step = 1 if answer.drip_s else len(answer.content) or 1
        for at in range(0, len(answer.content), step):
            self.wfile.write(answer.content[at : at + step])
            time.sleep(answer.drip_s)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def serving() -> Iterator[Callable[[Answers], Server]]:
    """Start servers, and stop them at the end."""
    servers: list[ThreadingHTTPServer] = []

    def start(answers: Answers) -> Server:
        parts = {"answers": staticmethod(answers), "asked": [], "agents": []}
        handler: Any = type("Handler", (_Handler,), parts)
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        server.daemon_threads = True
        servers.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        return Server(f"http://127.0.0.1:{server.server_port}", handler.asked, handler.agents)

    try:
        yield start
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()
