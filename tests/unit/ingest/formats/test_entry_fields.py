"""What a list says of an entry beside who and where."""

from datetime import date

import pytest

from mapper.domain.organisation import Organisation
from mapper.domain.pipeline import Evaluation, PipelineStatus
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog, Severity
from mapper.ingest.files.source import SourceFile
from mapper.ingest.kinds.organisations import read_organisations

HEAD = (
    "Name,Postcode,Other names,Opening hours,Wheelchair access,How to refer,Funded by,"
    "Funding ends,Evaluated,Pipeline status,Last checked\n"
)


def read(row: str, log: IssueLog) -> Organisation:
    source = SourceFile("list.csv", (HEAD + row).encode())
    ((_, record),) = read_organisations(source, Ground(), log).records
    return record


def test_a_full_row_is_read_whole(log: IssueLog) -> None:
    record = read(
        "Harbour Trust,PO1 3AX,The Harbour; HT,Mondays 9 to 5,Ramp at the side,Ring first,"
        "A fund,31/03/2027,externally,active,1 March 2025",
        log,
    )
    assert record.also_known_as == ("The Harbour", "HT")
    assert record.opening == "Mondays 9 to 5"
    assert record.accessibility == "Ramp at the side"
    assert record.referral_route == "Ring first"
    assert record.funding == "A fund"
    assert record.funding_ends_on == date(2027, 3, 31)
    assert record.evaluation is Evaluation.INDEPENDENT
    assert record.status is PipelineStatus.ACTIVE
    assert record.verified_on == date(2025, 3, 1)


def test_empty_cells_say_nothing(log: IssueLog) -> None:
    record = read("Harbour Trust,PO1 3AX,,,,,,,,,", log)
    assert record.also_known_as == ()
    assert record.evaluation is Evaluation.UNKNOWN
    assert record.status is None
    assert record.funding_ends_on is record.verified_on is None


@pytest.mark.parametrize(
    "row",
    [
        "Harbour Trust,PO1 3AX,,,,,,one day,,,",
        "Harbour Trust,PO1 3AX,,,,,,,perhaps,,",
        "Harbour Trust,PO1 3AX,,,,,,,,somehow,",
        "Harbour Trust,PO1 3AX,,,,,,,,,1 March 2099",
    ],
)
def test_what_cannot_be_read_is_left_out_with_a_warning(row: str, log: IssueLog) -> None:
    read(row, log)
    assert [each.severity for each in log].count(Severity.WARNING) == 1
