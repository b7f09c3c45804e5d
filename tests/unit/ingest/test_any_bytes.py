"""Whatever the bytes, a reader gives records and issues, or says what it found."""

import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.domain.source import SourceKind
from mapper.errors import MapperError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog, Severity
from mapper.ingest.files.source import SourceFile
from mapper.ingest.kinds.readers import READERS

HEADINGS = {
    SourceKind.ORGANISATIONS: "name,postcode,themes,contact name,consent,consent date,active,lat",
    SourceKind.ACTIVITIES: "title,lead,date,postcode,sessions,participants,areas served,last date",
    SourceKind.VIOLENCE: "Month,Crime type,LSOA code,LSOA name,Longitude,Latitude",
    SourceKind.POPULATION: "LSOA21CD,LSOA21NM,age_group,usual_residents",
}
KINDS = list(HEADINGS)
CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["", "PO1 3AX", "E01017013", "Portsmouth 012A", "2025-01", "45688", "-1e999",
                     "99999999999999999999", "٣", "½", "\x00", "=1+1", "nan", "inf", '"',
                     "1/1/2025"]),
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@given(content=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(kind: SourceKind, content: bytes) -> None:
    with contextlib.suppress(MapperError):
        READERS[kind].read(SourceFile("a.csv", content), Ground(), IssueLog("a.csv"))


@pytest.mark.parametrize("kind", KINDS)
@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=9), min_size=1, max_size=6))
def test_any_cells_are_read_or_made_issues(kind: SourceKind, rows: list[list[str]]) -> None:
    lines = [",".join(cells) for cells in rows]
    text = "\n".join([HEADINGS[kind], *lines])
    log = IssueLog("a.csv")
    with contextlib.suppress(MapperError):
        parsed = READERS[kind].read(SourceFile("a.csv", text.encode()), Ground(), log)
        lost = parsed.rows_read - len({line for line, _ in parsed.records})
        assert not lost or len(log) or kind in {SourceKind.VIOLENCE, SourceKind.POPULATION}
    assert log.count(Severity.ERROR) <= len(log)


@pytest.mark.parametrize("kind", KINDS)
@given(content=st.binary(max_size=200))
def test_a_broken_workbook_is_refused(kind: SourceKind, content: bytes) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", content)
    with pytest.raises(MapperError):
        READERS[kind].read(SourceFile("a.xlsx", buffer.getvalue()), Ground(), IssueLog("a"))
