from flask import Blueprint

bp = Blueprint("newsletters", __name__)

from alumni_portal.newsletters.views import (  # noqa: E402, F401 - they add their routes
    composing,
    from_greetings,
    from_letters,
    greetings,
    planning,
    reading,
    sending,
    steering,
    testing,
    texts,
)
