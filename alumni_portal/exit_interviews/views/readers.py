from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core.errors import NotFound
from alumni_portal.core.forms import options
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.forms import ReadersForm
from alumni_portal.exit_interviews.models import Interview, Seat, Track
from alumni_portal.exit_interviews.queries import interviews as queries
from alumni_portal.exit_interviews.queries import staff
from alumni_portal.exit_interviews.views import bp
from alumni_portal.exit_interviews.views.reading import TRACKS
from alumni_portal.offboarding import access
from alumni_portal.offboarding.models import Case
from alumni_portal.people.models import Person

_CHANGE = {"methods": ["GET", "POST"]}
_CHOOSES = Permission.EXIT_READERS_WRITE


def _form(people: Sequence[Person], places: set[tuple[int, Seat]]) -> ReadersForm:
    """Return the form with whom to choose from; what is chosen now stands in it."""
    refs = {who.id: who.public_id for who in people}
    now = {
        f"{seat.value}_{number}": ref
        for seat in (Seat.READER, Seat.CODER)
        for number, ref in enumerate([refs[w] for w in refs if (w, seat) in places][:2], 1)
    }
    form = ReadersForm(data=now)
    pairs = [("", _("Ingen")), *((who.public_id, who.name) for who in people)]
    for field in form:
        if field.name.startswith(("reader_", "coder_")):
            field.choices = options(pairs)
    return form


def _picked(form: ReadersForm, people: Sequence[Person]) -> tuple[list[int], list[int]]:
    ids = {who.public_id: who.id for who in people}
    given = {field.name: ids[field.data] for field in form if ids.get(field.data)}
    readers = [who for name, who in given.items() if name.startswith("reader_")]
    return readers, [who for name, who in given.items() if name.startswith("coder_")]


@bp.route("/exit-interviews/readers", endpoint="usual_readers", **_CHANGE)
@requires(_CHOOSES)
def usual() -> ResponseReturnValue:
    people = staff.at_hr()
    form = _form(people, staff.usual_readers())
    if form.validate_on_submit():
        with form.attempt():
            services.choose_usual(*_picked(form, people), by=current_actor())
            flash(_("De står som läsare från och med nästa samtal."), "ok")
            return redirect(url_for("exit_interviews.index"), 303)
    return render_template("exit_interviews/usual_readers.html", form=form)


def _found(public_id: str, track: str) -> tuple[Case, Interview]:
    actor = current_actor()
    case = access.case_for(actor, public_id)
    if track not in set(Track) or actor.person_id in staff.near(case.employment):
        raise NotFound
    found = queries.of_case_and_track(case.id, Track(track))
    if found is None or not services.may_change_readers(found):
        raise NotFound
    return case, found


@bp.route("/offboarding/<public_id>/exit-interview/<track>/readers", endpoint="readers", **_CHANGE)
@requires(_CHOOSES)
def of_one(public_id: str, track: str) -> ResponseReturnValue:
    case, found = _found(public_id, track)
    people = [who for who in staff.neutral(case.employment) if who.id != found.interviewer_id]
    form = _form(people, {(one.person_id, one.seat) for one in found.readers})
    if found.track is Track.MANAGER:
        del form.reader_2, form.coder_1, form.coder_2
    if form.validate_on_submit():
        with form.attempt():
            asked = services.change_readers(found, case, *_picked(form, people), by=current_actor())
            flash(_("Den som slutar får frågan.") if asked else _("Läsarna är ändrade."), "ok")
            return redirect(url_for("offboarding.case", public_id=public_id), 303)
    return render_template(
        "exit_interviews/readers_of_one.html",
        form=form,
        case=case,
        has_chosen=services.has_chosen(found),
        what=TRACKS[found.track],
    )
