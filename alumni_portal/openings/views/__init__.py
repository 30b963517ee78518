from flask import Blueprint

bp = Blueprint("openings", __name__)

from alumni_portal.openings.views import manage, public, writing  # noqa: E402, F401 - they add their routes
