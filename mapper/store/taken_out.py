"""Entries that their contacts have taken out of the directory."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from mapper.domain.verification import Answer
from mapper.store.models import OrganisationRow, VerificationRequestRow
from mapper.store.survivors import standing_id


def is_taken_out() -> ColumnElement[bool]:
    """Tell of an organisation whether its contact took its entry out, as an SQL expression.

    One that an analyst has put back since is not taken out any longer.
    """
    asked, standing = aliased(OrganisationRow), aliased(OrganisationRow)
    request = VerificationRequestRow
    ids = (
        select(standing.id)
        .join(asked, standing_id(asked) == standing.id)
        .join(request, request.organisation_id == asked.id)
        .where(request.answer == Answer.WITHDREW_ENTRY, standing.is_active.is_(False))
    )
    return standing_id().in_(ids)
