"""Networks that older versions kept with a run are there after an upgrade."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from mapper.store.run_networks import RunNetwork, run_network
from mapper.store.runs import save_run
from mapper.store.schema import upgrade
from mapper.store.session import Store
from tests.factories import make_results, make_run
from tests.older import upgrade_to

BEFORE = "0015"
"""The last version that kept the network of every authority."""
KEPT = text(
    "INSERT INTO run_networks (run_id, seen, layer, lad_code, quarter, summary, measures) "
    "VALUES (1, 'all', 'joint activity', :lad_code, :quarter, '{\"links\": 3}', '{}')"
)


def test_networks_of_everybody_are_kept_and_those_of_an_authority_are_not(
    bare_database_url: str, opened: Callable[[str], Store]
) -> None:
    store = opened(bare_database_url)
    upgrade_to(store, BEFORE)
    with store.writing() as session:
        save_run(session, make_run(), make_results())
        for lad_code, quarter in (("", ""), ("", "2025-1"), ("E06000044", "")):
            session.execute(KEPT, {"lad_code": lad_code, "quarter": quarter})
    upgrade(store)
    with store.reading() as session:
        for quarter in ("", "2025-1"):
            wanted = RunNetwork("all", "joint activity", {}, quarter=quarter)
            found = run_network(session, 1, wanted)
            assert found is not None
            assert found.summary == {"links": 3}
        assert session.execute(text("SELECT count(*) FROM run_networks")).scalar_one() == 2
    with pytest.raises(DatabaseError, match="never changed"), store.writing() as session:
        session.execute(text("UPDATE run_networks SET layer = 'another'"))
