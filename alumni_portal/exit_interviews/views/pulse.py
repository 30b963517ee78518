from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.limits import limited
from alumni_portal.core.permissions import by_link
from alumni_portal.core.transaction import attempt
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.models import Interview
from alumni_portal.exit_interviews.queries import interviews as queries
from alumni_portal.exit_interviews.views import bp
from alumni_portal.exit_interviews.views.form import parts
from alumni_portal.exit_interviews.views.leaver import CLIENT, behind, keep, quiet, reader_names


def _found(token: str) -> Interview:
    """Return the second round behind a mailed link; raises NotFound for any other or a closed."""
    found = queries.pulse_by(token)
    if found is None or not found.is_open:
        raise NotFound
    return found


def _page(
    found: Interview, token: str, wrong: dict[str, object] | None = None
) -> ResponseReturnValue:
    return quiet(
        "exit_interviews/pulse.html",
        interview=found,
        token=token,
        parts=parts(services.guide_of(found), services.opened(found), wrong),
        names=reader_names(found),
        wrong=wrong or {},
    )


@bp.get("/leaving/again/<token>", endpoint="pulse")
@by_link
@limited(CLIENT)
def pulse(token: str) -> ResponseReturnValue:
    return _page(_found(token), token)


@bp.post("/leaving/again/<token>", endpoint="answer_pulse")
@by_link
@limited(CLIENT)
def answer(token: str) -> ResponseReturnValue:
    found = _found(token)
    back = url_for("exit_interviews.pulse", token=token)
    return keep(found, lambda wrong: _page(found, token, wrong), back)


@bp.post("/leaving/<token>/exit-interview/pulse", endpoint="want_pulse")
@by_link
@limited(CLIENT)
def want(token: str) -> ResponseReturnValue:
    _case, interview = behind(token)
    try:
        with attempt():
            services.say_about_pulse(interview, wants=request.form.get("wants") == "yes")
    except Refusal as refusal:
        flash(str(refusal.message), "bad")
    else:
        flash(_("Sparat."), "ok")
    return redirect(url_for("exit_interviews.questionnaire", token=token), 303)
