from flask import Blueprint

bp = Blueprint("events", __name__)

from alumni_portal.events.views import attendance, calendar, event, index, inviting, planning  # noqa: E402, F401 - they add their routes
