from flask import Blueprint

bp = Blueprint("exit_interviews", __name__)

from alumni_portal.exit_interviews.views import leaver, of_case  # noqa: E402, F401 - they add their routes
