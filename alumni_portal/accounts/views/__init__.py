from flask import Blueprint

bp = Blueprint("accounts", __name__)

from alumni_portal.accounts.views import door, kept, own, recoveries  # noqa: E402, F401 - they add their routes
