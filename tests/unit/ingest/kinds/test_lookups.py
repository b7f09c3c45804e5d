"""Look-ups of every shape, told by their headings."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from mapper.domain.lookup import AreaLink, Change, LinkTo, PostcodeAreas
from mapper.errors import SourceError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog, Severity
from mapper.ingest.files.source import SourceFile
from mapper.ingest.kinds.lookups import read_lookups

Read = Callable[..., list[Any]]

EXACT = "LSOA11CD,LSOA11NM,CHGIND,LSOA21CD,LSOA21NM,LAD22CD,LAD22NM\n"
BEST = "LSOA21CD,LSOA21NM,WD24CD,WD24NM,LAD24CD,LAD24NM\n"
CLASS = "LSOA21CD,RUC21CD,RUC21NM\n"
NAMES = "MSOA21CD,MSOA21NM,MSOAHCLNM,LAD_CD\n"
PARTNERS = "LAD24CD,LAD24NM,CSP24CD,CSP24NM,PFA24CD,PFA24NM\n"
POSTCODES = "pcds,oseast1m,osnrth1m,lad25cd,wd25cd,lsoa11,doterm\n"


@pytest.fixture
def read(csv_file: Callable[..., SourceFile], ground: Ground, log: IssueLog) -> Read:
    def records(text: str) -> list[Any]:
        return [record for _, record in read_lookups(csv_file(text), ground, log).records]

    return records


@pytest.fixture
def ground() -> Ground:
    """Two LSOAs of 2021."""
    rows = [(code, "Portsmouth 012A", "lsoa", "2021", "E06000044")
            for code in ("E01017013", "E01017014")]  # fmt: skip
    columns = ["area_code", "area_name", "level", "vintage", "lad_code"]
    return Ground(pd.DataFrame(rows, columns=columns))


def test_the_exact_fit_of_two_vintages_keeps_its_change_indicator(read: Read) -> None:
    links = read(
        EXACT + "E01000001,a,S,E01000002,b,E06000044,c\nE01000001,a,S,E01000003,b,E06000044,c\n"
    )
    assert [(each.from_vintage, each.to_vintage, each.to_code) for each in links] == [
        ("2011", "2021", "E01000002"),
        ("2011", "2021", "E01000003"),
    ]
    assert {each.change for each in links} == {Change.SPLIT}


def test_the_best_fit_leads_to_a_ward_and_a_district(read: Read) -> None:
    links = read(BEST + "E01017013,a,E05002441,Baffins,E06000044,Portsmouth\n")
    assert [(each.to, each.to_vintage, each.to_name) for each in links] == [
        (LinkTo.WARD, "2024", "Baffins"),
        (LinkTo.LAD, "2024", "Portsmouth"),
    ]


@pytest.mark.parametrize(
    ("name", "is_urban"),
    [
        ("Urban: Nearer to a major town or city", True),
        ("Larger rural: Further from a major town or city", False),
        ("Rural village and dispersed", False),
        ("Urban city and town in a sparse setting", True),
    ],
)
def test_a_class_is_kept_as_published_and_says_whether_it_is_urban(
    read: Read, name: str, is_urban: bool
) -> None:
    (link,) = read(f"{CLASS}E01017013,UN1,{name}\n")
    assert (link.to_code, link.to_name, link.is_urban) == ("UN1", name, is_urban)


def test_names_of_msoas_are_read(read: Read) -> None:
    (link,) = read(NAMES + "E02003524,Portsmouth 001,Paulsgrove East,E06000044\n")
    assert (link.to, link.to_name) == (LinkTo.NAME, "Paulsgrove East")


def test_a_district_leads_to_its_partnership_and_its_police_force(read: Read) -> None:
    links = read(PARTNERS + "E06000044,a,E22000118,Portsmouth,E23000030,Hampshire\n")
    assert [each.to for each in links] == [LinkTo.CSP, LinkTo.PFA]


@pytest.mark.parametrize("old", ["LSOA21CD", "lsoa21_code", "LSOA code (2021)", "lsoa21cd "])
def test_headings_are_known_in_any_spelling_and_of_any_year(read: Read, old: str) -> None:
    text = (BEST + "E01017013,a,E05002441,Baffins,E06000044,c\n").replace("LSOA21CD", old)
    assert len(read(text.replace("24", "19", 4))) == 2


def test_lines_above_the_headings_are_passed_over(read: Read) -> None:
    assert len(read(f"A title\n\n{CLASS}E01017013,UN1,Urban: Nearer\n")) == 1


def test_areas_outside_hips_are_left_out_and_counted(read: Read, log: IssueLog) -> None:
    links = read(CLASS + "E01017013,UN1,Urban: x\nE01099999,UN1,Urban: x\n")
    assert len(links) == 1
    assert [each.message for each in log] == ["1 row left out, of areas outside HIPS."]


def test_areas_of_a_vintage_that_nothing_is_known_of_are_refused(read: Read) -> None:
    with pytest.raises(SourceError, match="does not know the LSOAs of 2011 yet") as refused:
        read("LSOA11CD,RUC11CD,RUC11NM\nE01017013,C1,Urban city and town\n")
    assert "the look-up from LSOA 2011 to LSOA 2021" in refused.value.action


def test_what_no_other_look_up_can_tell_is_not_sent_after_one(read: Read) -> None:
    with pytest.raises(SourceError, match="does not know the MSOAs of 2031 yet") as refused:
        read("MSOA31CD,MSOA31HCLNM\nE02003524,Southsea\n")
    assert "look-up" not in refused.value.action
    assert "the boundaries of the MSOAs of 2031" in refused.value.action


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (f"{EXACT}E0100000,a,U,E01000001,b,E06000044,c\n", "E01017013"),
        (f"{EXACT}E01000001,a,Q,E01000001,b,E06000044,c\n", "change indicator"),
        (f"{EXACT}E01000001,a,U,E02000001,b,E06000044,c\n", "E01017013"),
        (f"{PARTNERS}E06000044,a,E23000118,b,E23000030,c\n", "E22000118"),
        (f"{NAMES}E02003524,a,,E06000044\n", "no name"),
        (f"{CLASS}E01017013,,\n", "UN1"),
    ],
)
def test_a_row_at_fault_is_left_out_as_a_whole(
    read: Read, log: IssueLog, text: str, word: str
) -> None:
    assert read(text) == []
    assert [each.severity for each in log] == [Severity.ERROR]
    assert word in next(iter(log)).message


def test_an_area_that_stands_twice_keeps_its_first_answer(read: Read, log: IssueLog) -> None:
    links = read(CLASS + "E01017013,UN1,Urban: x\nE01017013,RSN1,Smaller rural: x\n")
    assert [each.to_code for each in links] == ["UN1"]
    assert "twice" in next(iter(log)).message


def test_postcodes_are_read_with_their_areas(read: Read) -> None:
    records = read(POSTCODES + "PO13AX,464200,99900,E06000044,E05002441,E01017013,\n")
    assert records == [
        PostcodeAreas(
            postcode="PO1 3AX",
            easting_m=464_200.0,
            northing_m=99_900.0,
            lad_code="E06000044",
            ward_code="E05002441",
            lsoa11_code="E01017013",
            is_terminated=False,
        )
    ]


def test_a_postcode_has_ended_only_where_the_look_up_says_so(read: Read) -> None:
    ended = read(POSTCODES + "PO13AX,464200,99900,E06000044,,,202401\n")
    silent = read("pcd7,east1m,north1m,lad25cd\nPO1 3AX,464200,99900,E06000044\n")
    assert (ended[0].is_terminated, silent[0].is_terminated) == (True, None)


@pytest.mark.parametrize(
    "row",
    [
        "NOT A CODE,464200,99900,E06000044,,,",
        "PO13AX,,99900,E06000044,,,",
        "PO13AX,464200,0,E06000044,,,",
        "PO13AX,9464200,99900,E06000044,,,",
        "PO13AX,464200,99900,Portsmouth,,,",
        "PO13AX,464200,99900,E06000044,E01017013,,",
        "PO13AX,464200,99900,E06000044,,E05002441,",
    ],
)
def test_a_postcode_at_fault_is_left_out(read: Read, log: IssueLog, row: str) -> None:
    assert read(f"{POSTCODES}{row}\n") == []
    assert [each.severity for each in log if each.line] == [Severity.ERROR]


def test_a_column_that_says_it_was_derived_is_not_taken_for_the_publishers(
    read: Read, log: IssueLog
) -> None:
    (record,) = read(
        "pcd7,east1m,north1m,lad25cd,lsoa11cd_derived_pip\n"
        "PO1 3AX,464200,99900,E06000044,E01017013\n"
    )
    assert record.lsoa11_code == ""
    assert "lsoa11cd_derived_pip" in next(iter(log)).message


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n1,2\n",
        "LSOA21CD,LSOA21NM\nE01017013,a\n",
        "LSOA11CD,LSOA21CD\nE01017013,E01017013\n",
        "pcds,lad25cd\nPO1 3AX,E06000044\n",
    ],
)
def test_a_table_that_is_no_look_up_is_refused_with_the_headings_wanted(
    read: Read, text: str
) -> None:
    with pytest.raises(SourceError, match="LSOA11CD, LSOA21CD and CHGIND"):
        read(text)


def test_a_link_knows_how_its_change_looks_from_the_later_side() -> None:
    assert [change.backwards for change in Change] == [
        Change.NONE, Change.UNCHANGED, Change.MERGED, Change.SPLIT, Change.IRREGULAR,
    ]  # fmt: skip


def test_a_class_that_says_neither_counts_as_urban_since_that_claims_less() -> None:
    link = AreaLink(
        from_level="lsoa", from_vintage="2021", from_code="E01017013", to=LinkTo.RURAL_URBAN,
        to_vintage="2021", to_code="Z1", to_name="Unclassified",
    )  # fmt: skip
    assert link.is_urban
