from flask import Blueprint

bp = Blueprint("people", __name__)

from alumni_portal.people.views import leads, people, registering, units  # noqa: E402, F401 - routes
