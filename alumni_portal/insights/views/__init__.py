from flask import Blueprint

from alumni_portal.insights import queries  # noqa: F401 - the tables are part of the application

bp = Blueprint("insights", __name__)
