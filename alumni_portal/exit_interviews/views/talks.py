from datetime import datetime, time

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import clock
from alumni_portal.core.errors import NotFound
from alumni_portal.core.forms import PlainForm, options
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.forms import TalkForm
from alumni_portal.exit_interviews.models import Interview, Track
from alumni_portal.exit_interviews.queries import interviews as queries
from alumni_portal.exit_interviews.queries import staff
from alumni_portal.exit_interviews.rules import timing
from alumni_portal.exit_interviews.services.booking import Talk
from alumni_portal.exit_interviews.views import bp
from alumni_portal.offboarding import access
from alumni_portal.offboarding.models import Case
from alumni_portal.people.models import Person

_CHANGE = {"methods": ["GET", "POST"]}
_TRACKS = {"hr": Track.HR, "manager": Track.MANAGER}


def _holders(case: Case, track: Track) -> list[Person]:
    if track is Track.MANAGER:
        manager = staff.manager_of(case.employment)
        return [manager] if manager is not None else []
    return staff.interviewers(case.employment)


def _talk(form: TalkForm) -> Talk:
    begins = datetime.combine(
        form.day.data or clock.today(), form.begins.data or time(9), clock.HOME
    )
    return Talk(
        starts_at=begins,
        minutes=form.minutes.data or 90,
        place=form.place.data or "",
        online_url=form.online_url.data or "",
        purpose=form.purpose.data or "",
    )


def _proposed(case: Case) -> dict[str, object]:
    return {
        "day": timing.talk_on(case.last_day, clock.today()),
        "begins": time(10),
        "minutes": 90,
        "purpose": _(
            "Vi vill veta hur du har haft det och vad vi kan bli bättre på. Det är frivilligt, "
            "och du väljer själv vad du vill prata om."
        ),
    }


def _back(case: Case) -> ResponseReturnValue:
    return redirect(url_for("offboarding.case", public_id=case.public_id), 303)


@bp.route("/offboarding/<public_id>/exit-interview/<track>", endpoint="book_talk", **_CHANGE)
@requires(Permission.EXIT_INTERVIEWS_READ)
def book(public_id: str, track: str) -> ResponseReturnValue:
    actor = current_actor()
    case = access.case_for(actor, public_id)
    if track not in _TRACKS:
        raise NotFound
    holders = {who.public_id: who for who in _holders(case, _TRACKS[track])}
    form = TalkForm(data=_proposed(case))
    form.holder.choices = options((key, who.name) for key, who in holders.items())
    if form.validate_on_submit():
        with form.attempt():
            chosen = holders[form.holder.data]
            services.book(case, _TRACKS[track], chosen, _talk(form), by=actor)
            flash(_("Samtalet är bokat. Inbjudan är på väg till båda."), "ok")
            return _back(case)
    return render_template(
        "exit_interviews/talk.html", case=case, form=form, track=track, talk=None
    )


def _talk_of(public_id: str, track: str) -> tuple[Case, Interview]:
    case = access.case_for(current_actor(), public_id)
    found = queries.of_case_and_track(case.id, _TRACKS[track]) if track in _TRACKS else None
    if found is None:
        raise NotFound
    return case, found


@bp.route("/offboarding/<public_id>/exit-interview/<track>/time", endpoint="move_talk", **_CHANGE)
@requires(Permission.EXIT_INTERVIEWS_READ)
def move(public_id: str, track: str) -> ResponseReturnValue:
    case, found = _talk_of(public_id, track)
    begins = clock.local(found.starts_at or clock.now())
    form = TalkForm(obj=found, day=begins.date(), begins=begins.time())
    del form.holder
    if form.validate_on_submit():
        with form.attempt():
            services.move(found, _talk(form), case, by=current_actor())
            flash(_("Samtalet är ändrat. Båda har fått ett mejl."), "ok")
            return _back(case)
    return render_template(
        "exit_interviews/talk.html", case=case, form=form, track=track, talk=found
    )


@bp.route("/offboarding/<public_id>/exit-interview/<track>/end", endpoint="cancel_talk", **_CHANGE)
@requires(Permission.EXIT_INTERVIEWS_READ)
def cancel(public_id: str, track: str) -> ResponseReturnValue:
    case, found = _talk_of(public_id, track)
    form = PlainForm()
    if form.validate_on_submit():
        with form.attempt():
            services.cancel(found, case, by=current_actor())
            flash(_("Samtalet är avbokat."), "ok")
            return _back(case)
    return render_template("exit_interviews/cancel.html", case=case, form=form, talk=found)
