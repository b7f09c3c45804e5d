"""Nothing of a file about persons is kept: not in the database, the log, the report or a file."""

import json
import logging
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from mapper.domain.source import SourceKind
from mapper.errors import PersonLevelDataError
from mapper.ingest.options import IngestOptions
from mapper.ingest.outcome.report import FileStatus
from mapper.ingest.run import ingest
from mapper.store.session import Store

SECRETS = ("Zebedee", "Quagmire", "1994-05-12", "943 476 5919", "AB123456C", "zq@example.org")
ROWS = [
    ["Ref", "A", "B", "C", "D", "E", "Area code", "Count"],
    *([f"r{n}", *SECRETS[:2], *SECRETS[2:5], "E06000044", n] for n in range(1, 4)),
]
Write = Callable[[Path], Path]


def csv_file(folder: Path) -> Path:
    """The rows as CSV in an encoding that is guessed, which is warned of."""
    path = folder / "table.csv"
    text = "\n".join(",".join(map(str, row)) for row in ROWS)
    path.write_bytes(f"{text}\nna\u00efve,{SECRETS[5]}".encode("cp1252"))
    return path


def workbook(folder: Path) -> Path:
    """The rows on a hidden sheet behind an innocent one."""
    path = folder / "table.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write_row(0, 0, ["Area code", "Count"])
        hidden = book.add_worksheet()
        for line, row in enumerate(ROWS):
            hidden.write_row(line, 0, row)
        hidden.write_formula(9, 0, f'="{SECRETS[1]}"+1', value="#VALUE!")
        hidden.hide()
    return path


def document(folder: Path) -> Path:
    """The rows as JSON."""
    path = folder / "table.json"
    path.write_text(
        json.dumps([dict(zip(map(str, ROWS[0]), row, strict=True)) for row in ROWS[1:]])
    )
    return path


@pytest.mark.parametrize("write", [csv_file, workbook, document])
@pytest.mark.parametrize("kind", [SourceKind.VIOLENCE, SourceKind.POPULATION])
def test_nothing_of_it_is_left(  # one law over every shape and kind
    write: Write,
    kind: SourceKind,
    new_spatialite_url: str,
    opened: Callable[[str], Store],
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    caplog.set_level(logging.DEBUG)
    (tmp_path / "given").mkdir()
    path = write(tmp_path / "given")
    store = opened(new_spatialite_url)
    with pytest.raises(PersonLevelDataError) as refusal:
        ingest(store, kind, [path])
    store.dispose()
    kept = b"".join(each.read_bytes() for each in tmp_path.glob("mapper.sqlite*"))
    said = f"{refusal.value}{refusal.value.__cause__}{caplog.text}{''.join(capfd.readouterr())}"
    assert not list(scratch.rglob("*"))
    assert not [secret for secret in SECRETS if secret.encode() in kept or secret in said]


def test_beside_a_good_file_its_report_says_nothing_of_it(store: Store, tmp_path: Path) -> None:
    csv_file(tmp_path)
    good = "Month,LSOA code,LSOA name,Crime type\n2025-01,E01017013,Portsmouth 012A,Robbery\n"
    (tmp_path / "2025-01-hampshire-street.csv").write_text(good)
    paths = [tmp_path / "table.csv", tmp_path / "2025-01-hampshire-street.csv"]
    report = ingest(store, SourceKind.VIOLENCE, paths, IngestOptions())
    assert [file.status for file in report.files] == [FileStatus.REFUSED, FileStatus.LOADED]
    told = str(report)
    assert not [secret for secret in SECRETS if secret in told]
