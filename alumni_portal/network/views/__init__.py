from flask import Blueprint

bp = Blueprint("network", __name__)

from alumni_portal.network.views import directory, profile, question  # noqa: E402, F401 - they add their routes
