"""Whether the server works, for those who watch it."""

from flask import Blueprint, Response, jsonify
from sqlalchemy import text

from mapper.domain.role import Permission
from mapper.version import VERSION
from mapper.web.permissions import requires
from mapper.web.session import reading

blueprint = Blueprint("health", __name__, url_prefix="/health")


@blueprint.get("")
@requires(Permission.HEALTH_READ)
def index() -> Response:
    """Say that the site and its database answer."""
    reading().execute(text("SELECT 1"))
    return jsonify(status="ok", version=VERSION)
