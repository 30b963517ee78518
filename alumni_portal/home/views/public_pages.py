from email.utils import parseaddr
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from alumni_portal.core.installation import settings
from alumni_portal.core.permissions import public
from alumni_portal.home.views import bp, register


def _reach() -> dict[str, Any]:
    return {"address": parseaddr(settings().mail_from)[1], "report": settings().security_contact}


@bp.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    return render_template("home/privacy.html", lines=register.lines(), **_reach())


@bp.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    return render_template("home/accessibility.html", **_reach())


@bp.get("/contact")
@public
def contact() -> ResponseReturnValue:
    return render_template("home/contact.html", **_reach())
