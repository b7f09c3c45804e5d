"""Ways to make a source in one line."""

from collections.abc import Callable

import pandas as pd
import pytest

from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.files.source import SourceFile


@pytest.fixture
def csv_file() -> Callable[..., SourceFile]:
    """Make a source of CSV text."""

    def make(text: str, name: str = "list.csv") -> SourceFile:
        return SourceFile(name, text.encode())

    return make


@pytest.fixture
def log() -> IssueLog:
    return IssueLog("list.csv")


@pytest.fixture
def ground() -> Ground:
    """Two LSOAs and three wards, two of the same name."""
    rows = [
        ("E01017013", "Portsmouth 012A", "lsoa", "2011", "E06000044"),
        ("E01022553", "Basingstoke and Deane 001A", "lsoa", "2011", "E07000084"),
        ("E05002441", "Baffins", "ward", "2025", "E06000044"),
        ("E05000001", "St Johns", "ward", "2025", "E07000090"),
        ("E05000002", "St Johns", "ward", "2025", "E06000046"),
        ("E07000089", "Hart", "lad", "2025", "E07000089"),
        ("E05000003", "Hart", "ward", "2025", "E07000089"),
    ]
    columns = ["area_code", "area_name", "level", "vintage", "lad_code"]
    return Ground(pd.DataFrame(rows, columns=columns))
