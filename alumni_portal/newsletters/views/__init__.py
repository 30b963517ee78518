from flask import Blueprint

bp = Blueprint("newsletters", __name__)

from alumni_portal.newsletters.views import (  # noqa: E402, F401 - they add their routes
    composing,
    from_letters,
    planning,
    reading,
    sending,
    steering,
    testing,
    texts,
)
