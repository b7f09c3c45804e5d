"""A stored run goes on naming the organisations it was made of."""

from mapper.store.listings import organisation_descriptions
from mapper.store.merges import merge
from mapper.store.organisations import save_organisations
from mapper.store.session import Store
from mapper.store.sources import add_source
from tests.factories import located, make_organisation, make_source


def test_an_organisation_merged_since_is_still_described(store: Store) -> None:
    names = ("Harbour Lights", "Harbour Lights Youth Club")
    with store.writing() as session:
        source_id = add_source(session, make_source())
        records = [located(make_organisation(source_key=name, name=name)) for name in names]
        save_organisations(session, source_id, records)
        kept, merged = organisation_descriptions(session).index[:2]
        merge(session, int(kept), int(merged), by="analyst")
        found = organisation_descriptions(session)
    assert tuple(found["name"]) == names
