"""What every test shares: the real data, the browser, and no excuses on CI."""

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.local_server import Answers, Server, serving

ROOT = Path(__file__).resolve().parents[1]
REAL_DATA = ROOT.parent / "shared" / "data" / "real"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
IS_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}

COMMON = {
    "deadline": None,
    "derandomize": IS_CI,
    # Factories are fixtures here: they hold no state that an example could spoil.
    "suppress_health_check": [HealthCheck.function_scoped_fixture],
}
settings.register_profile("here", max_examples=50, **COMMON)
settings.register_profile("quick", max_examples=15, **COMMON)
settings.load_profile("here")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure on CI, where everything a test needs must be there."""
    report = yield
    if IS_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Nothing may skip on CI, but {item.nodeid} did: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn the skip of a whole module into a failure on CI."""
    report = yield
    if IS_CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"Nothing may skip on CI, but {collector.nodeid} did: {report.longrepr}"
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by what they ask for, so that `make check` can leave some out."""
    for item in items:
        if "real_data" in getattr(item, "fixturenames", ()):
            item.add_marker("real_data")
        if Path(item.fspath).is_relative_to(ROOT / "tests" / "browser"):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real public data, which stands beside the repository and not in it."""
    if not REAL_DATA.is_dir():
        pytest.skip("The shared public data is not here: expected in ../shared/data/real.")
    return REAL_DATA


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Drive the Chromium of the operating system; Playwright's own where there is none."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    chosen = {"executable_path": found} if found else {}
    # As root, in a container, Chromium cannot make its sandbox.
    return browser_type_launch_args | {"args": ["--no-sandbox"]} | chosen


@pytest.fixture
def serve() -> Iterator[Callable[[Answers], Server]]:
    """Starts servers on this machine, and stops them when the test ends."""
    with serving() as start:
        yield start
