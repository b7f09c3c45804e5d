"""People who agreed to be asked about their practice."""

from flask import Blueprint, render_template

from mapper.domain.role import Permission
from mapper.reports.best_practice import practice_contacts
from mapper.web.people import current_audience
from mapper.web.permissions import requires
from mapper.web.session import reading

blueprint = Blueprint("practice", __name__, url_prefix="/practice")


@blueprint.get("")
@requires(Permission.PRACTICE_READ)
def index() -> str:
    """Named people, each shown because they agreed to be."""
    # Not kept in memory: a person who withdraws is gone from the next page on.
    return render_template("practice.html", table=practice_contacts(reading(), current_audience()))
