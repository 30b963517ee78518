from flask import Blueprint

bp = Blueprint("insights", __name__)

from alumni_portal.insights.views import (  # noqa: E402, F401 - they add their routes
    actions,
    figures,
    publishing,
    quotes,
    releasing,
    what_changed,
)
