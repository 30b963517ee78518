from flask import render_template
from flask.typing import ResponseReturnValue

from alumni_portal.core.permissions import public
from alumni_portal.home.views import bp


@bp.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    return render_template("home/privacy.html")


@bp.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    return render_template("home/accessibility.html")


@bp.get("/contact")
@public
def contact() -> ResponseReturnValue:
    return render_template("home/contact.html")
