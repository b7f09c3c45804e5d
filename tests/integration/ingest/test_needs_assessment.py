"""Tables of a needs assessment into a database: on SpatiaLite and on PostGIS."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from mapper.domain.disclosure import Sensitivity
from mapper.domain.source import SourceKind
from mapper.domain.violence import RecordingSource
from mapper.ingest.options import IngestOptions
from mapper.ingest.outcome.report import FileReport, FileStatus
from mapper.ingest.run import ingest
from mapper.store.frames import violence_months
from mapper.store.needs import area_counts, cohort_counts, priority_areas
from mapper.store.session import Store
from mapper.store.sources import list_sources
from tests.factories import PORTSMOUTH, lay_ground, lsoa, ward_of

COUNTS = "Ward code,Year,Offence,Count\n{ward},2024,Robbery,{count}\n{other},2024,Robbery,<5\n"
PRIORITIES = "Rank,Area code,Reason\n{count},{ward},Rising\n"
COHORTS = "Period,Age,Sex,Count\n2024,10-14,Male,{count}\n2024,10-14,Female,<5\n"
FILES = {
    SourceKind.VIOLENCE: (COUNTS, area_counts, 2),
    SourceKind.PRIORITIES: (PRIORITIES, priority_areas, 1),
    SourceKind.COHORTS: (COHORTS, cohort_counts, 2),
}
Load = Callable[..., FileReport]


@pytest.fixture
def load(store: Store, tmp_path: Path) -> Load:
    """Write a file and load it."""
    with store.writing() as session:
        lay_ground(session)

    def one(kind: SourceKind, text: str, count: int = 12, **options: object) -> FileReport:
        path = tmp_path / f"{kind.value}.csv"
        path.write_text(text.format(count=count, ward=ward_of(0), other=ward_of(2)))
        choices = IngestOptions(**options)  # type: ignore[arg-type]
        return ingest(store, kind, [path], choices).files[0]

    return one


def kept(store: Store, kind: SourceKind) -> pd.DataFrame:
    """What is kept of a kind."""
    with store.reading() as session:
        return FILES[kind][1](session)


@pytest.mark.parametrize("kind", FILES)
def test_a_file_is_kept_once_and_a_newer_edition_corrects_it(
    kind: SourceKind, load: Load, store: Store
) -> None:
    text, _, rows = FILES[kind]
    first = load(kind, text)
    again = load(kind, text)
    newer = load(kind, text, 15)
    assert (first.new, again.status) == (rows, FileStatus.UNCHANGED)
    assert (newer.new, newer.changed, newer.as_before) == (0, 1, rows - 1)
    figures = kept(store, kind)
    assert figures["rank" if kind is SourceKind.PRIORITIES else "count"].iloc[0] == 15
    assert len(figures) == rows


@pytest.mark.parametrize("kind", FILES)
def test_a_dry_run_keeps_nothing(kind: SourceKind, load: Load, store: Store) -> None:
    assert load(kind, FILES[kind][0], dry_run=True).status is FileStatus.DRY_RUN
    assert kept(store, kind).empty


def test_a_withheld_count_is_kept_as_unknown(load: Load, store: Store) -> None:
    load(SourceKind.VIOLENCE, COUNTS, recorder=RecordingSource.SNA)
    found = kept(store, SourceKind.VIOLENCE)
    assert found["count"].isna().tolist() == [False, True]
    assert set(found["recorder"]) == {RecordingSource.SNA}
    assert found["lad_code"].tolist() == [PORTSMOUTH, PORTSMOUTH]


@pytest.mark.parametrize(
    ("kind", "recorder", "sensitivity"),
    [
        (SourceKind.VIOLENCE, RecordingSource.AMBULANCE, Sensitivity.PARTNER),
        (SourceKind.VIOLENCE, None, Sensitivity.OPEN),
        (SourceKind.PRIORITIES, None, Sensitivity.PARTNER),
        (SourceKind.COHORTS, None, Sensitivity.RESTRICTED),
    ],
)
def test_what_is_not_for_everybody_is_not_open_unless_somebody_says_so(
    kind: SourceKind,
    recorder: RecordingSource | None,
    sensitivity: Sensitivity,
    load: Load,
    store: Store,
) -> None:
    load(kind, FILES[kind][0], recorder=recorder)
    load(kind, FILES[kind][0], 15, recorder=recorder, sensitivity=Sensitivity.OPEN)
    with store.reading() as session:
        found = {source.source.kind: [] for source in list_sources(session)}
        for source in list_sources(session):
            found[source.source.kind].append(source.source.sensitivity)
    assert found[kind] == [Sensitivity.OPEN, sensitivity]


def test_an_edition_by_month_that_is_withheld_later_leaves_no_count_behind(
    load: Load, store: Store
) -> None:
    monthly = f"month,area_code,crime_type,count\n2025-01,{lsoa(0)},Robbery,{{count}}\n"
    load(SourceKind.VIOLENCE, monthly)
    load(SourceKind.VIOLENCE, monthly + f"2025-01,{lsoa(1)},Robbery,<5\n")
    with store.reading() as session:
        assert violence_months(session) == []
    assert len(kept(store, SourceKind.VIOLENCE)) == 2
    load(SourceKind.VIOLENCE, monthly, 20)
    with store.reading() as session:
        assert violence_months(session) == ["2025-01"]
    assert kept(store, SourceKind.VIOLENCE).empty


def test_the_counts_of_one_recorder_are_not_those_of_another(load: Load, store: Store) -> None:
    monthly = f"month,area_code,crime_type,count\n2025-01,{lsoa(0)},Robbery,{{count}}\n"
    load(SourceKind.VIOLENCE, monthly, source_name="calls", recorder=RecordingSource.AMBULANCE)
    with store.reading() as session:
        assert violence_months(session) == []
        assert violence_months(session, RecordingSource.AMBULANCE) == ["2025-01"]
