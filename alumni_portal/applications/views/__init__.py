from flask import Blueprint

bp = Blueprint("applications", __name__)

from alumni_portal.applications.views import apply, board, deciding, own, reading  # noqa: E402, F401 - they add their routes
