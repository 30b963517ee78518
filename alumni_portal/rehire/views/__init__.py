from flask import Blueprint

bp = Blueprint("rehire", __name__)

from alumni_portal.rehire.views import interest, renewal  # noqa: E402, F401 - they add their routes
