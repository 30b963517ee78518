from flask import Blueprint

bp = Blueprint("referrals", __name__)

from alumni_portal.referrals.views import answering, making, reading  # noqa: E402, F401 - they add their routes
