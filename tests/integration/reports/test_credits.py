"""What is said of the sources of figures, and what is not."""

from collections.abc import Callable
from typing import Any

import pytest

from mapper.domain.disclosure import Sensitivity
from mapper.domain.source import SourceKind
from mapper.domain.violence import RecordingSource
from mapper.reports.credits import credits_of
from mapper.reports.provenance import register_provenance
from mapper.reports.published import SourceCredit
from mapper.store.session import Store
from mapper.store.sources import add_source, list_sources
from tests.factories import make_source

VIOLENCE = SourceKind.VIOLENCE
TELLING = "st-marys-emergency-department-jan.csv"


@pytest.fixture
def ground(fresh: Callable[[str], Store]) -> Store:
    """A store with nothing in it."""
    return fresh("credits")


def credited(store: Store, *sources: Any) -> tuple[SourceCredit, ...]:
    with store.writing() as session:
        for source in sources:
            add_source(session, source)
        return credits_of([each for each in list_sources(session) if each.source.kind == VIOLENCE])


def police(month: str, **choices: Any) -> Any:
    given = {"publisher": "Single Online Home", "period": month, "file_name": f"{month}.csv"}
    return make_source(VIOLENCE, name=f"police.uk {month}", checksum=month, **given | choices)


def test_months_of_one_publisher_are_credited_together_by_their_period(ground: Store) -> None:
    (credit,) = credited(ground, police("2025-01"), police("2025-03"), police("2025-02"))

    assert credit.name == "Recorded violent offences"
    assert (credit.publisher, credit.period) == ("Single Online Home", "2025-01 to 2025-03")


def test_sources_of_other_publishers_or_recorders_are_credited_by_themselves(
    ground: Store,
) -> None:
    found = credited(
        ground,
        police("2025-01"),
        police("2025-02", publisher="Another"),
        police("2025-03", recorder=RecordingSource.AMBULANCE),
    )

    assert sorted(each.period for each in found) == ["2025-01", "2025-02", "2025-03"]
    assert "Incidents of violence (ambulance)" in {each.name for each in found}


def test_invented_violence_is_called_so(ground: Store) -> None:
    (credit,) = credited(ground, police("2025-01", is_synthetic=True))

    assert credit.name == "SYNTHETIC recorded violent offences"


def test_the_name_of_a_closed_file_of_violence_is_told_to_nobody(ground: Store) -> None:
    closed = police(
        "2025-01",
        file_name=TELLING,
        sensitivity=Sensitivity.RESTRICTED,
        recorder=RecordingSource.EMERGENCY_DEPARTMENT,
    )
    closed_by_name = make_source(
        VIOLENCE, name=TELLING, checksum="2", sensitivity=Sensitivity.PARTNER
    )
    credited(ground, closed, closed_by_name)
    with ground.reading() as session:
        told = register_provenance(session, (VIOLENCE.value,))

    assert len(told.sources) == 2
    assert TELLING not in str(told)
