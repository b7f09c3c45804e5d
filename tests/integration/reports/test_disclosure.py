"""What each audience never sees, by whatever it is shown."""

import json
import re
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest
from sqlalchemy.orm import Session

from mapper.domain.area import AreaType
from mapper.domain.disclosure import Audience, Sensitivity
from mapper.errors import NotAllowedError
from mapper.reports.authorities import areas_table, authorities
from mapper.reports.best_practice import practice_contacts
from mapper.reports.directory import directory, published_organisations
from mapper.reports.engagement_map import published_map
from mapper.reports.export import to_csv, to_json
from mapper.reports.gap_report import gap_report
from mapper.reports.network_file import NetworkForm, network_file
from mapper.reports.publish import publish_area_table
from mapper.reports.published import PublishedTable
from mapper.reports.register import activity_register, published_activities, published_activity
from mapper.reports.violence_table import violence_table
from mapper.store.runs import latest_run
from mapper.store.session import Store
from tests.factories import PORTSMOUTH, SOUTHAMPTON, lsoa, make_place
from tests.integration.reports.world import (
    EXAMPLE,
    HIDDEN_ADDRESS,
    REFUGE_SQUARE,
    UNSEEN_SQUARE,
    choices,
    fill,
    postcode_of,
)
from tests.published import analyse_and_publish

NOT_ANALYST = [Audience.PUBLIC, Audience.PARTNER]
SHOWN = {lsoa(4): 6, lsoa(5): 25}
"""The only counts that may pass when they are restricted: the others can be told from the small."""


def everything(session: Session, audience: Audience) -> str:
    """All that an audience is shown, as one text."""
    tables = [
        directory(session, audience),
        activity_register(session, audience),
        authorities(session, audience),
        areas_table(session, audience),
        practice_contacts(session, audience),
    ]
    parts = [to_json(table) + to_csv(table) for table in tables]
    for code in (PORTSMOUTH, SOUTHAMPTON):
        report = gap_report(session, code, audience)
        told = [report.areas.table, report.wards, report.providers, report.links, report.measures]
        told += [each.table for each in report.sections if each.table]
        parts += [to_json(table) for table in told]
        parts += [f"{each.sentences} {each.chart}" for each in report.sections]
        parts += [str(report.summary), str(report.network), str(report.explanations)]
    drawn = published_map(session, audience)
    places = [*drawn.organisations.places, *drawn.activities.places]
    parts += [json.dumps(asdict(place)) for place in places]
    text_forms = [form for form in NetworkForm if form is not NetworkForm.KUMU]
    parts += [network_file(session, audience, form).decode() for form in text_forms]
    return "\n".join(parts)


def counts(table: PublishedTable) -> dict[str, Any]:
    """Area code to published count, for those that are published."""
    rows = table.records()
    return {
        str(row["area_code"].value): row["violence_count"].value
        for row in rows
        if row["violence_count"].value is not None
    }


@pytest.mark.parametrize("audience", list(Audience))
def test_nobody_is_shown_where_the_refuge_is(world: Store, audience: Audience) -> None:
    with world.reading() as session:
        text = everything(session, audience)
    site = make_place(REFUGE_SQUARE)
    assert postcode_of(REFUGE_SQUARE) not in text
    assert HIDDEN_ADDRESS not in text
    assert str(int(site.easting_m)) not in text


@pytest.mark.parametrize("audience", list(Audience))
def test_a_refuge_and_its_work_are_drawn_in_the_middle_of_the_authority(
    world: Store, audience: Audience
) -> None:
    with world.reading() as session:
        places = published_organisations(session, audience).places
        work = published_activities(session, audience).places
    shown = [place for place in (*places, *work) if place.name in {"A Refuge", "Circle"}]
    assert {place.exactness for place in shown} == {"local authority"}
    assert len({(place.longitude, place.latitude) for place in shown}) == 1


@pytest.mark.parametrize("audience", list(Audience))
def test_a_hidden_site_is_listed_without_a_place_and_under_no_authority(
    world: Store, audience: Audience
) -> None:
    with world.reading() as session:
        rows = {row["name"].text: row for row in directory(session, audience).records()}
        here = directory(session, audience, SOUTHAMPTON).records()
        people = practice_contacts(session, audience).records()
    assert rows["An Unseen Body"]["place"].text == "not shown or not known"
    assert "An Unseen Body" not in {row["name"].text for row in here}
    assert [r["lad_name"].value for r in people if r["organisation"].text == "An Unseen Body"] == [
        None
    ]


@pytest.mark.parametrize(
    ("audience", "seen"),
    [
        (Audience.PUBLIC, {"Public Person"}),
        (Audience.PARTNER, {"Public Person", "Partner Person"}),
        (Audience.ANALYST, {"Public Person", "Partner Person"}),
    ],
)
def test_people_are_shown_to_those_they_agreed_to_and_nobody_else(
    world: Store, audience: Audience, seen: set[str]
) -> None:
    with world.reading() as session:
        text = everything(session, audience)
    names = {"Public Person", "Partner Person", "Silent Person"}
    assert {name for name in names if name in text} == seen
    emails = {name.lower().replace(" ", ".") + "@example.org" for name in names}
    agreed = {name.lower().replace(" ", ".") + "@example.org" for name in seen}
    assert {email for email in emails if email in text} == agreed


@pytest.mark.parametrize(
    ("audience", "few", "many"),
    [(Audience.PUBLIC, None, 120), (Audience.PARTNER, None, 120), (Audience.ANALYST, 3, 120)],
)
def test_a_handful_of_people_taking_part_is_shown_to_analysts_only(
    world: Store, audience: Audience, few: int | None, many: int
) -> None:
    with world.reading() as session:
        rows = {row["title"].text: row for row in activity_register(session, audience).records()}
    assert rows["Quiet talks"]["participants"].value == few
    assert rows["Football on Thursdays"]["participants"].value == many
    assert rows["Circle"]["participants"].text == "not counted"


def test_one_activity_is_shown_as_it_is_in_the_register(world: Store) -> None:
    with world.reading() as session:
        register = activity_register(session, Audience.PUBLIC)
        for row in register.rows:
            found = published_activity(session, int(row[0].text), Audience.PUBLIC)
            assert found.rows == (row,)


@pytest.mark.parametrize("audience", NOT_ANALYST)
def test_restricted_counts_pass_only_where_no_small_one_can_be_had(
    restricted: Store, audience: Audience
) -> None:
    with restricted.reading() as session:
        found = counts(areas_table(session, audience))
    rounding = 5 if audience is Audience.PUBLIC else 1
    assert found == {code: rounding * round(count / rounding) for code, count in SHOWN.items()}


@pytest.mark.parametrize("audience", NOT_ANALYST)
def test_restricted_counts_agree_on_every_level_and_in_every_table(
    restricted: Store, audience: Audience
) -> None:
    with restricted.reading() as session:
        run = latest_run(session)
        wards = counts(publish_area_table(session, run, AreaType.WARD, audience))
        middles = counts(publish_area_table(session, run, AreaType.MSOA, audience))
        whole = counts(areas_table(session, audience))
        parts = [
            counts(gap_report(session, code, audience).areas.table)
            for code in (PORTSMOUTH, SOUTHAMPTON)
        ]
        drawn = counts(published_map(session, audience).areas.table)
    assert set(wards) == {"E05000003", "E05000004"}
    assert middles == {}
    assert parts[0] | parts[1] == whole == drawn


@pytest.mark.parametrize("audience", NOT_ANALYST)
def test_no_figure_or_sentence_tells_a_restricted_count(
    restricted: Store, audience: Audience
) -> None:
    with restricted.reading() as session:
        report = gap_report(session, PORTSMOUTH, audience)
        order = [row["area_code"].text for row in report.areas.table.records()]
    assert report.explanations == {}
    assert order == sorted(order)
    assert "The figures of 4 small areas are not shown" in " ".join(report.summary)
    assert {cell.text for row in report.areas.table.records() for cell in [row["rank"]]} == {
        "not shown"
    }


OTHERS = (30, 40, 1, 2, 6, 25, 61, 1)
"""Counts of which the same are shown, and the same totals; those withheld are quite others."""


@pytest.mark.parametrize(("audience", "count"), [(Audience.PUBLIC, 5), (Audience.PARTNER, 6)])
def test_the_working_is_of_the_counts_that_are_shown(
    restricted: Store, audience: Audience, count: int
) -> None:
    with restricted.reading() as session:
        told = gap_report(session, SOUTHAMPTON, audience).explanations
    assert set(told) == set(SHOWN)
    assert f"Need: {count} recorded violent offences" in " ".join(told[lsoa(4)])
    assert told[lsoa(4)][-1].startswith("Only areas whose counts are shown")


@pytest.mark.parametrize("audience", NOT_ANALYST)
def test_nothing_that_is_shown_hangs_on_what_is_withheld(
    restricted: Store, fresh: Callable[[str], Store], audience: Audience
) -> None:
    other = fresh("other.sqlite")
    fill(other, Sensitivity.RESTRICTED, counts=OTHERS)
    analyse_and_publish(other, choices())
    with restricted.reading() as session, other.reading() as elsewhere:
        one, two = (everything(each, audience) for each in (session, elsewhere))
    moment = r"\d{4}-\d\d-\d\dT[\d:.+]+"
    assert re.sub(moment, "", one) == re.sub(moment, "", two)


@pytest.mark.parametrize("audience", NOT_ANALYST)
def test_nothing_that_is_shown_tells_the_authority_of_a_hidden_site(
    fresh: Callable[[str], Store], audience: Audience
) -> None:
    told = []
    for square in (3, UNSEEN_SQUARE):
        store = fresh(f"hidden in {square}.sqlite")
        fill(store, unseen_square=square)
        analyse_and_publish(store, choices())
        with store.reading() as session:
            told.append(everything(session, audience))
    moment = r"\d{4}-\d\d-\d\dT[\d:.+]+"
    one, two = (re.sub(moment, "", each) for each in told)
    assert one == two


def test_a_rate_does_not_undo_the_rounding_of_its_count(restricted: Store) -> None:
    with restricted.reading() as session:
        rows = areas_table(session, Audience.PUBLIC).records()
    shown = [row for row in rows if row["violence_count"].value is not None]
    assert shown
    for row in shown:
        # The counts are of a quarter, the rate is for a year.
        count = row["crude_rate_per_1000"].value * row["population"].value / 1_000 / 4
        assert count == pytest.approx(row["violence_count"].value, abs=0.1)


@pytest.mark.parametrize("audience", NOT_ANALYST)
def test_ranks_are_among_the_areas_shown_and_draws_are_withheld(
    restricted: Store, audience: Audience
) -> None:
    with restricted.reading() as session:
        rows = areas_table(session, audience).records()
        report = gap_report(session, SOUTHAMPTON, audience)
    assert [row["rank"].value for row in rows][:2] == [1, 2]
    assert {row["stability_percent"].text for row in rows} == {"not shown"}
    assert "95%" not in " ".join(report.summary)


def test_an_analyst_sees_restricted_counts(restricted: Store) -> None:
    with restricted.reading() as session:
        assert len(counts(areas_table(session, Audience.ANALYST))) == 8
        assert len(gap_report(session, PORTSMOUTH, Audience.ANALYST).explanations) == 4


@pytest.mark.parametrize("audience", NOT_ANALYST)
@pytest.mark.parametrize("by", ["lad", "ward", "lsoa", "month"])
def test_restricted_counts_are_not_listed_for_others_to_cut_as_they_like(
    restricted: Store, audience: Audience, by: str
) -> None:
    with restricted.reading() as session, pytest.raises(NotAllowedError, match=r"police.uk"):
        violence_table(session, audience, frozenset({by}))


def test_a_name_written_as_a_formula_is_harmless_in_a_spreadsheet(world: Store) -> None:
    with world.reading() as session:
        text = to_csv(directory(session, Audience.PUBLIC))
    assert f",'{EXAMPLE}," in text
    assert f",{EXAMPLE}," not in text
