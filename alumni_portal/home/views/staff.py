from flask import render_template
from flask.typing import ResponseReturnValue

from alumni_portal.core.permissions import Permission, requires
from alumni_portal.home.views import bp


@bp.get("/start")
@requires(Permission.HOME_STAFF)
def staff() -> ResponseReturnValue:
    return render_template("home/staff.html")
