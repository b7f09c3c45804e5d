"""Uploads that are refused: said in the words of the page, and removed at once."""

import io
import re
import zipfile

import pytest

from mapper.config import Settings
from mapper.domain.said_how import BY_LEAD, BY_SOURCE, BY_VINTAGE, on_page
from tests.integration.web.reader import Reader, settled
from tests.integration.web.test_loading import ODD, token_of, upload, uploads_of

TIMETABLE = "Monday,18:00,19:00,The Mill,PO1 3AX\nFriday,18:00,19:00,The Mill,PO1 3AX\n"
_LARGEST = 512 * 1024 * 1024


def archive_that_says(size: int, name: str) -> bytes:
    """A small archive of one member that says it is of some size once unpacked."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr(name, "0" * 100_000)
        archive.filelist[-1].file_size = size
    return content.getvalue()


def named_by_number(settings: Settings) -> list[str]:
    """The uploaded files that are still on disk."""
    return [path.name for path in uploads_of(settings) if path.name[0].isdigit()]


def test_a_timetable_that_names_no_lead_is_told_where_on_the_page_to_name_one(
    loader: Reader,
) -> None:
    page = settled(loader, upload(loader, TIMETABLE, "week.csv"))

    assert page.heading == "This cannot be loaded"
    assert "in 'Organisation that leads', under 'For calendars and timetables" in page.text
    assert "--lead" not in page.text


@pytest.mark.parametrize("words", [BY_LEAD, BY_SOURCE, BY_VINTAGE])
def test_the_boxes_that_messages_name_are_on_the_form(words: str, loader: Reader) -> None:
    said = on_page(f"Say it {words} 2011.")
    form = loader.get("/load").text

    assert "--" not in said
    assert [name for name in said.split("'")[1::2] if name not in form] == []


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (archive_that_says(_LARGEST * 2, "xl/big.xml"), "bomb.xlsx", "organisations"),
        (archive_that_says(_LARGEST * 2, "xl/big.xml"), "bomb.xlsx", "violence"),
        (b"<html><table><tr><td>name</td></tr></table></html>", "page.csv", "organisations"),
        (TIMETABLE.encode(), "week.csv", "activities"),
        (b"{}", "shapes.geojson", "boundaries"),
    ],
)
def test_a_refused_upload_is_removed_at_once(
    loader: Reader, settings: Settings, content: bytes, name: str, kind: str
) -> None:
    page = settled(loader, upload(loader, content, name, kind))

    assert page.heading == "This cannot be loaded"
    assert "the upload was removed" in page.text
    assert named_by_number(settings) == []


def test_a_refused_upload_stays_while_other_columns_may_be_chosen(
    loader: Reader, settings: Settings
) -> None:
    address = upload(loader, re.sub(r"\d\d/01/2026", "31/02/2026", ODD))
    columns = settled(loader, address)
    chosen = {
        "column-0": "title",
        "column-1": "lead",
        "column-2": "starts_on",
        "column-3": "postcode",
    }
    action = f"/load/{token_of(address)}/columns"
    page = settled(loader, loader.send(action, columns.fields() | chosen).location)

    assert page.heading == "This cannot be loaded"
    assert "the upload was removed" not in page.text
    assert "Change the columns" in page.text
    assert named_by_number(settings) == ["1.csv"]
