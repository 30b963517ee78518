from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from alumni_portal.bounces.services import doctor
from alumni_portal.bounces.views import bp, diagnoses
from alumni_portal.core.installation import settings
from alumni_portal.core.permissions import Permission, requires
from alumni_portal.mail import queries as mail
from alumni_portal.mail.services import return_paths


@bp.get("/admin/mail")
@requires(Permission.SETTINGS_READ)
def setup() -> ResponseReturnValue:
    chosen, looked = settings(), bool(request.args.get("look"))
    found = doctor.examine(chosen, diagnoses.resolver(current_app)) if looked else []
    return render_template(
        "bounces/setup.html",
        findings=found,
        looked=looked,
        words=diagnoses,
        complaints=return_paths.letter_return_path("complaints") if chosen.mail_bounces else "",
        hook=bool(chosen.mail_hook_secret),
        speeds=mail.speeds(),
        still=mail.standing_still(),
    )
