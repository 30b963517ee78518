from flask import Blueprint

bp = Blueprint("admin", __name__)

from alumni_portal.admin.views import audit, overview, users  # noqa: E402, F401 - they add routes
