"""Grants as 360Giving publishes them: who was paid, and what was paid."""

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from mapper.domain.disclosure import Visibility
from mapper.domain.grant import Grant
from mapper.domain.organisation import Organisation, OrganisationKind
from mapper.errors import InvalidValueError, SourceError
from mapper.geography.postcode_directory import PostcodeDirectory
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog, Severity
from mapper.ingest.files.source import Entry, SourceFile
from mapper.ingest.kinds.organisations import read_organisations
from mapper.ingest.places.placing import Finders, placed
from mapper.ingest.records.parsed import Parsed

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture
def from_json(log: IssueLog) -> Parsed[Organisation]:
    return read_organisations(Entry(DATA / "grants_360giving.json").open(), Ground(), log)


@pytest.fixture
def from_csv(log: IssueLog) -> Parsed[Organisation]:
    return read_organisations(Entry(DATA / "grants_360giving.csv").open(), Ground(), log)


def _grant(**fields: object) -> Grant:
    told = {"source_key": "g", "funder": "F", "recipient_key": "r", "recipient": "R"} | fields
    return Grant(**told)  # type: ignore[arg-type]


def test_a_recipient_of_several_grants_is_one_organisation(
    from_json: Parsed[Organisation],
) -> None:
    assert [each.source_key for _, each in from_json.records] == [
        "GB-CHC-9990001",
        "GB-COH-07654321",
        "360G-invented-org-5",
    ]


def test_it_serves_every_area_its_grants_are_to_benefit(from_json: Parsed[Organisation]) -> None:
    first = from_json.records[0][1]
    assert first.areas_served == ("E06000044", "E07000090")
    assert first.location.postcode == "PO1 3AX"


def test_a_county_stands_for_its_districts(from_json: Parsed[Organisation]) -> None:
    assert len(from_json.records[1][1].areas_served) == 11


def test_its_number_says_what_it_is(from_json: Parsed[Organisation]) -> None:
    first = from_json.records[0][1]
    assert (first.name, first.kind) == ("Invented Youth Trust", OrganisationKind.CHARITY)
    assert [str(each) for each in first.identifiers] == ["GB-CHC-9990001", "GB-COH-01234567"]


def test_its_address_is_where_letters_go_so_never_exact(from_json: Parsed[Organisation]) -> None:
    assert {each.visibility for _, each in from_json.records} == {Visibility.WARD}


def test_a_grant_is_a_dated_link_with_an_amount(from_json: Parsed[Organisation]) -> None:
    grant = from_json.grants[0][1]
    assert (grant.funder, str(grant.funder_identifier)) == (
        "Invented Foundation",
        "GB-CHC-9990100",
    )
    assert (grant.recipient_key, grant.amount, grant.currency) == (
        "GB-CHC-9990001",
        Decimal("12500.5"),
        "GBP",
    )
    assert (grant.awarded_on, grant.starts_on, grant.ends_on) == (
        date(2024, 5, 1),
        date(2024, 6, 1),
        date(2025, 5, 31),
    )
    assert grant.areas == ("E06000044",)


def test_the_period_is_that_of_the_awards(from_json: Parsed[Organisation]) -> None:
    assert from_json.period == "2024-05-01 to 2025-03-09"


def test_of_a_grant_to_a_person_nothing_is_kept(
    from_json: Parsed[Organisation], log: IssueLog
) -> None:
    assert len(from_json.grants) == 4
    assert "withheld" not in repr((from_json, log.all()))
    assert any("1 grant names no organisation" in each.message for each in log)


def test_only_what_belongs_to_hips_is_placed(
    from_json: Parsed[Organisation], log: IssueLog
) -> None:
    found = placed(from_json, Finders(PostcodeDirectory.load(), Ground()), log)
    assert [each.record.name for each in found] == [
        "Invented Youth Trust",
        "Invented National Trust",
    ]
    assert any("so left out: 1 organisation." in each.message for each in log)


def test_a_file_of_elsewhere_is_refused(log: IssueLog, csv_file: Callable[..., SourceFile]) -> None:
    text = "Identifier,Recipient Org:Name,Recipient Org:Postal Code,Funding Org:Name\n1,A,LS1 1AA,F"
    parsed = read_organisations(csv_file(text), Ground(), log)
    with pytest.raises(SourceError, match="placed in HIPS"):
        placed(parsed, Finders(PostcodeDirectory.load(), Ground()), log)


def test_a_table_says_the_same_as_json(from_csv: Parsed[Organisation]) -> None:
    ((_, found),) = from_csv.records
    assert (found.source_key, found.areas_served) == ("GB-CHC-9990001", ("E06000044", "E07000090"))
    assert from_csv.grants[0][1].amount == Decimal("12500.50")


def test_bad_cells_of_a_grant_are_warnings(from_csv: Parsed[Organisation], log: IssueLog) -> None:
    assert [grant.source_key for _, grant in from_csv.grants] == ["360G-invented-001"]
    warnings = [each.message for each in log if each.severity is Severity.WARNING]
    assert ["not a number" in each for each in warnings] == [True, False]
    assert "ends on 01/01/2025 before it starts" in warnings[1]


def test_a_row_without_an_organisation_is_a_note(
    from_csv: Parsed[Organisation], log: IssueLog
) -> None:
    assert from_csv.rows_read == 3
    notes = [each for each in log if each.severity is Severity.NOTE]
    assert [(each.line, "names no organisation" in each.message) for each in notes] == [(4, True)]


def test_a_workbook_is_read(log: IssueLog) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (DATA / "grants_360giving.csv").read_text().splitlines():
        sheet.append(line.replace('"12,500.50"', "12500.50").split(","))
    buffer = io.BytesIO()
    book.save(buffer)
    parsed = read_organisations(SourceFile("grants.xlsx", buffer.getvalue()), Ground(), log)
    assert [each.name for _, each in parsed.records] == ["Invented Youth Trust"]
    assert parsed.provenance.format == "360Giving"


def test_lists_numbered_at_the_recipient_are_read(
    log: IssueLog, csv_file: Callable[..., SourceFile]
) -> None:
    headings = "Identifier,Recipient Org:0:Name,Recipient Org:0:Postal Code,Funding Org:0:Name"
    parsed = read_organisations(csv_file(f"{headings}\n1,A,PO1 3AX,F\n"), Ground(), log)
    assert parsed.records[0][1].location.postcode == "PO1 3AX"
    assert parsed.grants[0][1].funder == "F"


@pytest.mark.parametrize(
    "fields",
    [
        {"funder": " "},
        {"recipient": ""},
        {"amount": Decimal(-1)},
        {"starts_on": date(2025, 1, 2), "ends_on": date(2025, 1, 1)},
    ],
)
def test_a_grant_that_cannot_be_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(InvalidValueError):
        _grant(**fields)


def test_a_grant_of_nothing_is_a_grant() -> None:
    assert _grant(amount=Decimal(0)).amount == 0
