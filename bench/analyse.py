"""Time `mapper analyse` of the nine months, as somebody would run it, and split it by step."""

from __future__ import annotations

import json
import resource
import shutil
import time

from bench.ground import FOLDER, address, filled, mapper
from mapper.store.runs import latest_run
from mapper.store.session import open_store


def measure() -> dict[str, float]:
    """Analyse once.

    Returns
    -------
    Seconds of the whole and of each step, and megabytes, by what they measure.
    """
    database = FOLDER / "analyse.sqlite"
    shutil.copy(filled(), database)
    started = time.perf_counter()
    mapper(database, "analyse", "--from", "2025-01", "--to", "2025-10")
    whole = time.perf_counter() - started
    peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    store = open_store(address(database))
    with store.reading() as session:
        run = latest_run(session)
    store.dispose()
    steps = {f"step: {step} (s)": float(time) for step, time in run.summary["seconds"].items()}
    counts = {
        name: float(run.summary["network"][name])
        for name in ("organisations", "links")
        if name in run.summary["network"]
    }
    return {
        "the whole command, start included (s)": whole,
        **steps,
        "peak memory of the command and its makers (MB)": peak_mb,
        **counts,
    }


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
