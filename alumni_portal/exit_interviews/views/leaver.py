from collections.abc import Callable
from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from alumni_portal.core.errors import Conflict, NotFound, Refusal
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.limits import Limit, by_client, limited
from alumni_portal.core.permissions import by_link
from alumni_portal.core.transaction import attempt
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.models import Interview, Reach, Seat, Track
from alumni_portal.exit_interviews.queries import interviews as queries
from alumni_portal.exit_interviews.rules import GROUP_SIZE
from alumni_portal.exit_interviews.rules.guide import Kind
from alumni_portal.exit_interviews.rules.timing import closes_on
from alumni_portal.exit_interviews.views import bp
from alumni_portal.exit_interviews.views.form import Part, parts, typed
from alumni_portal.offboarding.models import Case
from alumni_portal.offboarding.queries import links

#: The address of the page is the key to it: no other site may learn it.
QUIET = {"Referrer-Policy": "no-referrer"}
CLIENT = Limit(name="exit-answers-client", most=600, per=timedelta(hours=1), by=by_client)
SAVED = _l("Sparat.")


def quiet(template: str, status: int = 200, **values: object) -> ResponseReturnValue:
    """Return a page behind a mailed link."""
    return render_template(template, **values), status, QUIET


def behind(token: str) -> tuple[Case, Interview]:
    """Return the case and questionnaire behind a leaver's link; raises NotFound for any other."""
    door = links.leaver_door(token)
    if door.case is None or door.state != "open":
        raise NotFound
    interview = queries.of_case_and_track(door.case.id, Track.QUESTIONNAIRE)
    if interview is None:
        raise NotFound
    return door.case, interview


def _page(
    case: Case, token: str, interview: Interview, wrong: dict[str, object] | None = None
) -> ResponseReturnValue:
    shown = _parts(interview, wrong) if interview.reach else []
    return quiet(
        "exit_interviews/questionnaire.html",
        case=case,
        token=token,
        interview=interview,
        parts=shown,
        names=reader_names(interview),
        waiting=services.proposed(interview),
        shown=services.readers_shown(interview),
        group_size=GROUP_SIZE,
        until=closes_on(case.last_day),
        is_over=not interview.is_open,
        wrong=wrong or {},
        form=PlainForm(),
    )


def _parts(interview: Interview, wrong: dict[str, object] | None) -> list[Part]:
    guide, answers = services.guide_of(interview), services.opened(interview)
    return parts(guide, answers, wrong, quotable=services.quotable(interview))


def reader_names(interview: Interview) -> dict[str, list[str]]:
    """Return who may read, by seat, as the leaver is shown it."""
    told = [one for one in interview.readers if one.is_let_in]
    return {seat: [r.person.name for r in told if r.seat is seat] for seat in Seat}


@bp.get("/leaving/<token>/exit-interview", endpoint="questionnaire")
@by_link
@limited(CLIENT)
def questionnaire(token: str) -> ResponseReturnValue:
    case, interview = behind(token)
    return _page(case, token, interview)


@bp.post("/leaving/<token>/exit-interview", endpoint="answer")
@by_link
@limited(CLIENT)
def answer(token: str) -> ResponseReturnValue:
    case, interview = behind(token)
    if interview.reach is Reach.AGGREGATE:
        return _unsaved(interview, _("Du svarar utan namn. Använd länken som vi mejlade till dig."))
    back = url_for("exit_interviews.questionnaire", token=token)
    return keep(interview, lambda wrong: _page(case, token, interview, wrong), back)


def keep(
    interview: Interview, page: Callable[[dict[str, object]], ResponseReturnValue], back: str
) -> ResponseReturnValue:
    """Do what the form's button says; answer with `page` when something is wrong, by question."""
    do = request.form.get("do", "save")
    try:
        with attempt(), services.unseen(interview):
            _do(do, interview)
    except services.BadAnswers as bad:
        return page(dict(bad.wrong))
    except Conflict as late:
        return _unsaved(interview, str(late.message))
    except Refusal as refusal:
        flash(str(refusal.message), "bad")
    else:
        said = {"send": _("Tack! Svaren är inlämnade."), "withdraw": _("Dina svar är borttagna.")}
        flash(said.get(do, str(SAVED)), "ok")
    return redirect(back, 303)


def _unsaved(interview: Interview, why: str) -> ResponseReturnValue:
    """Show the texts that could not be kept, so that nothing that somebody wrote is lost."""
    shown = parts(services.guide_of(interview), {}, {})
    texts = [q for part in shown for q in part.questions if q.kind is Kind.TEXT and q.value]
    return quiet("exit_interviews/unsaved.html", 409, why=why, texts=texts)


def _do(what: str, interview: Interview) -> None:
    if what == "withdraw":
        services.withdraw(interview)
        return
    services.save(interview, typed(services.guide_of(interview)), whole=what == "send")
    form = request.form
    services.allow_quotes(interview, form.getlist("quote-asked"), form.getlist("quote"))
    if what == "send":
        services.send_in(interview)


@bp.post("/leaving/<token>/exit-interview/readers", endpoint="choose_readers")
@by_link
@limited(CLIENT)
def choose_readers(token: str) -> ResponseReturnValue:
    case, interview = behind(token)
    here = redirect(url_for("exit_interviews.questionnaire", token=token), 303)
    chosen = request.form.get("reach", "")
    if chosen not in set(Reach):
        flash(_("Välj vem som får läsa dina svar."), "bad")
        return here
    try:
        with attempt():
            agreed = bool(request.form.get("agreed"))
            shown = request.form.get("shown", "")
            opens = services.choose(interview, Reach(chosen), case, agreed=agreed, shown=shown)
    except Refusal as refusal:
        flash(str(refusal.message), "bad")
        return here
    if opens is not None:
        return redirect(url_for("exit_interviews.nameless", token=opens), 303)
    flash(str(SAVED), "ok")
    return here


def _nameless_page(
    interview: Interview, token: str, wrong: dict[str, object] | None = None
) -> ResponseReturnValue:
    return quiet(
        "exit_interviews/nameless.html",
        interview=interview,
        token=token,
        parts=_parts(interview, wrong),
        names=reader_names(interview),
        group_size=GROUP_SIZE,
        until=services.closing_day(interview),
        wrong=wrong or {},
        form=PlainForm(),
    )


@bp.get("/leaving/answers/<token>", endpoint="nameless")
@by_link
@limited(CLIENT)
def nameless(token: str) -> ResponseReturnValue:
    interview = queries.nameless_by(token)
    if interview is None:
        raise NotFound
    return _nameless_page(interview, token)


@bp.post("/leaving/answers/<token>", endpoint="answer_nameless")
@by_link
@limited(CLIENT)
def answer_nameless(token: str) -> ResponseReturnValue:
    interview = queries.nameless_by(token)
    if interview is None:
        raise NotFound
    back = url_for("exit_interviews.nameless", token=token)
    return keep(interview, lambda wrong: _nameless_page(interview, token, wrong), back)
