from flask import Blueprint

bp = Blueprint("consents", __name__)

from alumni_portal.consents.views import centre, looks, preferences, renewal, unsubscribing  # noqa: E402, F401 - they add their routes
