"""The invented demo: the same each time, and with what it is said to hold."""

import gzip
import json
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from mapper.analysis.accessibility import enhanced_two_step_access
from mapper.domain.area import HIPS_LADS
from mapper.domain.disclosure import Audience, Visibility
from mapper.domain.organisation import Organisation, OrganisationKind
from mapper.domain.role import Role
from mapper.domain.source import SourceKind
from mapper.ingest.areas.ground import Ground
from mapper.ingest.demo import DEMO_ACCOUNTS, demo_files
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.files.source import Entry
from mapper.ingest.kinds.activities import read_activities
from mapper.ingest.kinds.organisations import read_organisations
from mapper.ingest.kinds.violence import read_violence
from mapper.ingest.template import COLUMNS
from mapper.network.centrality import centrality
from mapper.network.cohesion import cohesion, isolates
from mapper.network.graph import build_graph
from tools.demo_data import scale
from tools.demo_data.demo import invent, write_demo
from tools.demo_data.land import DATA, metres_to, read_land
from tools.demo_data.organisations import invent_organisations
from tools.demo_data.write import ACTIVITY_HEADINGS

DEMO = DATA / "demo"
READERS = {
    SourceKind.ORGANISATIONS: read_organisations,
    SourceKind.ACTIVITIES: read_activities,
    SourceKind.VIOLENCE: read_violence,
}
MOST_BYTES = 1_500_000


@cache
def ground() -> Ground:
    frames = []
    for name, level in (("lsoa_2011", "lsoa"), ("ward_2025", "ward"), ("lad_2025", "lad")):
        columns = ["area_code", "area_name", "lad_code"]
        frame = pd.read_parquet(DATA / "boundaries" / f"{name}.parquet", columns=columns)
        frames.append(frame.assign(level=level, vintage=name[-4:]))
    return Ground(pd.concat(frames, ignore_index=True))


@cache
def loaded() -> dict[str, tuple[list[Any], IssueLog]]:
    """Read every file as `mapper demo` does."""
    found = {}
    for file in demo_files(DATA):
        log = IssueLog(file.path.name)
        parsed = READERS[file.kind](Entry(file.path).open(), ground(), log)
        found[file.path.name] = ([record for _, record in parsed.records], log)
    return found


def organisations() -> list[Organisation]:
    return loaded()["organisations.csv"][0]


def activities() -> list[Any]:
    return loaded()["activities.csv"][0]


@cache
def planted() -> dict[str, Any]:
    return json.loads((DEMO / "planted.json").read_text("utf-8"))


@cache
def violence() -> pd.DataFrame:
    return pd.read_csv(DEMO / "violence.csv.gz")


@cache
def network() -> Any:
    names = {each.name: number for number, each in enumerate(organisations())}
    nodes = pd.DataFrame({"name": list(names)}, index=pd.Index(names.values()))
    pairs = [
        (number, names[name])
        for number, each in enumerate(activities())
        if each.status == "delivered"
        for name in (each.lead, *each.partners)
    ]
    return build_graph(nodes, pd.DataFrame(pairs, columns=["activity_id", "organisation_id"]))


@cache
def venues() -> pd.DataFrame:
    """Delivered activities with a venue, and where it is."""
    rows = [
        (each.location.postcode, each.ends_on, each.sessions)
        for each in activities()
        if each.status == "delivered" and not each.location.is_empty
    ]
    frame = pd.DataFrame(rows, columns=["postcode", "ends_on", "dose"])
    return frame.merge(read_land().postcodes, on="postcode", validate="many_to_one")


@pytest.mark.slow
def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for run in ("one", "other"):
        write_demo(tmp_path / run, invent(7))
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "other" / file.name).read_bytes()


def test_another_seed_gives_another_demo() -> None:
    assert invent_organisations(read_land(), 7) != invent_organisations(read_land(), 8)


@pytest.mark.slow
def test_what_is_shipped_is_what_the_program_makes(tmp_path: Path) -> None:
    write_demo(tmp_path, invent())
    for file in tmp_path.iterdir():
        made, shipped = file.read_bytes(), (DEMO / file.name).read_bytes()
        if file.suffix == ".gz":  # another zlib may pack the same content otherwise
            made, shipped = gzip.decompress(made), gzip.decompress(shipped)
        assert made == shipped, f"{file.name}: run python -m tools.demo_data"


def test_the_files_are_small() -> None:
    assert sum(file.stat().st_size for file in DEMO.iterdir()) < MOST_BYTES


@pytest.mark.parametrize("name", [file.path.name for file in demo_files(DATA)])
def test_every_file_loads_without_an_issue(name: str) -> None:
    assert loaded()[name][1].all() == []


def test_activities_have_the_headings_of_the_template() -> None:
    assert [column.heading for column in COLUMNS] == list(ACTIVITY_HEADINGS)


def test_every_record_is_marked_synthetic() -> None:
    records = [*organisations(), *loaded()["organisations_second_list.csv"][0], *activities()]
    assert all(each.description.startswith("SYNTHETIC") for each in records)
    assert (violence()["note"] == "SYNTHETIC").all()


def test_every_kind_of_organisation_is_there_and_one_refuge() -> None:
    kinds = Counter(each.kind for each in organisations())
    assert set(kinds) == set(OrganisationKind)
    assert kinds[OrganisationKind.REFUGE] == 1


def test_the_refuge_is_never_exact_though_the_file_asks_for_it() -> None:
    refuge = next(each for each in organisations() if each.kind is OrganisationKind.REFUGE)
    assert refuge.visibility is Visibility.AUTHORITY


def test_some_contacts_agreed_to_nothing_some_to_partners_and_some_to_all() -> None:
    contacts = [contact for each in organisations() for contact in each.contacts]
    consents = Counter(each.consent.audience if each.consent else None for each in contacts)
    assert min(consents[each] for each in (None, Audience.PARTNER, Audience.PUBLIC)) > 30


def test_some_who_share_practice_did_not_agree_to_be_shown() -> None:
    contacts = [contact for each in organisations() for contact in each.contacts]
    assert any(each.shares_practice and each.consent is None for each in contacts)


def test_the_second_list_spells_some_of_the_first_otherwise() -> None:
    first = {each.name for each in organisations()}
    duplicates = planted()["duplicates"]
    assert len(duplicates) == 32
    assert set(duplicates.values()) <= first
    assert first.isdisjoint(duplicates)


def test_every_postcode_is_in_the_directory() -> None:
    known = set(read_land().postcodes["postcode"].str.replace(" ", ""))
    records = [*organisations(), *loaded()["organisations_second_list.csv"][0], *activities()]
    given = {each.location.postcode.replace(" ", "").upper() for each in records}
    assert given - {""} <= known


def test_some_venues_are_at_postcodes_no_longer_in_use() -> None:
    assert venues()["is_terminated"].sum() > 20


def test_each_authority_has_thirty_activities_or_more() -> None:
    counts = venues()["lad_code"].value_counts()
    assert set(counts.index) == set(HIPS_LADS)
    assert counts.min() >= 30


def test_half_of_the_activities_are_joint() -> None:
    assert sum(bool(each.partners) for each in activities()) == len(activities()) / 2 == 770


def test_delivered_activities_lie_in_the_two_years() -> None:
    delivered = [each for each in activities() if each.status == "delivered"]
    assert min(each.starts_on for each in delivered) >= date(2024, 1, 1)
    assert max(each.ends_on for each in delivered) <= date(2025, 12, 31)


def test_every_lead_and_partner_is_in_the_directory() -> None:
    names = {each.name for each in organisations()}
    assert {name for each in activities() for name in (each.lead, *each.partners)} <= names


@pytest.mark.parametrize(
    ("crime_type", "least", "most"),
    [
        ("Violence and sexual offences", 5_300, 6_300),
        ("Robbery", 60, 150),
        ("Possession of weapons", 140, 175),
    ],
)
def test_monthly_totals_are_about_those_published(crime_type: str, least: int, most: int) -> None:
    counts = violence()
    totals = counts[counts["crime_type"] == crime_type].groupby("month")["count"].sum()
    assert len(totals) == 24
    assert totals.between(least, most).all()


def test_violence_has_a_summer_peak() -> None:
    counts = violence()
    totals = counts.groupby(counts["month"].str[5:])["count"].sum()
    assert totals["07"] > 1.05 * totals["01"]


def test_towns_see_more_violence_than_the_country() -> None:
    rates = _rates()
    is_urban = read_land().lsoas["is_urban"]
    assert rates[is_urban].median() > 1.5 * rates[~is_urban].median()


def test_the_planted_gaps_are_among_the_most_violent_areas() -> None:
    ranks = _rates().rank(pct=True)
    codes = [gap["area_code"] for gap in planted()["gaps"]]
    assert len(codes) == 6
    assert ranks[codes].min() > 0.9


def test_no_venue_is_near_a_planted_gap_once_engagement_was_withdrawn() -> None:
    for gap in planted()["gaps"]:
        since = venues()[venues()["ends_on"] >= date.fromisoformat(gap["withdrawn_from"])]
        metres = metres_to(since, read_land(), gap["area_code"])
        assert metres.min() > planted()["metres_without_venue"]


def test_venues_give_the_planted_gaps_nothing_in_2025() -> None:
    areas = read_land().lsoas.rename(
        columns={
            "residents": "population",
            "easting_m": "centre_easting_m",
            "northing_m": "centre_northing_m",
        }
    )
    recent = venues()[venues()["ends_on"] >= date(2025, 1, 1)]
    access = enhanced_two_step_access(areas, recent).access
    codes = [gap["area_code"] for gap in planted()["gaps"]]
    assert (access[codes] == 0).all()
    assert access[areas["is_urban"]].median() > 0


def test_the_odd_month_is_about_twice_the_others() -> None:
    odd = planted()["odd_month"]
    counts = violence()
    lads = counts["area_code"].map(read_land().lsoas["lad_code"])
    mine = counts[(lads == odd["lad_code"]) & (counts["crime_type"] == odd["crime_type"])]
    totals = mine.groupby("month")["count"].sum()
    assert totals[odd["month"]] / totals.drop(odd["month"]).median() == pytest.approx(2, abs=0.25)


def test_isolates_exist_and_the_care_board_is_one() -> None:
    alone = [organisations()[number].name for number in isolates(network())]
    assert 50 < len(alone) < 150
    assert planted()["absent_authority"] in alone


def test_the_brokers_stand_out_by_betweenness() -> None:
    between = centrality(network())["betweenness"].sort_values(ascending=False)
    top = {organisations()[number].name for number in between.index[:3]}
    assert top == set(planted()["brokers"])
    assert between.iloc[2] > 1.2 * between.iloc[3]


def test_there_are_three_to_five_communities() -> None:
    assert 3 <= cohesion(network()).communities <= 5


def test_the_closed_circle_works_with_nobody_else() -> None:
    names = {each.name: number for number, each in enumerate(organisations())}
    circle = {names[name] for name in planted()["closed_circle"]}
    assert {other for number in circle for other in network().neighbors(number)} == circle


def test_there_is_an_account_for_each_role_that_signs_in() -> None:
    assert {account.role for account in DEMO_ACCOUNTS} == set(Role) - {Role.VISITOR}


def test_accounts_belong_to_organisations_of_the_demo() -> None:
    names = {each.name for each in organisations()}
    assert {account.organisation_name for account in DEMO_ACCOUNTS} <= names


def test_the_bench_gets_as_many_as_it_asks_for() -> None:
    assert len(scale.organisations(200, seed=1)) == 200
    assert len(scale.activities(500, seed=1, organisations=200)) == 500


def test_the_bench_gets_the_same_for_the_same_seed() -> None:
    assert scale.activities(50, seed=3) == scale.activities(50, seed=3)
    assert scale.organisations(50, seed=3) != scale.organisations(50, seed=4)


def test_every_organisation_a_bench_activity_names_is_invented_too() -> None:
    names = {each.record.name for each in scale.organisations(100, seed=1)}
    named = scale.activities(300, seed=1, organisations=100)
    assert {n for each in named for n in (each.record.lead, *each.record.partners)} <= names


def _rates() -> "pd.Series[float]":
    lsoas = read_land().lsoas
    counts = violence().groupby("area_code")["count"].sum().reindex(lsoas.index).fillna(0)
    return pd.Series(np.asarray(counts / lsoas["residents"]), index=lsoas.index)
