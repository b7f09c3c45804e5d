"""Grants as dated links: saved with their source, found again, followed through merges."""

from datetime import date
from decimal import Decimal
from typing import Any

from mapper.domain.grant import Grant
from mapper.domain.organisation import Identifier, Organisation
from mapper.store.grants import grants, save_grants
from mapper.store.merges import merge
from mapper.store.organisations import ids_by_key, save_organisations
from mapper.store.session import Store
from mapper.store.sources import add_source
from tests.factories import located, make_organisation, make_source
from tests.letters import take_out


def make_grant(**choices: Any) -> Grant:
    given = {
        "source_key": "g1",
        "funder": "The Fund",
        "recipient_key": "r",
        "recipient": "Harbour Trust",
        "awarded_on": date(2025, 4, 1),
        "amount": Decimal("1250.50"),
        "areas": ("E06000044", "E06000044"),
    }
    return Grant(**given | choices)


def save(store: Store, *found: Grant, others: tuple[Organisation, ...] = ()) -> int:
    records = [make_organisation(source_key="r", name="Harbour Trust"), *others]
    with store.writing() as session:
        source_id = add_source(session, make_source(name="grants"))
        save_organisations(session, source_id, [located(each) for each in records])
        return save_grants(session, source_id, [(2, each) for each in found])


def test_a_grant_is_read_as_it_was_published(store: Store) -> None:
    save(store, make_grant())
    with store.reading() as session:
        (row,) = grants(session).to_dict("records")
    assert row["funder"] == "The Fund"
    assert row["recipient"] == "Harbour Trust"
    assert row["awarded_on"] == date(2025, 4, 1)
    assert row["amount"] == Decimal("1250.50")


def test_the_same_grants_again_stand_once(store: Store) -> None:
    save(store, make_grant())
    save(store, make_grant(amount=Decimal(7)))
    with store.reading() as session:
        assert grants(session)["amount"].tolist() == [Decimal(7)]


def test_a_grant_to_somebody_not_in_the_directory_is_passed_over(store: Store) -> None:
    assert save(store, make_grant(recipient_key="unknown")) == 0


def test_who_was_taken_out_of_the_directory_is_not_named_with_a_grant(store: Store) -> None:
    fund = make_organisation(source_key="f", name="The Fund")
    save(store, make_grant(title="Boxing at Harbour Trust, Fratton"), others=(fund,))
    with store.reading() as session:
        number = ids_by_key(session, "grants", ["r"])["r"]
    take_out(store, number)
    with store.reading() as session:
        (row,) = grants(session).to_dict("records")
    assert (row["funder"], row["recipient"]) == ("The Fund", "an organisation that is not named")
    assert row["title"] == "Boxing at an organisation that is not named, Fratton"
    assert row["recipient_id"] == 0


def test_a_funder_is_found_by_its_number(store: Store) -> None:
    number = Identifier("GB-CHC", "123")
    fund = make_organisation(source_key="f", name="Called Otherwise", identifiers=(number,))
    save(store, make_grant(funder_identifier=number), others=(fund,))
    with store.reading() as session:
        assert grants(session)["funder_id"].tolist() == [ids_by_key(session, "grants", ["f"])["f"]]


def test_a_funder_is_found_by_a_name_that_only_one_has(store: Store) -> None:
    twice = (
        make_organisation(source_key="a", name="The Fund"),
        make_organisation(source_key="b", name="The Fund"),
    )
    save(store, make_grant(), others=twice[:1])
    with store.reading() as session:
        assert grants(session)["funder_id"].notna().all()
    save(store, make_grant(), others=twice)
    with store.reading() as session:
        assert grants(session)["funder_id"].isna().all()


def test_a_merged_recipient_stands_as_the_one_it_was_merged_into(store: Store) -> None:
    other = make_organisation(source_key="o", name="Harbour Trust CIO")
    save(store, make_grant(), others=(other,))
    with store.writing() as session:
        ids = ids_by_key(session, "grants", ["r", "o"])
        merge(session, ids["o"], ids["r"], by="Ann Alyst")
    with store.reading() as session:
        assert grants(session)["recipient"].tolist() == ["Harbour Trust CIO"]
