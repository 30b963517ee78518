from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.accounts import queries, services
from alumni_portal.accounts.forms import (
    ConfirmRecoveryForm,
    LostForm,
    NewAddressForm,
    RefuseRecoveryForm,
)
from alumni_portal.accounts.models import AddressRecovery
from alumni_portal.accounts.services import DoorState
from alumni_portal.accounts.views import bp
from alumni_portal.core import access_log
from alumni_portal.core.access_log import Look
from alumni_portal.core.errors import NotFound
from alumni_portal.core.formats import period
from alumni_portal.core.forms import PlainForm, options
from alumni_portal.core.limits import Limit, by_client, by_field, limited
from alumni_portal.core.permissions import Permission, by_link, current_actor, public, requires
from alumni_portal.people import queries as people
from alumni_portal.people.models import Person

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_CLIENT = Limit(name="lost-client", most=20, per=_HOUR, by=by_client)
_ADDRESS = Limit(name="lost-address", most=3, per=_DAY, by=by_field("new"))
_LINK = Limit(name="new-address-client", most=60, per=_HOUR, by=by_client)


@bp.route("/sign-in/lost", methods=["GET", "POST"])
@public
@limited(_CLIENT, _ADDRESS)
def lost() -> ResponseReturnValue:
    form = LostForm()
    if form.validate_on_submit():
        with form.attempt():
            services.ask_recovery(
                name=form.name.data or "",
                old=form.old.data or "",
                new=form.new.data or "",
                reach=form.reach.data or "",
            )
            return redirect(url_for("accounts.lost_asked"), 303)
    return render_template("accounts/lost.html", form=form)


@bp.get("/sign-in/lost/asked")
@public
def lost_asked() -> ResponseReturnValue:
    return render_template("accounts/lost_asked.html")


@bp.route("/sign-in/new-address/<token>", methods=["GET", "POST"])
@by_link
@limited(_LINK)
def new_address(token: str) -> ResponseReturnValue:
    door = services.look_at_recovery(token)
    if PlainForm().validate_on_submit() and door.state is DoorState.OPEN:
        services.prove_recovery(token)
        flash(_("Adressen är din. Logga in med den, så är du tillbaka."), "ok")
        return redirect(url_for("accounts.sign_in"), 303)
    page = render_template("accounts/new_address.html", door=door)
    return page, 200 if door.state is DoorState.OPEN else 410, {"Referrer-Policy": "no-referrer"}


@bp.get("/people/recoveries")
@requires(Permission.PEOPLE_WRITE)
def recoveries() -> ResponseReturnValue:
    waiting = queries.recoveries()
    known = [one.person_id for one in waiting if one.person_id is not None]
    access_log.listed(current_actor(), known, Look.PERSON_LIST)
    return render_template("accounts/recoveries.html", recoveries=waiting)


def _recovery(public_id: str) -> AddressRecovery:
    found = queries.recovery(public_id)
    if found is None:
        raise NotFound
    return found


def _candidates(recovery: AddressRecovery) -> list[Person]:
    found = people.owners_of_typed(recovery.old_address) + people.find_people(
        recovery.name, limit=5
    )
    if q := request.args.get("q", "")[:100]:
        found += people.find_people(q, limit=10)
    return list({one.id: one for one in found}.values())


@bp.route("/people/recoveries/<public_id>", methods=["GET", "POST"])
@requires(Permission.PEOPLE_WRITE)
def confirm_recovery(public_id: str) -> ResponseReturnValue:
    recovery = _recovery(public_id)
    candidates = _candidates(recovery)
    access_log.listed(current_actor(), [one.id for one in candidates], Look.PERSON_LIST)
    form = ConfirmRecoveryForm()
    form.person.choices = options((one.public_id, one.name) for one in candidates)
    if form.validate_on_submit():
        chosen = next(one for one in candidates if one.public_id == form.person.data)
        with form.attempt():
            services.confirm_recovery(recovery, chosen, by=current_actor())
            flash(_("Vi har skickat en länk till den nya adressen."), "ok")
            return redirect(url_for("accounts.recoveries"), 303)
    return render_template(
        "accounts/recovery.html",
        recovery=recovery,
        candidates=candidates,
        hints={one.public_id: _where(one) for one in candidates},
        form=form,
    )


def _where(person: Person) -> str:
    """Return what tells people of one name apart: titles and years."""
    stays = [f"{e.title} {period(e.begins_on, e.ends_on)}" for e in person.employments]
    return ", ".join(stay.strip() for stay in stays)


@bp.route("/people/recoveries/<public_id>/refuse", methods=["GET", "POST"])
@requires(Permission.PEOPLE_WRITE)
def refuse_recovery(public_id: str) -> ResponseReturnValue:
    recovery = _recovery(public_id)
    if recovery.person_id is not None:
        access_log.opened(current_actor(), recovery.person_id, Look.PERSON)
    form = RefuseRecoveryForm()
    if form.validate_on_submit():
        services.refuse_recovery(recovery, form.reason.data or "", by=current_actor())
        flash(_("Begäran är avslagen."), "ok")
        return redirect(url_for("accounts.recoveries"), 303)
    return render_template("accounts/refuse_recovery.html", recovery=recovery, form=form)


@bp.route("/people/<public_id>/private-address", methods=["GET", "POST"])
@requires(Permission.PEOPLE_WRITE)
def change_address(public_id: str) -> ResponseReturnValue:
    person = people.person(public_id)
    if person is None:
        raise NotFound
    access_log.opened(current_actor(), person.id, Look.PERSON)
    form = NewAddressForm()
    if form.validate_on_submit():
        with form.attempt():
            services.begin_change(person, form.new.data or "", by=current_actor())
            flash(_("Vi har skickat en länk till den nya adressen."), "ok")
            return redirect(url_for("people.person", public_id=public_id), 303)
    return render_template("accounts/change_address.html", person=person, form=form)
