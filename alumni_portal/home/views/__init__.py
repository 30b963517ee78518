from flask import Blueprint

bp = Blueprint("home", __name__)

from alumni_portal.home.views import alumnus, public_pages, staff  # noqa: E402, F401 - they add their routes
