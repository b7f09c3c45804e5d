"""A file that is refused leaves the database as it was, whatever its kind."""

import io
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import text

from mapper.domain.source import SourceKind
from mapper.errors import MapperError
from mapper.ingest.run import ingest
from mapper.store.session import Store

TABLES = ("sources", "organisations", "activities", "violence_counts", "residents")
KINDS = [
    SourceKind.ORGANISATIONS,
    SourceKind.ACTIVITIES,
    SourceKind.VIOLENCE,
    SourceKind.POPULATION,
]


def _zip(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


BAD = {
    "empty 2021.csv": b" \r\n",
    "page 2021.xls": b"<html><table><tr><td>name</td></tr></table></html>",
    "old 2021.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "wide 2021.csv": "name,title\nA,B\n".encode("utf-16-le"),
    "sheet 2021.ods": _zip("content.xml", b"<office/>"),
    "cut 2021.xlsx": _zip("xl/workbook.xml", b"<workbook>"),
    "bomb 2021.csv.gz": b"\x1f\x8b\x08 cut short",
    "tricks 2021.zip": _zip("../../elsewhere.csv", b"nothing,of,use\n"),
    "calendar 2021.ics": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
}


def _counts(store: Store) -> list[int]:
    with store.engine.connect() as connection:
        present = [connection.scalar(text(f"SELECT count(*) FROM {each}")) for each in TABLES]  # noqa: S608
    return [int(each or 0) for each in present]


@pytest.mark.parametrize("kind", KINDS)
def test_a_refused_file_leaves_the_database_as_it_was(
    kind: SourceKind, store: Store, tmp_path: Path
) -> None:
    before = _counts(store)
    for name, content in BAD.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(MapperError) as refusal:
            ingest(store, kind, [tmp_path / name])
        assert str(refusal.value)
    assert _counts(store) == before
