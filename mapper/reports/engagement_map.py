"""Everything the engagement map draws, for one audience."""

from sqlalchemy.orm import Session

from mapper.domain.area import AreaType
from mapper.domain.disclosure import Audience
from mapper.reports.directory import published_organisations
from mapper.reports.publish import publish_areas
from mapper.reports.published import PublishedMap
from mapper.reports.register import published_activities
from mapper.reports.shown_run import run_for


def published_map(session: Session, audience: Audience) -> PublishedMap:
    """Publish areas, outlines, organisations and activities.

    Raises
    ------
    NotReadyError
        When no analysis has been run yet.
    """
    run = run_for(session, audience)
    return PublishedMap(
        areas=publish_areas(session, run, AreaType.LSOA, audience),
        outlines=publish_areas(session, run, AreaType.LAD, audience),
        organisations=published_organisations(session, audience),
        activities=published_activities(session, audience),
    )
