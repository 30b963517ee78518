from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.core.transaction import attempt
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.views import bp
from alumni_portal.offboarding import access


@bp.post("/offboarding/<public_id>/exit-interview", endpoint="open_questionnaire")
@requires(Permission.EXIT_INTERVIEWS_READ)
def open_questionnaire(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    case = access.case_for(actor, public_id)
    with attempt():
        services.open_questionnaire(case, by=actor)
        flash(_("Enkäten är skickad till %(name)s.", name=case.person.first_name), "ok")
    return redirect(url_for("offboarding.case", public_id=public_id), 303)
