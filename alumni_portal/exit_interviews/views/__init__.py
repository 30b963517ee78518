from flask import Blueprint

bp = Blueprint("exit_interviews", __name__)

from alumni_portal.exit_interviews import queries  # noqa: E402, F401 - they add their routes
