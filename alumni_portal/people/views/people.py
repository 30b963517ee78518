from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import access_log, clock
from alumni_portal.core.access_log import Look
from alumni_portal.core.charts import strip
from alumni_portal.core.charts.stays import Stay
from alumni_portal.core.errors import NotFound
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.people import queries, services
from alumni_portal.people.forms import KINDS, DeathForm, PersonForm
from alumni_portal.people.models import Person
from alumni_portal.people.views import bp


@bp.get("/people")
@requires(Permission.PEOPLE_READ)
def index() -> ResponseReturnValue:
    q = request.args.get("q", "")[:100].strip()
    unit = queries.unit(request.args["unit"]) if request.args.get("unit") else None
    page = queries.people_page(
        q, unit=unit, after=request.args.get("after"), before=request.args.get("before")
    )
    access_log.listed(current_actor(), [one.id for one in page.rows], Look.PERSON_LIST)
    return render_template(
        "people/index.html", page=page, q=q, unit=unit, states=_states(page.rows)
    )


def _states(people: list[Person]) -> dict[int, tuple[str, str]]:
    """Return for each person a word for where they stand and its colour."""
    return {one.id: _state(one) for one in people}


def _state(person: Person) -> tuple[str, str]:
    today = clock.today()
    if person.died_on:
        return _("Avliden"), ""
    running = [one for one in person.employments if one.runs_on(today)]
    if any(one.ends_on for one in running):
        return _("Slutar"), "sun"
    if running:
        return _("Anställd"), "ok"
    if any(one.begins_on > today for one in person.employments):
        return _("Börjar snart"), "brand"
    return (_("Har slutat"), "") if person.employments else (_("Ingen anställning"), "")


def load(public_id: str) -> Person:
    """Return the person of a page and note who looked; NotFound when there is none."""
    person = queries.person(public_id)
    if person is None:
        raise NotFound
    access_log.opened(current_actor(), person.id, Look.PERSON)
    return person


@bp.get("/people/<public_id>")
@requires(Permission.PEOPLE_READ)
def person(public_id: str) -> ResponseReturnValue:
    found = load(public_id)
    stays = [Stay(one.begins_on, one.ends_on, one.title) for one in found.employments]
    axis = strip.shared_axis([stays], today=clock.today())
    return render_template(
        "people/person.html",
        person=found,
        state=_state(found),
        timeline=queries.timeline_of(found.employments),
        kinds=KINDS,
        career=strip.career_strip(stays, axis) if stays else None,
        leads=queries.leads_held_by(found.id),
        today=clock.today(),
    )


@bp.route("/people/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.PEOPLE_WRITE)
def edit(public_id: str) -> ResponseReturnValue:
    found = load(public_id)
    form = PersonForm(obj=found)
    if form.validate_on_submit():
        with form.attempt():
            first, last = form.first_name.data or "", form.last_name.data or ""
            services.rename(found, first, last, by=current_actor())
            services.change_phone(found, form.phone.data or "", by=current_actor())
            flash(_("Uppgifterna är sparade."), "ok")
            return redirect(url_for("people.person", public_id=public_id), 303)
    return render_template("people/edit.html", person=found, form=form)


@bp.route("/people/<public_id>/death", methods=["GET", "POST"])
@requires(Permission.PEOPLE_WRITE)
def death(public_id: str) -> ResponseReturnValue:
    found = load(public_id)
    form = DeathForm()
    if form.validate_on_submit() and form.died_on.data:
        with form.attempt():
            services.note_death(found, on=form.died_on.data, by=current_actor())
            flash(_("Vi skickar inga fler mejl."), "ok")
            return redirect(url_for("people.person", public_id=public_id), 303)
    return render_template("people/death.html", person=found, form=form)
