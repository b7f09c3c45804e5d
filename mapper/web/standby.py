"""A process that has started and waits for an upload, or something else, to work on.

Starting Python and reading its libraries takes longer than most files do. So one process is
started while somebody fills in the form, and waits; it is handed what to do, and the lock that
says so, over a socket. Where none waits, one is started on the spot.
"""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping


class Standby:
    """At most one process that waits, for all the sites of this process."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: tuple[subprocess.Popen[bytes], int] | None = None

    def warm(self) -> None:
        """Start a process that waits, unless one does."""
        with self._guard:
            if self._waiting is not None and self._waiting[0].poll() is not None:
                os.close(self._waiting[1])
                self._waiting = None
            if self._waiting is None:
                self._waiting = _started()

    def hand_over(self, said: Mapping[str, object], lock: int) -> int:
        """Have something worked on, and return the number of the process that does.

        Parameters
        ----------
        said : what the process needs to know.
        lock : the open file whose lock it holds from now on.
        """
        self.warm()
        with self._guard:
            waiting, self._waiting = self._waiting, None
        process, end = waiting or _started()
        with socket.socket(fileno=end) as line:
            socket.send_fds(line, [json.dumps(said).encode()], [lock])
        return process.pid


def _started() -> tuple[subprocess.Popen[bytes], int]:
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "mapper", "background"],
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
    # Somebody has to wait for its end, or it would stay behind as a zombie.
    threading.Thread(target=process.wait, daemon=True).start()
    # The number alone is kept: when this process ends, its end of the line closes, and the
    # other one goes.
    return process, ours.detach()


STANDBY = Standby()
