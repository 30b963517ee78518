from flask import Blueprint

bp = Blueprint("insights", __name__)

from alumni_portal.insights.views import actions, figures, publishing, releasing, what_changed  # noqa: E402, F401 - they add their routes
