from flask import render_template
from flask.typing import ResponseReturnValue

from alumni_portal.core.permissions import Permission, requires
from alumni_portal.home.views import bp


@bp.get("/home")
@requires(Permission.HOME_ALUMNUS)
def alumnus() -> ResponseReturnValue:
    return render_template("home/alumnus.html")
