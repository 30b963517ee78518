from flask import Blueprint

bp = Blueprint("rehire", __name__)

from alumni_portal.rehire.views import (  # noqa: E402 - they add their routes
    answer,
    contact,
    interest,
    renewal,
    search,
    sent,
)

__all__ = [
    "answer",
    "bp",
    "contact",
    "interest",
    "renewal",
    "search",
    "sent",
]
