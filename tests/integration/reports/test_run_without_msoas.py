"""An analysis where the areas nest in no MSOA, as after loading official LSOAs alone."""

from mapper.domain.area import AreaType
from mapper.domain.period import Month, Period
from mapper.domain.source import SourceKind
from mapper.reports.choices import AnalysisChoices
from mapper.reports.run import analyse
from mapper.store.activities import save_activities
from mapper.store.runs import run_areas
from mapper.store.session import Store
from mapper.store.sources import add_source
from mapper.store.violence import save_violence
from tests.factories import (
    PORTSMOUTH,
    SOUTHAMPTON,
    lay_ground,
    located,
    lsoa,
    make_activity,
    make_count,
    make_place,
    make_source,
)

JANUARY = Period(Month(2025, 1), Month(2025, 2))


def test_the_other_levels_are_measured_and_msoas_are_none(store: Store) -> None:
    with store.writing() as session:
        lay_ground(session)
        source = add_source(session, make_source(SourceKind.VIOLENCE))
        counts = [make_count(area_code=lsoa(square), count=square + 1) for square in range(8)]
        save_violence(session, source, counts)
        source = add_source(session, make_source(SourceKind.ACTIVITIES))
        save_activities(session, source, [located(make_activity(), make_place())])
    run_id = analyse(store, AnalysisChoices(period=JANUARY, draws=20))
    with store.reading() as session:
        assert run_areas(session, run_id, AreaType.MSOA) == {}
        assert set(run_areas(session, run_id, AreaType.LAD)) == {PORTSMOUTH, SOUTHAMPTON}
        assert len(run_areas(session, run_id, AreaType.WARD)) == 4
