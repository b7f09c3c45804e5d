"""The first records of a file, shown before they are saved."""

from datetime import date

from mapper.domain.cohort_count import CohortCount, CohortMeasure
from mapper.domain.contact import Contact
from mapper.domain.disclosure import Visibility
from mapper.domain.organisation import Organisation, OrganisationKind
from mapper.domain.period import Month, Period
from mapper.domain.place import Location
from mapper.domain.site import Site
from mapper.ingest.outcome.sample import MOST_RECORDS, Sample, sample_of
from tests.factories import make_activity

SECRET = Location(postcode="PO1 7AX", address="17 Whisper Lane")
OPEN = Location(postcode="PO1 3AX")


def words(sample: Sample) -> str:
    """Every cell."""
    return " | ".join(cell for row in sample.rows for cell in row)


def test_sites_that_may_be_shown_exactly_are_shown() -> None:
    record = Organisation(
        source_key="1", name="A Club", location=OPEN, further_sites=(Site(location=OPEN),)
    )

    assert words(sample_of([record])).count("PO1 3AX") == 2


def test_no_sheltered_site_is_shown_main_or_further() -> None:
    hidden = Site(name="Annexe", location=SECRET, visibility=Visibility.WARD)
    records = [
        Organisation(
            source_key="1", name="Haven", kind=OrganisationKind.REFUGE, location=SECRET,
            further_sites=(Site(location=SECRET),),
        ),
        Organisation(source_key="2", name="A Club", location=OPEN, further_sites=(hidden,)),
        Organisation(source_key="3", name="B Club", location=SECRET, visibility=Visibility.HIDDEN),
    ]  # fmt: skip
    shown = words(sample_of(records))

    assert "Haven" in shown
    assert "Annexe, place not shown here" in shown
    assert [word for word in ("PO1 7AX", "Whisper") if word in shown] == []


def test_contacts_are_not_shown() -> None:
    contact = Contact(name="Sam Doe", email="sam@example.org")
    record = Organisation(source_key="1", name="A Club", contacts=(contact,))

    assert "Sam" not in words(sample_of([record]))


def test_only_the_first_records_are_shown_and_no_empty_column() -> None:
    many = (Organisation(source_key=str(number), name="A Club") for number in range(100))
    sample = sample_of(many)

    assert len(sample.rows) == MOST_RECORDS
    assert "Description" not in sample.columns


def test_days_and_authorities_are_written_as_people_write_them() -> None:
    record = make_activity(
        starts_on=date(2026, 2, 5),
        ends_on=date(2026, 2, 6),
        areas_served=("E06000044",),
        location=OPEN,
    )
    shown = dict(zip(*(sample_of([record]).columns, sample_of([record]).rows[0]), strict=True))

    assert shown["First date"] == "5 February 2026"
    assert shown["Areas served"] == "Portsmouth"
    assert shown["Location"] == "PO1 3AX"


def test_periods_and_authorities_stand_in_words() -> None:
    year = Period(Month(2025, 1), Month(2026, 1))
    count = CohortCount(measure=CohortMeasure.AFFECTED, period=year, count=90, lad_code="E06000044")
    sample = sample_of([count])

    assert "Local authority" in sample.columns
    assert sample.rows[0][1:] == ("January 2025 to December 2025", "90", "Portsmouth")
