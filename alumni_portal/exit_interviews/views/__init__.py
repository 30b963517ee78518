from flask import Blueprint

bp = Blueprint("exit_interviews", __name__)

from alumni_portal.exit_interviews.views import (  # noqa: E402, F401 - they add their routes
    break_glass,
    code_book,
    coding,
    guides,
    leaver,
    leaver_talk,
    of_case,
    overview,
    pulse,
    readers,
    reading,
    survey_rejects,
    surveys,
    talks,
)
