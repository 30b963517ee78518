from flask import Blueprint

bp = Blueprint("newsletters", __name__)

from alumni_portal.newsletters.views import composing, planning, reading, sending, steering  # noqa: E402, F401 - they add their routes
