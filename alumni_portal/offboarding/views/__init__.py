from flask import Blueprint

bp = Blueprint("offboarding", __name__)

from alumni_portal.offboarding.views import (  # noqa: E402 - they add their routes
    cases,
    changes,
    join,
    join_requests,
    leaver,
    letters,
    network,
    registration,
    tasks,
)

__all__ = [
    "bp",
    "cases",
    "changes",
    "join",
    "join_requests",
    "leaver",
    "letters",
    "network",
    "registration",
    "tasks",
]
