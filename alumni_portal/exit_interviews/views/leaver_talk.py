from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.limits import limited
from alumni_portal.core.permissions import by_link
from alumni_portal.core.transaction import attempt
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.models import Interview, Track
from alumni_portal.exit_interviews.queries import interviews as queries
from alumni_portal.exit_interviews.views import bp
from alumni_portal.exit_interviews.views.form import parts, typed
from alumni_portal.exit_interviews.views.leaver import CLIENT, behind, quiet, reader_names
from alumni_portal.offboarding.models import Case
from alumni_portal.offboarding.queries import links


def _behind(token: str, track: str) -> tuple[Case, Interview]:
    """Return the case and talk behind a leaver's link; raises NotFound for any other."""
    door = links.leaver_door(token)
    if door.case is None or door.state != "open" or track not in {Track.HR, Track.MANAGER}:
        raise NotFound
    found = queries.of_case_and_track(door.case.id, Track(track))
    if found is None:
        raise NotFound
    return door.case, found


def _page(
    case: Case, token: str, talk: Interview, wrong: dict[str, object] | None = None
) -> ResponseReturnValue:
    return quiet(
        "exit_interviews/leaver_talk.html",
        case=case,
        token=token,
        talk=talk,
        parts=parts(services.guide_of(talk), services.opened(talk), wrong),
        names=reader_names(talk),
        waiting=services.proposed(talk),
        wrong=wrong or {},
    )


@bp.post("/leaving/<token>/exit-interview/<track>/reader", endpoint="let_in")
@by_link
@limited(CLIENT)
def let_in(token: str, track: str) -> ResponseReturnValue:
    """Keep the leaver's answer about somebody who wants to read."""
    if track == Track.QUESTIONNAIRE:
        _case, found = behind(token)
        back = url_for("exit_interviews.questionnaire", token=token)
    else:
        _case, found = _behind(token, track)
        back = url_for("exit_interviews.leaver_talk", token=token, track=track)
    try:
        with attempt():
            says_yes = request.form.get("answer") == "yes"
            services.answer_proposal(found, request.form.get("who", ""), lets_in=says_yes)
    except Refusal as refusal:
        flash(str(refusal.message), "bad")
    else:
        flash(_("Sparat."), "ok")
    return redirect(back, 303)


@bp.get("/leaving/<token>/talk/<track>", endpoint="leaver_talk")
@by_link
@limited(CLIENT)
def talk(token: str, track: str) -> ResponseReturnValue:
    case, found = _behind(token, track)
    return _page(case, token, found)


@bp.post("/leaving/<token>/talk/<track>", endpoint="correct_talk")
@by_link
@limited(CLIENT)
def correct(token: str, track: str) -> ResponseReturnValue:
    case, found = _behind(token, track)
    try:
        with attempt():
            if request.form.get("do") == "withdraw":
                services.withdraw(found)
            else:
                services.save(found, typed(services.guide_of(found)))
    except services.BadAnswers as bad:
        return _page(case, token, found, dict(bad.wrong))
    except Refusal as refusal:
        flash(str(refusal.message), "bad")
    else:
        flash(_("Sparat."), "ok")
    return redirect(url_for("exit_interviews.leaver_talk", token=token, track=track), 303)
