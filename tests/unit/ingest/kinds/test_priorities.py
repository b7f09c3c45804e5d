"""Priority lists into records."""

import pytest

from mapper.domain.area import AreaType
from mapper.domain.priority import PriorityArea
from mapper.errors import PersonLevelDataError, SourceError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.files.source import SourceFile
from mapper.ingest.kinds.priorities import read_priorities


def read(ground: Ground, log: IssueLog, text: str) -> list[PriorityArea]:
    """The areas of a list."""
    source = SourceFile("list.csv", text.encode())
    return [area for _, area in read_priorities(source, ground, log).records]


def test_an_area_has_its_rank_reason_theme_and_offence_group(ground: Ground, log: IssueLog) -> None:
    text = "Rank,Ward,Reason,Theme,Offence group\n2,Baffins,High and rising,knife crime,Robbery\n"
    assert read(ground, log, text) == [
        PriorityArea(
            area_code="E05002441",
            area_name="Baffins",
            level=AreaType.WARD,
            lad_code="E06000044",
            rank=2,
            reason="High and rising",
            theme="knife crime",
            offence_group="Robbery",
        )
    ]


def test_a_list_may_be_names_alone_of_any_level(ground: Ground, log: IssueLog) -> None:
    text = "Area\nBaffins\nHart\nE01017013\nHavant\n\nSource: invented\n"
    levels = [area.level.value for area in read(ground, log, text)]
    assert (levels, len(log)) == (["ward", "lad", "lsoa", "lad"], 0)


@pytest.mark.parametrize(
    ("row", "message"),
    [("St Johns", "2 areas"), ("Nowhere", "No area"), ("Baffins", "same area"), ("Hampshire", "")],
)
def test_an_area_that_cannot_be_told_is_an_issue(
    row: str, message: str, ground: Ground, log: IssueLog
) -> None:
    assert len(read(ground, log, f"Name\nBaffins\n{row}\n")) == 1
    assert message in next(iter(log)).message


def test_a_list_without_areas_is_refused(ground: Ground, log: IssueLog) -> None:
    with pytest.raises(SourceError, match="no column of areas"):
        read(ground, log, "Reason,Theme\nx,y\n")


def test_a_list_of_persons_is_refused(ground: Ground, log: IssueLog) -> None:
    with pytest.raises(PersonLevelDataError, match="Surname"):
        read(ground, log, "Area,Surname\nBaffins,Doe\n")
