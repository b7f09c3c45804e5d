"""Names and addresses of the directory that nobody outside may be told."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mapper.domain.disclosure import Visibility
from mapper.store.models import ActivityRow, OrganisationRow, SiteRow
from mapper.store.organisation_rows import BETWEEN
from mapper.store.survivors import strictest_of_merged


def sheltered_words(session: Session) -> list[str]:
    """List what names a site that may not be shown exactly, as it is written.

    Returns
    -------
    Names and other names of organisations, closed ones and those merged with a sheltered one
    included, names of their further sites, and the addresses of all these and of activities.
    """
    row = OrganisationRow
    merged = [key for key, shown in strictest_of_merged(session).items() if shown != "exact"]
    is_sheltered = (row.visibility != Visibility.EXACT) | row.id.in_(merged)
    found: list[str] = []
    for name, others, address in session.execute(
        select(row.name, row.also_known_as, row.address).where(is_sheltered)
    ):
        found += [name, address, *others.split(BETWEEN)]
    for site in session.execute(
        select(SiteRow.name, SiteRow.address).where(SiteRow.visibility != Visibility.EXACT)
    ):
        found += site
    found += session.scalars(
        select(ActivityRow.address).where(ActivityRow.visibility != Visibility.EXACT)
    )
    return [word for word in found if word]
