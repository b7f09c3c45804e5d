"""The command that the site starts for long work: a process of its own, so as to hold up none."""

import json
import os
import socket
import sys
import traceback
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from mapper.cli.opening import connected
from mapper.cli.uploads import do_upload
from mapper.errors import MapperError
from mapper.store.session import Store

_NICENESS = 5
_SECONDS_WAITING = 900.0
_LONGEST_MESSAGE = 65_536
_ANALYSIS = {"run": "do_run", "scenario": "do_scenario"}
"""Tasks whose module is imported only when they are asked for: it takes a while."""


@click.command(hidden=True)
def background() -> None:
    """Wait for the site to ask, over the socket that is the standard input, and do it once."""
    os.nice(_NICENESS)  # pages first
    with socket.socket(fileno=os.dup(0)) as line:
        line.settimeout(_SECONDS_WAITING)
        try:
            # The lock comes with it, and is held until this process ends.
            message, _lock, _, _ = socket.recv_fds(line, _LONGEST_MESSAGE, 1)
        except TimeoutError:
            return
    if not message:
        return
    said = json.loads(message)
    try:
        with connected(said["database_url"]) as store:
            _task(said["task"])(store, said)
    except MapperError:
        raise  # the database; what was asked for says of its own errors
    except Exception as error:  # noqa: BLE001  (whatever it is, it may quote what stands in a cell)
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}:{last.lineno}"
        click.echo(f"mapper: {said['task']} failed: {type(error).__name__} at {where}", err=True)
        sys.exit(1)


def _task(name: str) -> Callable[[Store, Mapping[str, Any]], None]:
    if name in _ANALYSIS:
        found: Callable[[Store, Mapping[str, Any]], None]
        found = getattr(import_module("mapper.cli.analysis_work"), _ANALYSIS[name])
        return found
    return do_upload
