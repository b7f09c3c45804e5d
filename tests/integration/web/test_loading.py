"""Loading files: uploaded, confirmed, looked at, saved; and everything that can go wrong."""

import csv
import io
import os
import stat
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from openpyxl import load_workbook

from mapper.config import Settings
from mapper.domain.disclosure import Sensitivity
from mapper.domain.role import Role
from mapper.domain.violence import RecordingSource
from mapper.ingest.uploads import SECONDS_KEPT, Upload
from mapper.store.session import Store
from mapper.store.sources import list_sources
from mapper.web import create_app
from tests.integration.web.reader import Page, Reader, settled
from tests.local_server import Answers, Server
from tests.nominatim_server import gazetteer
from tests.web_site import HOSTILE, PASSWORD

HEADINGS = "Reference,Title,Lead organisation,First date,Postcode"
ACTIVITIES = f"""{HEADINGS}
L-1,Boxing at dawn,Portsmouth Youth Trust,06/01/2026,PO1 3AX
L-2,Chess at noon,A New Group,31/02/2026,PO1 3AX
L-3,=cmd|' /c calc'!A1,A New Group,07/01/2026,PO1 3AX
"""
ODD = """Wot,Run by,Kick-off,Spot
Boxing,Invented Youth Trust,06/01/2026,PO1 3AX
Chess,Pretend Library,07/01/2026,SO14 7LW
Darts,Made-up Darts Club,08/01/2026,PO1 3AX
"""
GROUPS = """Name,Address,Postcode
Mill,"1 Mill Lane, Southampton",
Dell,Nowhere Hall,
Pier,,PO1 3AX
"""


def upload(
    reader: Reader,
    text: str | bytes,
    name: str = "returns.csv",
    kind: str = "activities",
    **changes: Any,
) -> str:
    """Upload one file, and return where that leads."""
    content = text if isinstance(text, bytes) else text.encode()
    fields = reader.get("/load").fields() | {"kind": kind, "files": (io.BytesIO(content), name)}
    return reader.send("/load", fields | changes).location


def press(reader: Reader, page: Page, action: str, **answers: Any) -> str:
    """Send one of the forms of a page, and return where that leads."""
    forms = {form.get("action", "").rpartition("/")[2]: form for form in page.all("form")}
    return reader.send(forms[action].get("action", ""), page.fields() | answers).location


def loaded(reader: Reader, text: str, **options: Any) -> Page:
    """Upload a file, load it, and read its result."""
    preview = settled(reader, upload(reader, text, **options))
    return settled(reader, press(reader, preview, "load"))


def uploads_of(settings: Settings) -> list[Path]:
    """Every file below the folder of uploads."""
    return [path for path in settings.upload_dir.rglob("*") if path.is_file()]


def token_of(address: str) -> str:
    """The word that names an upload."""
    return address.split("/")[2]


def test_a_file_is_shown_then_loaded_then_listed(loader: Reader) -> None:
    preview = settled(loader, upload(loader, ACTIVITIES, source_name="Our returns"))
    before = loader.get("/activities").text
    result = settled(loader, press(loader, preview, "load"))

    assert preview.heading == "Check before loading"
    assert "Boxing at dawn" in preview.text
    assert "line 3: 31/02/2026" in preview.text
    assert "Boxing at dawn" not in before
    assert "Loaded" in result.text
    assert "line 3: 31/02/2026" in result.text
    assert "Boxing at dawn" in loader.get("/activities").text
    assert "returns.csv Our returns Activities" in loader.get("/load").text


def test_every_row_is_accounted_for_before_and_after_loading(loader: Reader) -> None:
    text = (
        "Reference,Title,Led by,First date,Postcode\n"
        "1,Boxing,A Club,01/02/2026,PO1 3AX\n"
        "2,Chess,A Club,31/02/2026,PO1 3AX\n"
        "3,,A Club,,PO1 3AX\n"
        "4,Drama,A Club,03/02/2026,PO1 3AX\n"
        "4,Drama,A Club,03/02/2026,PO1 3AX\n"
        "Total,,,,5\n"
    )
    preview = settled(loader, upload(loader, text, source_name="Our returns"))
    assert (
        "6 rows read; 2 rows will be loaded; 2 rows left out (1 the same as an earlier row, "
        "1 of totals); 2 rows with errors, left out until mended."
    ) in preview.text

    result = settled(loader, press(loader, preview, "load"))
    assert "6 rows read; 2 rows were loaded; 2 rows left out" in result.text
    assert "Line 7 looks like a total of the others, so it was left out." in result.text


def test_a_file_that_is_nested_too_deeply_is_called_so(loader: Reader) -> None:
    csv.field_size_limit(131_072)  # as a process begins
    text = "[" * 200_000
    page = settled(loader, upload(loader, text, "nested.json", "organisations"))

    assert page.heading == "This cannot be loaded"
    assert "nested.json is nested too deeply to be read" in page.text


def test_rows_at_fault_are_mended_in_a_spreadsheet_and_loaded(loader: Reader) -> None:
    result = loaded(loader, ACTIVITIES, source_name="Our returns")
    link = next(
        href for one in result.all("a") if "rows-to-mend.xlsx" in (href := one.get("href", ""))
    )
    given = loader.fetch(link)
    book = load_workbook(io.BytesIO(given.get_data()))
    sheet = book.worksheets[0]
    column = [cell.value for cell in sheet[1]].index("First date") + 1
    sheet.cell(2, column).value = "28/02/2026"
    mended = io.BytesIO()
    book.save(mended)
    preview = settled(loader, upload(loader, mended.getvalue(), "20 mended.xlsx"))

    assert 'filename="rows-to-mend-our-returns.xlsx"' in given.headers["Content-Disposition"]
    assert "Kept as the source Our returns" in preview.text
    assert sheet.max_row == 2
    assert "New 1 Changed 0 As before 0 Rows read 1" in preview.text
    settled(loader, press(loader, preview, "load"))
    assert "Chess at noon" in loader.get("/activities").text


def test_odd_columns_are_confirmed_and_remembered_for_the_source(loader: Reader) -> None:
    page = settled(loader, upload(loader, ODD, source_name="Odd"))
    titled = {"column-0": "title", "column-1": "lead", "column-2": "starts_on"}
    spotted = titled | {"column-3": "postcode"}
    preview = settled(loader, press(loader, page, "columns", **spotted))
    settled(loader, press(loader, preview, "load"))
    second = settled(loader, upload(loader, ODD.replace("Darts", "Bowls"), source_name="Odd"))

    assert page.heading == "What the columns hold"
    assert "nearly certain: 100% of its cells look like postcodes" in page.text.lower() or (
        "look like postcodes" in page.text
    )
    assert second.heading == "Check before loading"
    assert "read as last time" in second.text
    assert "New 1 Changed 0 As before 2" in second.text


def test_a_needed_column_and_a_field_chosen_twice_are_said_at_the_top(loader: Reader) -> None:
    page = settled(loader, upload(loader, ODD))
    twice = page.fields() | {"column-0": "lead", "column-1": "lead", "column-2": ""}
    action = next(
        form.get("action", "") for form in page.all("form") if "columns" in form.get("action", "")
    )
    again = loader.post(action, twice)
    summary = "".join(again.one("div[@class='govuk-error-summary']").itertext())

    assert "Choose the column that holds the title" in summary
    assert "Wot: Lead organisation is chosen for another column too" in summary


def test_files_about_persons_are_refused_and_removed_at_once(
    loader: Reader, settings: Settings
) -> None:
    text = "Month,Victim name,Date of birth\n2025-01,Jo Secret,01/02/1999\n"
    page = settled(loader, upload(loader, text, "crimes.csv", "violence"))
    kept = [path.read_bytes() for path in uploads_of(settings)]

    assert page.heading == "This file is about persons"
    assert "Victim name" in page.text
    assert "Nothing of it was kept" in page.text
    assert [content for content in kept if b"Secret" in content] == []
    assert [path for path in uploads_of(settings) if path.suffix == ".csv"] == []


def test_one_file_about_persons_has_the_whole_upload_refused(
    loader: Reader, settings: Settings
) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("1-street.csv", "Month,Victim name\n2025-01,Jo Secret\n")
        counts = "Month,Crime type,LSOA code\n2025-01,Robbery,E01000000\n"
        file.writestr("2-street.csv", counts)
    page = settled(loader, upload(loader, archive.getvalue(), "crimes.zip", "violence"))

    assert page.heading == "This file is about persons"
    assert [path for path in uploads_of(settings) if path.suffix == ".zip"] == []


def test_a_file_of_another_kind_is_told_by_what_it_looks_like(loader: Reader) -> None:
    page = settled(loader, upload(loader, ACTIVITIES, "returns 2025.csv", "population"))

    assert "looks like activities; you chose residents" in page.text


def test_an_upload_is_its_owners_alone(loader: Reader, site: Flask) -> None:
    address = upload(loader, ACTIVITIES)
    settled(loader, address)
    with Reader(site) as other:
        other.sign_in("partner@example.org", PASSWORD)
        other.get(address, 403)


def test_an_upload_can_be_thrown_away(loader: Reader, settings: Settings) -> None:
    page = settled(loader, upload(loader, ACTIVITIES))
    press(loader, page, "stop")

    assert uploads_of(settings) == []
    assert "Nothing has been loaded here yet" in loader.get("/load").text


def test_an_upload_can_be_stopped_while_it_is_worked_on(loader: Reader, settings: Settings) -> None:
    address = upload(loader, ACTIVITIES)
    page = Page(loader.client.get(f"{address}?watch=no"))
    press(loader, page, "stop")

    assert "no longer looks again by itself" in page.text
    assert uploads_of(settings) == []


def test_a_process_that_dies_leaves_nothing_saved_and_says_so(
    loader: Reader, settings: Settings
) -> None:
    preview = settled(loader, upload(loader, ACTIVITIES))
    address = press(loader, preview, "load")
    mine = Upload(settings.upload_dir / token_of(address))
    os.killpg(mine.read("process.json")["pid"], 9)
    result = settled(loader, address)

    assert "It was interrupted; nothing was saved. Start again." in result.text
    assert "Boxing at dawn" not in loader.get("/activities").text


def test_two_uploads_at_once_do_not_mix(loader: Reader) -> None:
    other = ACTIVITIES.replace("Boxing at dawn", "Rowing at dusk").replace("L-", "M-")
    first, second = upload(loader, ACTIVITIES), upload(loader, other, "others.csv")

    assert "Boxing at dawn" in settled(loader, first).text
    assert "Rowing at dusk" in settled(loader, second).text


def test_the_same_file_again_changes_nothing(loader: Reader) -> None:
    loaded(loader, ACTIVITIES)

    assert "nothing was changed" in loaded(loader, ACTIVITIES).text


def test_script_in_names_headings_and_cells_is_shown_as_text(loader: Reader) -> None:
    text = ODD.replace("Wot", f'"{HOSTILE.replace(chr(34), chr(34) * 2)}"').replace(
        "Boxing", "<script>alert(2)</script>"
    )
    page = settled(loader, upload(loader, text, "<script>alert(3)</script>.csv"))

    assert "<script>alert" not in page.html
    assert "<script>alert(2)</script>" in page.text


def test_files_on_disk_are_named_by_number_and_private(loader: Reader, settings: Settings) -> None:
    address = upload(loader, ACTIVITIES, "../../etc/passwd.csv")
    folder = settings.upload_dir / token_of(address)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    page = settled(loader, address)

    assert (folder / "1.csv").is_file()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert modes == {0o600}
    assert "passwd.csv" in page.text
    assert "etc" not in page.text


def test_an_upload_nobody_comes_back_to_is_gone_after_a_day(
    loader: Reader, settings: Settings
) -> None:
    address = upload(loader, ACTIVITIES)
    settled(loader, address)
    folder = settings.upload_dir / token_of(address)
    long_ago = time.time() - SECONDS_KEPT - 60
    os.utime(folder, (long_ago, long_ago))
    upload(loader, ACTIVITIES)

    assert not folder.exists()


def test_boundaries_that_cannot_be_read_are_refused_by_their_own_name(loader: Reader) -> None:
    page = settled(loader, upload(loader, "{}", "wards.geojson", "boundaries"))

    assert page.heading == "This cannot be loaded"
    assert "wards.geojson" in page.text


def test_an_archive_with_nothing_to_read_is_refused(loader: Reader) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("readme.md", "nothing")
    page = settled(loader, upload(loader, archive.getvalue(), "crimes.zip", "violence"))

    assert "There is nothing to read in crimes.zip" in page.text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": ""}, "Choose what the files hold"),
        ({"kind": "burglary"}, "Not a valid choice"),
        ({"files": (io.BytesIO(b""), "")}, "Choose one file or several"),
        ({"files": (io.BytesIO(b"x"), "x.exe")}, "x.exe cannot be loaded as activities"),
        ({"source_name": "x" * 301}, "300 characters or fewer"),
        ({"vintage": "lately"}, "must be a year"),
        ({"sensitivity": "secret"}, "Not a valid choice"),
    ],
)
def test_a_fault_of_the_form_is_said_at_the_top(
    changes: dict[str, Any], message: str, analyst: Reader
) -> None:
    good = {"kind": "activities", "files": (io.BytesIO(b"x"), "x.csv")}
    page = analyst.post("/load", analyst.get("/load").fields() | good | changes)

    assert message in "".join(page.one("div[@class='govuk-error-summary']").itertext())


def test_an_upload_that_is_too_large_is_answered_with_a_page(
    loader: Reader, settings: Settings, site: Flask
) -> None:
    site.extensions["mapper"].settings = settings.model_copy(update={"upload_mb": 1})
    kind = "multipart/form-data; boundary=part"
    response = loader.client.post("/load", data=b"x" * 1_100_000, content_type=kind)

    assert response.status_code == 413
    assert "An upload may hold up to 1 megabytes" in Page(response).text


def test_an_upload_needs_the_token_of_the_session(loader: Reader) -> None:
    loader.post("/load", {"kind": "activities"}, 400)


def test_a_partner_sees_neither_the_menu_nor_the_pages(partner: Reader) -> None:
    assert "Load data" not in partner.get("/activities").text
    partner.get("/load", 403)
    partner.get("/loads/1", 403)


def test_an_upload_that_is_not_there_is_not_found(analyst: Reader) -> None:
    analyst.get(f"/load/{'0' * 32}", 404)
    analyst.get("/load/..%2f..%2fetc", 404)
    analyst.get("/loads/999", 404)


def test_counts_of_people_are_restricted_unless_somebody_says_otherwise(
    loader: Reader, site: Flask
) -> None:
    table = "Period,Age band,Sex,Count\n2025,10 to 14,Male,7\n2025,15 to 17,Male,12\n"
    loaded(loader, table, name="cohorts.csv", kind="cohorts", source_name="Those affected")
    with site.extensions["mapper"].store.reading() as session:
        (source,) = [
            each.source for each in list_sources(session) if each.source.name == "Those affected"
        ]
    assert source.sensitivity is Sensitivity.RESTRICTED


def test_who_recorded_violence_can_be_said(loader: Reader, site: Flask) -> None:
    table = "Area code,Period,Offence group,Count\nE06000044,2025,Assault,70\n"
    loaded(
        loader,
        table,
        name="calls.csv",
        kind="violence",
        source_name="Calls",
        recorder=RecordingSource.AMBULANCE.value,
    )
    with site.extensions["mapper"].store.reading() as session:
        (source,) = [each.source for each in list_sources(session) if each.source.name == "Calls"]
    assert source.recorder is RecordingSource.AMBULANCE
    assert source.sensitivity is Sensitivity.PARTNER


def test_an_online_geocoder_is_asked_where_the_site_has_one(
    settings: Settings, store: Store, serve: Callable[[Answers], Server]
) -> None:
    server = serve(gazetteer)
    asking = {"geocoder_url": server.address, "geocoder_per_second": 100.0}
    with Reader(create_app(settings.model_copy(update=asking), store)) as loader:
        loader.sign_in(f"{Role.ANALYST.value}@example.org", PASSWORD)
        address = upload(loader, GROUPS, name="groups.csv", kind="organisations")
        columns = settled(loader, address)
        held = {"column-0": "name", "column-1": "address", "column-2": "postcode"}
        text = settled(loader, press(loader, columns, "columns", **held)).text
    assert [parse_qs(urlsplit(path).query)["q"][0] for path in server.asked] == [
        "1 Mill Lane, Southampton",
        "Nowhere Hall",
    ]
    assert "The online geocoder 127.0.0.1 did not know 1 address." in text


def test_a_sentence_about_somebody_in_the_notes_of_counts_is_refused_and_removed(
    loader: Reader, settings: Settings
) -> None:
    text = (
        "Area code,Month,Offence group,Count,Notes\n"
        "E01000000,2025-01,Robbery,4,Zed Quagmire was stabbed by his brother\n"
    )
    page = settled(loader, upload(loader, text, "counts.csv", "violence"))
    kept = [path.read_bytes() for path in uploads_of(settings)]

    assert page.heading == "This file is about persons"
    assert "Notes (holds text about a person)" in page.text
    assert [content for content in kept if b"Quagmire" in content] == []


def test_nothing_of_the_notes_of_counts_stays_on_disk_after_loading(
    loader: Reader, settings: Settings
) -> None:
    text = (
        "Area code,Month,Offence group,Count,Notes\n"
        "E01000000,2025-01,Robbery,many,Quaggy things were written here\n"
        "E01000001,2025-01,Robbery,4,\n"
    )
    result = loaded(loader, text, name="counts.csv", kind="violence")
    kept = [path.read_bytes() for path in uploads_of(settings)]

    assert "These columns hold free text: Notes" in result.text
    assert [content for content in kept if b"Quaggy" in content] == []
    assert [path for path in uploads_of(settings) if path.name == "mend.json"] == []
