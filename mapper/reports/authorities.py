"""The fourteen local authorities side by side, and the rows of the map as a table."""

from sqlalchemy.orm import Session

from mapper.domain.area import AreaType
from mapper.domain.disclosure import Audience
from mapper.reports.publish import publish_area_table
from mapper.reports.published import PublishedTable
from mapper.reports.sections.terms import authorities_by_term
from mapper.reports.shown_run import run_for
from mapper.store.findings import FindingKind


def authorities(session: Session, audience: Audience) -> PublishedTable:
    """Publish one row a local authority, the widest gap first.

    Raises
    ------
    NotReadyError
        When no analysis has been run yet.
    """
    return publish_area_table(session, run_for(session, audience), AreaType.LAD, audience)


def authorities_for(
    session: Session, audience: Audience, *, theme: str = "", cohort: str = ""
) -> PublishedTable:
    """Publish one row a local authority: of all work, or of what is about one theme or cohort.

    Parameters
    ----------
    audience : who is looking.
    theme, cohort : wanted; the theme goes before the cohort where both are given.

    Raises
    ------
    NotReadyError
        When no analysis has been run yet.
    """
    if not (theme or cohort):
        return authorities(session, audience)
    kind = FindingKind.THEME if theme else FindingKind.COHORT
    run = run_for(session, audience)
    return authorities_by_term(session, run, audience, kind=kind, term=theme or cohort)


def areas_table(session: Session, audience: Audience, lad_code: str = "") -> PublishedTable:
    """Publish the same rows as the map, of one authority when given.

    Raises
    ------
    NotReadyError
        When no analysis has been run yet.
    """
    run = run_for(session, audience)
    return publish_area_table(session, run, AreaType.LSOA, audience, lad_code=lad_code)
