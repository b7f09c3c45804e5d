"""All sections of the gap report of one authority, in order of reading."""

from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience
from mapper.reports.sections.cohorts import cohort_section, sample_section
from mapper.reports.sections.connections import connection_section
from mapper.reports.sections.forward import forward_section
from mapper.reports.sections.lapse import lapse_section
from mapper.reports.sections.presence import presence_section
from mapper.reports.sections.section import Section
from mapper.reports.sections.sites import where_next_section
from mapper.reports.sections.terms import term_section
from mapper.store.findings import FindingKind
from mapper.store.runs import Run


def every_section(
    session: Session, run: Run, audience: Audience, lad_code: str
) -> tuple[Section, ...]:
    """Publish every section beside the ranked areas.

    Parameters
    ----------
    run : whose figures.
    audience : who is looking.
    lad_code : of the authority.
    """
    given = (session, run, audience)
    return (
        term_section(*given, lad_code, kind=FindingKind.THEME),
        term_section(*given, lad_code, kind=FindingKind.COHORT),
        cohort_section(*given, lad_code),
        where_next_section(*given, lad_code),
        lapse_section(*given, lad_code),
        forward_section(*given, lad_code),
        presence_section(*given, lad_code),
        connection_section(*given, lad_code),
        sample_section(*given, lad_code),
    )
