from flask import Blueprint

bp = Blueprint("events", __name__)

from alumni_portal.events.views import (  # noqa: E402 - they add their routes
    attendance,
    calendar,
    event,
    index,
    inviting,
    pictures,
    planning,
)

__all__ = ["attendance", "bp", "calendar", "event", "index", "inviting", "pictures", "planning"]
