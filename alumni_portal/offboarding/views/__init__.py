from flask import Blueprint

bp = Blueprint("offboarding", __name__)

from alumni_portal.offboarding.views import (  # noqa: E402 - they add their routes
    cases,
    changes,
    import_mapping,
    import_result,
    imports,
    join,
    join_requests,
    leaver,
    letters,
    matches,
    network,
    registration,
    tasks,
)

__all__ = [
    "bp",
    "cases",
    "changes",
    "import_mapping",
    "import_result",
    "imports",
    "join",
    "join_requests",
    "leaver",
    "letters",
    "matches",
    "network",
    "registration",
    "tasks",
]
