"""The columns of published areas."""

import pytest

from mapper.domain.area import AreaType
from mapper.reports.columns import area_figures
from mapper.reports.figures import Figure

INDICES = "Indices of Deprivation 2025 (LSOA 2021)"
LEVELS = [AreaType.LSOA, AreaType.MSOA, AreaType.WARD, AreaType.LAD]
SAFE = {
    "area_name", "area_code", "ward_name", "lad_name", "lad_code", "population", "areas",
    "areas_affected", "areas_high_need_low_provision", "dose", "coverage_per_1000", "activities",
    "last_month", "months_since_last", "nearest_venue_km",
    "provision_percentile", "provision_class",
    "deprivation_decile", "areas_most_deprived",
}  # fmt: skip
"""Figures that do not hang on the area's own violence count, or not on it alone."""


def every_figure(level: AreaType) -> tuple[Figure, ...]:
    return area_figures(level, "sessions", INDICES, months_before=12)


@pytest.mark.parametrize("level", LEVELS)
def test_no_two_columns_of_a_level_have_the_same_name_or_heading(level: AreaType) -> None:
    columns = [figure.column for figure in every_figure(level)]
    assert len({c.name for c in columns}) == len({c.heading for c in columns}) == len(columns)


@pytest.mark.parametrize("level", LEVELS)
def test_whatever_hangs_on_the_violence_count_says_so(level: AreaType) -> None:
    figures = every_figure(level)
    assert {f.column.name for f in figures if not f.tells_count} <= SAFE


@pytest.mark.parametrize("level", LEVELS)
def test_every_number_says_what_it_means(level: AreaType) -> None:
    columns = [figure.column for figure in every_figure(level)]
    assert [c.name for c in columns if c.is_number and not c.meaning.endswith(".")] == []


def test_the_unit_of_engagement_is_named_in_its_headings() -> None:
    headings = {f.column.heading for f in area_figures(AreaType.LSOA, "participant-hours")}
    assert "Participant-hours reaching it" in headings


def test_a_small_area_does_not_count_small_areas() -> None:
    assert "areas" not in {f.column.name for f in area_figures(AreaType.LSOA, "sessions")}


def test_an_authority_does_not_name_its_authority() -> None:
    assert "lad_name" not in {f.column.name for f in area_figures(AreaType.LAD, "sessions")}


def test_a_decile_says_which_edition_and_vintage_it_is_of() -> None:
    figures = area_figures(AreaType.LSOA, "sessions", INDICES)
    (decile,) = [f.column for f in figures if f.column.name == "deprivation_decile"]
    assert INDICES in decile.meaning


def test_without_deprivation_there_is_no_column_of_it() -> None:
    assert "deprivation_decile" not in {
        f.column.name for f in area_figures(AreaType.LSOA, "sessions")
    }


def test_a_ward_has_no_decile_of_its_own_but_counts_its_most_deprived_small_areas() -> None:
    names = {f.column.name for f in area_figures(AreaType.WARD, "sessions", INDICES)}
    assert "deprivation_decile" not in names
    assert "areas_most_deprived" in names
