"""The Indices of Deprivation, as MHCLG words them and shorter."""

from collections.abc import Callable

import pandas as pd
import pytest

from mapper.domain.deprivation import DeprivationFigure, DeprivationKind, Domain
from mapper.errors import SourceError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog, Severity
from mapper.ingest.files.source import SourceFile
from mapper.ingest.kinds.deprivation import read_deprivation

Read = Callable[..., list[DeprivationFigure]]
SHORT = "lsoa21_code,IMD_decile,IMD_rank,IMD_score,Housing_and_Services_decile\n"
LONG = (
    "LSOA code (2011),LSOA name (2011),Local Authority District code (2019),"
    "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived),"
    "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs),"
    "Barriers to Housing and Services Score,"
    "Income Deprivation Affecting Children Index (IDACI) Score (rate)\n"
)


@pytest.fixture
def read(csv_file: Callable[..., SourceFile], ground: Ground, log: IssueLog) -> Read:
    def figures(text: str, name: str = "indices.csv") -> list[DeprivationFigure]:
        found = read_deprivation(csv_file(text, name), ground, log)
        return [record for _, record in found.records]

    return figures


@pytest.fixture
def ground() -> Ground:
    """One LSOA of either vintage."""
    rows = [
        ("E01017013", "Portsmouth 012A", "lsoa", year, "E06000044") for year in ("2011", "2021")
    ]
    columns = ["area_code", "area_name", "level", "vintage", "lad_code"]
    return Ground(pd.DataFrame(rows, columns=columns))


def _values(figures: list[DeprivationFigure]) -> dict[tuple[str, str], float]:
    return {(each.measure, each.kind.value): each.value for each in figures}


def test_the_short_headings_of_2025_are_read(read: Read) -> None:
    figures = read(SHORT + "E01017013,4,13077,22.09,6\n")
    assert _values(figures) == {
        (Domain.INDEX.value, "decile"): 4,
        (Domain.INDEX.value, "rank"): 13_077,
        (Domain.INDEX.value, "score"): 22.09,
        (Domain.HOUSING.value, "decile"): 6,
    }
    assert {(each.edition, each.vintage) for each in figures} == {(2025, "2021")}


def test_the_publishers_own_headings_of_2019_are_read(read: Read) -> None:
    figures = read(LONG + "E01017013,Portsmouth 012A,E06000044,12407,4,19.4,0.2\n")
    assert (Domain.HOUSING.value, "score") in _values(figures)
    assert len(figures) == 3
    assert {(each.edition, each.vintage) for each in figures} == {(2019, "2011")}


def test_a_blank_is_not_known_and_never_nought(read: Read, log: IssueLog) -> None:
    figures = read(SHORT + "E01017013,4,13077,,\n")
    assert (Domain.INDEX.value, "score") not in _values(figures)
    assert list(log) == []


def test_indicators_are_kept_under_their_own_words(read: Read) -> None:
    figures = read(
        "lsoa21_code,violence_with_injury_rate_per_1_000_at_risk_population,patient_to_gp_ratio\n"
        "E01017013,8.5,\n"
    )
    assert [(each.measure, each.kind, each.value) for each in figures] == [
        (
            "violence with injury rate per 1 000 at risk population",
            DeprivationKind.INDICATOR,
            8.5,
        )
    ]


@pytest.mark.parametrize("cell", ["0", "33756", "12.5", "many"])
def test_a_rank_that_cannot_be_is_left_out(read: Read, log: IssueLog, cell: str) -> None:
    figures = read(f"{SHORT}E01017013,4,{cell},22.09,6\n")
    assert (Domain.INDEX.value, "rank") not in _values(figures)
    assert [each.severity for each in log] == [Severity.WARNING]


def test_a_rank_of_2019_is_at_most_that_of_the_last_small_area_then(
    read: Read, log: IssueLog
) -> None:
    read(LONG + "E01017013,a,E06000044,33000,10,19.4,0.2\n")
    assert "32,844" in next(each.message for each in log if each.line)


def test_a_rank_and_a_decile_that_contradict_each_other_are_both_left_out(
    read: Read, log: IssueLog
) -> None:
    figures = read(SHORT + "E01017013,9,13077,22.09,6\n")
    assert set(_values(figures)) == {
        (Domain.INDEX.value, "score"),
        (Domain.HOUSING.value, "decile"),
    }
    assert "not in decile 9" in next(iter(log)).message


def test_an_area_that_stands_twice_keeps_its_first_figures(read: Read, log: IssueLog) -> None:
    figures = read(SHORT + "E01017013,4,13077,22.09,6\nE01017013,5,14000,20,6\n")
    assert _values(figures)[Domain.INDEX.value, "decile"] == 4
    assert log.count(Severity.ERROR) == 1


def test_an_edition_that_nothing_tells_is_asked_for(read: Read) -> None:
    text = "LSOA11CD,IMD_decile\nE01017013,4\n"
    with pytest.raises(SourceError, match="which edition"):
        read(text)
    assert {each.edition for each in read(text, "imd2015.csv")} == {2015}
    assert {each.edition for each in read(text, "imd_2019_scores.csv")} == {2019}


def test_areas_outside_hips_are_left_out(read: Read, log: IssueLog) -> None:
    figures = read(SHORT + "E01017013,4,13077,22.09,6\nE01099999,4,13077,22.09,6\n")
    assert {each.area_code for each in figures} == {"E01017013"}
    assert "1 row left out" in next(iter(log)).message


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n1,2\n",
        "lsoa21_code,name of area\nE01017013,x\n",
        "area,IMD_decile\nE01017013,4\n",
        "LSOA21CD,LSOA11CD,IMD_decile\nE01017013,E01017013,4\n",
    ],
)
def test_another_table_is_refused_with_what_was_expected(read: Read, text: str) -> None:
    with pytest.raises(SourceError, match="Take File 7"):
        read(text)
