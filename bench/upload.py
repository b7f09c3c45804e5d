"""Load a workbook of 5,000 activities through the site, and time other pages meanwhile.

The site is served as it is to everybody, by gunicorn. The workbook is sent by a client that
does what a browser does: sends the form, looks again every two seconds as the page says, presses
"Load it", and looks again until the result is there.
"""

from __future__ import annotations

import io
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

import requests
import xlsxwriter

from bench.ground import FOLDER, ROOT, address, invent, mapper
from mapper.domain.role import Role
from mapper.store.session import open_store
from mapper.store.users import User, save_user
from mapper.web.people import hash_password

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROWS = 5_000
POSTCODES = ("PO1 3AX", "SO14 7LW", "PO1 2DA", "SO15 2AA")
EMAIL, PASSWORD = "bench@example.org", "a password for the bench"
SECONDS_BETWEEN = 2.0
QUIET_SECONDS = 10.0
PAGES = ("/health", "/organisations")


def measure() -> dict[str, float]:
    """Load the workbook once, with the pages asked for before and during it.

    Returns
    -------
    Seconds and milliseconds by what they measure.
    """
    database = FOLDER / "upload.sqlite"
    database.parent.mkdir(parents=True, exist_ok=True)
    database.unlink(missing_ok=True)
    mapper(database, "init")
    invent(database, seed=1)
    _add_analyst(database)
    port = _free_port()
    site = f"http://127.0.0.1:{port}"
    server = subprocess.Popen([sys.executable, "-c", SERVE, str(database), str(port)], cwd=ROOT)
    try:
        session = _signed_in(site)
        quiet = _latencies(site, threading.Timer(QUIET_SECONDS, lambda: None))
        times: dict[str, float] = {}
        busy = _latencies(site, threading.Thread(target=_load, args=(session, site, times)))
    finally:
        server.terminate()
        server.wait(timeout=30)
    figures = dict(times)
    for page in PAGES:
        figures[f"{page}, median, quiet (ms)"] = statistics.median(quiet[page])
        figures[f"{page}, median, during the load (ms)"] = statistics.median(busy[page])
        figures[f"{page}, slowest, during the load (ms)"] = max(busy[page])
    return figures


SERVE = """
import sys
from pathlib import Path
from mapper.config import Settings
from mapper.web.serving import run_server
database, port = Path(sys.argv[1]), int(sys.argv[2])
run_server(Settings(database_url=f"sqlite:///{database}", secret_key="x" * 40, public_view=True,
                    upload_dir=database.parent / "uploads"), "127.0.0.1", port)
"""


def workbook() -> bytes:
    """Make a return of activities as a partner would, some rows of it at fault."""
    buffer = io.BytesIO()
    headings = ("Reference", "Title", "Lead organisation", "First date", "Sessions",
                "Participants", "Postcode", "Themes")  # fmt: skip
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, headings)
        for row in range(1, ROWS + 1):
            day = f"{row % 28 + 1:02}/{row % 12 + 1:02}/2025" if row % 33 else "31/02/2025"
            lead = f"Invented Group {row % 200}"
            cells = (f"B-{row}", f"Session {row}", lead, day, row % 20 + 1, row % 40 + 5,
                     POSTCODES[row % len(POSTCODES)], "positive activities")  # fmt: skip
            sheet.write_row(row, 0, cells)
    return buffer.getvalue()


def _load(session: requests.Session, site: str, times: dict[str, float]) -> None:
    form = session.get(f"{site}/load").text
    fields = {"kind": "activities", "sensitivity": "open", "source_name": "bench"}
    files = {"files": ("returns.xlsx", workbook())}
    began = time.perf_counter()
    page = session.post(f"{site}/load", data=fields | _token(form), files=files)
    page = _watched(session, page)
    times["sent until the preview is there (s)"] = time.perf_counter() - began
    began_loading = time.perf_counter()
    page = session.post(f"{page.url}/load", data=_token(page.text))
    page = _watched(session, page)
    times["confirmed until the result is there (s)"] = time.perf_counter() - began_loading
    assert "/loads/" in page.url, page.url


def _watched(session: requests.Session, page: requests.Response) -> requests.Response:
    """Look again as the page asks its browser to."""
    while 'http-equiv="refresh"' in page.text:
        time.sleep(SECONDS_BETWEEN)
        page = session.get(page.url)
    return page


def _latencies(site: str, work: threading.Thread) -> dict[str, list[float]]:
    """Ask for each page in turn for as long as some work goes on."""
    found: dict[str, list[float]] = {page: [] for page in PAGES}
    work.start()
    with requests.Session() as visitor:
        while work.is_alive():
            for page in PAGES:
                began = time.perf_counter()
                visitor.get(f"{site}{page}").raise_for_status()
                found[page].append((time.perf_counter() - began) * 1000)
            time.sleep(0.1)
    work.join()
    return found


def _token(page: str) -> dict[str, str]:
    tag = next(_tags(page, "csrf_token"))
    match = re.search(r'value="([^"]+)"', tag)
    return {"csrf_token": match[1] if match else ""}


def _tags(page: str, name: str) -> Iterator[str]:
    tags = re.findall(r"<input[^>]*>", page)
    # The form that signs out has a token too; it is the same one.
    return (tag for tag in tags if f'name="{name}"' in tag)


def _signed_in(site: str) -> requests.Session:
    session = requests.Session()
    for _ in range(600):
        try:
            page = session.get(f"{site}/sign-in")
            break
        except requests.ConnectionError:
            time.sleep(0.2)
    fields = {"email": EMAIL, "password": PASSWORD} | _token(page.text)
    session.post(f"{site}/sign-in", data=fields, allow_redirects=False).raise_for_status()
    return session


def _add_analyst(database: Path) -> None:
    store = open_store(address(database))
    with store.writing() as session:
        save_user(
            session,
            User(
                email=EMAIL,
                name="Bench",
                organisation_name="Bench",
                role=Role.ANALYST,
                password_hash=hash_password(PASSWORD),
            ),
        )
    store.dispose()


def _free_port() -> int:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
