"""Saving the directory: the same file twice, changed records, and what hangs on them."""

from collections.abc import Sequence

from sqlalchemy import func, select

from mapper.domain.disclosure import Visibility
from mapper.domain.located import Located
from mapper.domain.organisation import Identifier, Organisation, OrganisationKind
from mapper.domain.vocabulary import Theme
from mapper.store.counts import SaveCounts
from mapper.store.models import (
    Base,
    ContactRow,
    OrganisationIdentifierRow,
    OrganisationRow,
    OrganisationTagRow,
    PlaceRow,
)
from mapper.store.organisation_rows import name_key
from mapper.store.organisations import (
    organisation_ids_by_name,
    organisation_names,
    save_organisations,
)
from mapper.store.session import Store
from mapper.store.sources import add_source, list_sources
from tests.factories import located, make_contact, make_organisation, make_place, make_source


def test_new_records_are_counted_as_new(store: Store) -> None:
    records = [located(make_organisation()), located(make_organisation())]
    assert _save(store, records) == SaveCounts(new=2)


def test_the_same_records_again_change_nothing(store: Store) -> None:
    records = [located(_a_full_one(), make_place())]
    _save(store, records)
    assert _save(store, records) == SaveCounts(unchanged=1)


def test_a_changed_record_is_rewritten(store: Store) -> None:
    _save(store, [located(make_organisation(source_key="1", name="Old name"))])
    again = [located(make_organisation(source_key="1", name="New name"))]
    assert _save(store, again) == SaveCounts(changed=1)
    assert _names(store) == ["New name"]


def test_a_record_that_moved_is_changed(store: Store) -> None:
    record = make_organisation()
    _save(store, [located(record, make_place(0))])
    assert _save(store, [located(record, make_place(1))]) == SaveCounts(changed=1)


def test_a_changed_record_keeps_its_id(store: Store) -> None:
    _save(store, [located(make_organisation(source_key="1", name="Old"))])
    before = _ids(store)
    _save(store, [located(make_organisation(source_key="1", name="New"))])
    assert _ids(store) == before


def test_what_hangs_on_a_changed_record_is_replaced(store: Store) -> None:
    _save(store, [located(_a_full_one(source_key="1"))])
    _save(store, [located(make_organisation(source_key="1"))])
    hanging = (ContactRow, OrganisationIdentifierRow, OrganisationTagRow)
    assert [_count(store, table) for table in hanging] == [0, 0, 0]


def test_the_same_key_in_two_sources_names_two_organisations(store: Store) -> None:
    record = located(make_organisation(source_key="1"))
    _save(store, [record], source_name="libraries")
    assert _save(store, [record], source_name="schools") == SaveCounts(new=1)


def test_a_new_edition_replaces_the_earlier(store: Store) -> None:
    for _ in range(2):
        _save(store, [located(make_organisation(source_key="1"))])
    with store.reading() as session:
        assert [one.is_current for one in list_sources(session)] == [True, False]


def test_two_organisations_at_one_place_share_it(store: Store) -> None:
    _save(store, [located(make_organisation(), make_place()) for _ in range(2)])
    assert _count(store, PlaceRow) == 1


def test_consent_is_kept_with_its_day_and_basis(store: Store) -> None:
    _save(store, [located(make_organisation(contacts=(make_contact(),)))])
    with store.reading() as session:
        row = session.scalars(select(ContactRow)).one()
    assert (row.consent_audience, str(row.consent_given_on), row.consent_basis) == (
        2,
        "2025-01-01",
        "e-mail reply",
    )


def test_a_contact_without_consent_is_kept_without_one(store: Store) -> None:
    _save(store, [located(make_organisation(contacts=(make_contact(consent=None),)))])
    with store.reading() as session:
        assert session.scalars(select(ContactRow)).one().consent_audience is None


def test_a_refuge_is_kept_at_its_authority_whatever_was_asked(store: Store) -> None:
    refuge = make_organisation(kind=OrganisationKind.REFUGE, visibility=Visibility.EXACT)
    _save(store, [located(refuge, make_place())])
    with store.reading() as session:
        assert session.scalars(select(OrganisationRow)).one().visibility == "authority"


def test_case_punctuation_and_the_article_do_not_matter_in_a_name() -> None:
    assert name_key("The  St. John's Trust") == name_key("ST JOHNS TRUST")


def test_an_organisation_is_found_by_its_name_in_any_spelling(store: Store) -> None:
    _save(store, [located(make_organisation(name="The St. John's Trust"))])
    with store.reading() as session:
        assert name_key("st johns trust") in organisation_ids_by_name(session)


def test_of_two_with_one_name_the_active_is_found(store: Store) -> None:
    records = [
        make_organisation(name="Youth Trust", is_active=False),
        make_organisation(name="Youth Trust"),
        make_organisation(name="Youth Trust", is_active=False),
    ]
    _save(store, [located(record) for record in records])
    with store.reading() as session:
        found = session.get_one(OrganisationRow, organisation_ids_by_name(session)["youth trust"])
        assert found.source_key == records[1].source_key


def test_closed_organisations_are_not_offered_by_name(store: Store) -> None:
    records = [make_organisation(name="Open"), make_organisation(name="Closed", is_active=False)]
    _save(store, [located(record) for record in records])
    assert _names(store) == ["Open"]


def _a_full_one(**choices: object) -> Organisation:
    given: dict[str, object] = {
        "contacts": (make_contact(),),
        "identifiers": (Identifier("GB-CHC", "1234567"),),
        "themes": frozenset({Theme.KNIFE_CRIME, Theme.FAMILY}),
        "areas_served": ("E06000044",),
    }
    return make_organisation(**given | choices)


def _save(
    store: Store, records: Sequence[Located[Organisation]], source_name: str = "libraries"
) -> SaveCounts:
    with store.writing() as session:
        source_id = add_source(session, make_source(name=source_name))
        return save_organisations(session, source_id, records)


def _names(store: Store) -> list[str]:
    with store.reading() as session:
        return organisation_names(session)


def _ids(store: Store) -> list[int]:
    with store.reading() as session:
        return list(session.scalars(select(OrganisationRow.id)))


def _count(store: Store, table: type[Base]) -> int:
    with store.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0
