"""Saving the register, and the ties between those who deliver together."""

from collections.abc import Sequence

from sqlalchemy import func, select

from mapper.domain.activity import Activity
from mapper.domain.located import Located
from mapper.domain.source import SourceKind
from mapper.domain.vocabulary import Cohort, Theme
from mapper.store.activities import save_activities
from mapper.store.counts import SaveCounts
from mapper.store.models import (
    ActivityAreaRow,
    ActivityRow,
    ActivityTagRow,
    OrganisationRow,
    ParticipationRow,
)
from mapper.store.organisations import organisation_names, save_organisations
from mapper.store.session import Store
from mapper.store.sources import add_source
from tests.factories import PORTSMOUTH, located, make_activity, make_organisation, make_source


def test_the_same_records_again_change_nothing(store: Store) -> None:
    records = [located(_a_full_one())]
    _save(store, records)
    assert _save(store, records) == SaveCounts(unchanged=1)


def test_a_changed_record_is_rewritten_with_what_hangs_on_it(store: Store) -> None:
    _save(store, [located(_a_full_one(source_key="1"))])
    assert _save(store, [located(make_activity(source_key="1"))]) == SaveCounts(changed=1)
    with store.reading() as session:
        for table in (ActivityTagRow, ActivityAreaRow):
            assert session.scalar(select(func.count()).select_from(table)) == 0


def test_a_name_in_the_directory_is_matched_however_it_is_spelt(store: Store) -> None:
    _save_organisation(store, "The St. John's Trust")
    counts = _save(store, [located(make_activity(lead="ST JOHNS TRUST"))])
    assert counts == SaveCounts(new=1)


def test_a_name_that_is_not_in_the_directory_is_added_and_told(store: Store) -> None:
    counts = _save(store, [located(make_activity(lead="Nobody's Trust", partners=("Other",)))])
    assert counts.unmatched_names == ("Nobody's Trust", "Other")
    with store.reading() as session:
        assert organisation_names(session) == ["Nobody's Trust", "Other"]


def test_a_name_is_added_only_once(store: Store) -> None:
    _save(store, [located(make_activity(lead="Nobody's Trust"))])
    assert _save(store, [located(make_activity(lead="NOBODYS TRUST"))]).unmatched_names == ()


def test_lead_and_partners_take_part(store: Store) -> None:
    _save(store, [located(make_activity(lead="One", partners=("Two", "Three")))])
    assert _participants(store) == [("One", True), ("Three", False), ("Two", False)]


def test_a_lead_named_again_as_a_partner_takes_part_once(store: Store) -> None:
    _save(store, [located(make_activity(lead="One", partners=("ONE", "Two", "two")))])
    assert _participants(store) == [("One", True), ("Two", False)]


def test_who_filled_in_the_form_is_kept(store: Store) -> None:
    with store.writing() as session:
        source = add_source(session, make_source(SourceKind.ACTIVITIES))
        save_activities(session, source, [located(make_activity())], registered_by="a@example.org")
    with store.reading() as session:
        assert session.scalars(select(ActivityRow.registered_by)).one() == "a@example.org"


def test_an_uncounted_attendance_is_missing_and_not_nought(store: Store) -> None:
    _save(store, [located(make_activity(participants=None))])
    with store.reading() as session:
        assert session.scalars(select(ActivityRow.participants)).one() is None


def test_saving_nothing_is_no_fault(store: Store) -> None:
    assert _save(store, []) == SaveCounts()


def test_an_organisation_that_activities_name_cannot_be_removed_unseen(store: Store) -> None:
    _save(store, [located(make_activity(lead="One"))])
    with store.reading() as session:
        lead = session.scalars(select(ActivityRow.lead_id)).one()
        assert session.get_one(OrganisationRow, lead).name == "One"


def _a_full_one(**choices: object) -> Activity:
    given: dict[str, object] = {
        "themes": frozenset({Theme.KNIFE_CRIME}),
        "cohorts": frozenset({Cohort.AGED_15_TO_17, Cohort.MEN_AND_BOYS}),
        "areas_served": (PORTSMOUTH,),
    }
    return make_activity(**given | choices)


def _save(store: Store, records: Sequence[Located[Activity]]) -> SaveCounts:
    with store.writing() as session:
        source = add_source(session, make_source(SourceKind.ACTIVITIES, name="returns"))
        return save_activities(session, source, records)


def _save_organisation(store: Store, name: str) -> None:
    with store.writing() as session:
        source = add_source(session, make_source())
        save_organisations(session, source, [located(make_organisation(name=name))])


def _participants(store: Store) -> list[tuple[str, bool]]:
    query = select(OrganisationRow.name, ParticipationRow.is_lead).join(
        ParticipationRow, ParticipationRow.organisation_id == OrganisationRow.id
    )
    with store.reading() as session:
        return sorted((name, is_lead) for name, is_lead in session.execute(query))
