from flask import Blueprint

bp = Blueprint("bounces", __name__)

from alumni_portal.bounces.views import drafts, hooks, returned, setup, suppressions  # noqa: E402, F401 - they add their routes
