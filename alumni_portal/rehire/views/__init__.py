from flask import Blueprint

bp = Blueprint("rehire", __name__)

from alumni_portal.rehire.views import interest, renewal, search  # noqa: E402, F401 - their routes
