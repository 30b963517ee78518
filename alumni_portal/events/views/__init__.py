from flask import Blueprint

bp = Blueprint("events", __name__)

from alumni_portal.events.views import (  # noqa: E402 - they add their routes
    attendance,
    calendar,
    door,
    event,
    feeds,
    index,
    inviting,
    pictures,
    planning,
    series,
    steering,
    told,
)

__all__ = [
    "attendance",
    "bp",
    "calendar",
    "door",
    "event",
    "feeds",
    "index",
    "inviting",
    "pictures",
    "planning",
    "series",
    "steering",
    "told",
]
