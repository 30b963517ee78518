from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.consents.queries import is_member
from alumni_portal.core import clock, language
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.formats import masked
from alumni_portal.core.forms import Form, PlainForm
from alumni_portal.core.limits import Limit, by_client, by_field, limited
from alumni_portal.core.permissions import Actor, by_link, public
from alumni_portal.core.transaction import attempt
from alumni_portal.offboarding import access, services
from alumni_portal.offboarding.forms.cases import PrivateAddressForm, text_of
from alumni_portal.offboarding.forms.join import NewLinkForm
from alumni_portal.offboarding.forms.purposes import choices, picked
from alumni_portal.offboarding.models import Case, TaskOwner
from alumni_portal.offboarding.queries import links
from alumni_portal.offboarding.rules.case_kinds import Tone, tone_of
from alumni_portal.offboarding.rules.case_template import title_of
from alumni_portal.offboarding.rules.links import LinkState
from alumni_portal.offboarding.views import bp

#: The address of the page is the key to it: no other site may learn it.
QUIET = {"Referrer-Policy": "no-referrer"}
HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_CLIENT = Limit(name="leaver-client", most=120, per=HOUR, by=by_client)
_MAILS = (
    Limit(name="leaver-mail-address", most=3, per=_DAY, by=by_field("address")),
    Limit(name="leaver-mail-client", most=20, per=HOUR, by=by_client),
)


def quiet(template: str, status: int = 200, **values: object) -> ResponseReturnValue:
    """Return a page behind a mailed link."""
    return render_template(template, **values), status, QUIET


def closed(state: LinkState) -> ResponseReturnValue:
    """Return what stands behind a link that does not open."""
    return quiet("offboarding/link_closed.html", 410, state=state)


def _actor(case: Case) -> Actor:
    return Actor(ref=case.person.public_id, person_id=case.person_id, name=case.person.name)


def _page(token: str) -> ResponseReturnValue:
    return redirect(url_for("offboarding.leaver_page", token=token), 303)


@bp.get("/leaving/<token>", endpoint="leaver_page")
@by_link
@limited(_CLIENT)
def page(token: str) -> ResponseReturnValue:
    door = links.leaver_door(token)
    if door.state is not LinkState.OPEN or door.case is None:
        return closed(door.state)
    case = door.case
    addresses = links.addresses_of(case.person_id)
    return quiet(
        "offboarding/leaver.html",
        case=case,
        token=token,
        tasks=[
            (task, title_of(task.key, task.written, language.current()), access.is_automatic(task))
            for task in sorted(case.tasks, key=lambda one: (one.due_on, one.position))
            if task.owner is TaskOwner.LEAVER and task.skipped_at is None
        ],
        is_careful=tone_of(case.kind) is Tone.CAREFUL,
        proved=links.private_of(addresses, proved=True),
        waiting=links.private_of(addresses, proved=False),
        proof=links.newest_proof(case.id),
        wishes=links.wishes_of(case.person_id),
        invitation=links.newest_invitation(case.person_id),
        is_member=is_member(case.person_id),
        form=PrivateAddressForm(),
        today=clock.today(),
    )


@bp.post("/leaving/<token>/tasks", endpoint="leaver_tasks")
@by_link
@limited(_CLIENT)
def tick(token: str) -> ResponseReturnValue:
    door = links.leaver_door(token)
    if door.state is not LinkState.OPEN or door.case is None:
        return closed(door.state)
    ticked, before = set(request.form.getlist("done")), set(request.form.getlist("was"))
    by = _actor(door.case)
    if services.tick_own(door.case, done=ticked - before, undone=before - ticked, by=by):
        flash(_("Sparat."), "ok")
    return _page(token)


@bp.route("/leaving/<token>/private-address", methods=["GET", "POST"], endpoint="leaver_address")
@by_link
@limited(*_MAILS)
def address(token: str) -> ResponseReturnValue:
    door = links.leaver_door(token)
    if door.state is not LinkState.OPEN or door.case is None:
        return closed(door.state)
    form = PrivateAddressForm()
    if form.validate_on_submit():
        with form.attempt():
            written = services.give_address(
                door.case, text_of(form.address), by=_actor(door.case), through=door.link
            )
            flash(_mailed(written), "ok")
            return _page(token)
    return quiet("offboarding/leaver_address.html", case=door.case, token=token, form=form)


def _mailed(written: str) -> str:
    return _(
        "Vi har mejlat en länk till %(address)s. Öppna den för att bekräfta adressen.",
        address=masked(written),
    )


@bp.post("/leaving/<token>/private-address/letter", endpoint="leaver_address_again")
@by_link
@limited(*_MAILS)
def again(token: str) -> ResponseReturnValue:
    door = links.leaver_door(token)
    if door.state is not LinkState.OPEN or door.case is None:
        return closed(door.state)
    with attempt():
        flash(_mailed(services.send_proof_again(door.case, by=_actor(door.case))), "ok")
    return _page(token)


@bp.route("/leaving/<token>/network", methods=["GET", "POST"], endpoint="leaver_network")
@by_link
@limited(_CLIENT)
def network(token: str) -> ResponseReturnValue:
    door = links.leaver_door(token)
    if door.state is not LinkState.OPEN or door.case is None:
        return closed(door.state)
    case, form, spoken = door.case, PlainForm(), language.current()
    wished = {wish.purpose for wish in links.wishes_of(case.person_id)}
    if form.validate_on_submit():
        says_no = request.form.get("answer") == "no"
        wished = set() if says_no else picked(request.form.getlist("purpose"))
        with form.attempt():
            services.answer(case, wished, language=spoken, by=_actor(case))
            flash(_answered(wished), "ok")
            return _page(token)
    return quiet(
        "offboarding/leaver_network.html",
        case=case,
        token=token,
        form=form,
        choices=choices(spoken, wished),
    )


def _answered(wished: object) -> str:
    if wished:
        return _("Tack! Efter sista dagen mejlar vi din privata adress, och då bestämmer du.")
    return _("Tack för svaret. Vi hör inte av oss om nätverket.")


@bp.route("/leaving/new-link", methods=["GET", "POST"], endpoint="new_leaver_link")
@public
@limited(*_MAILS)
def new_link() -> ResponseReturnValue:
    form = NewLinkForm()
    if form.validate_on_submit():
        services.ask_for_new_link(text_of(form.address))
        flash(_("Hör adressen till ett öppet ärende har vi mejlat en ny länk."), "ok")
        return redirect(url_for("offboarding.new_leaver_link"), 303)
    return quiet("offboarding/new_link.html", form=form)


@bp.route("/private-address/<token>", methods=["GET", "POST"], endpoint="prove_address")
@by_link
@limited(_CLIENT)
def prove(token: str) -> ResponseReturnValue:
    door = links.proof_door(token)
    form: Form = PlainForm()
    if door.state is LinkState.OPEN and form.validate_on_submit():
        try:
            with attempt():
                opens = services.prove(door)
        except Conflict as conflict:
            return _taken(door, conflict)
        except Refusal as refusal:
            return _paused(refusal)
        if opens:
            flash(_("Adressen är bekräftad. Härifrån skriver vi till den."), "ok")
            return _page(opens)
    if door.state is not LinkState.OPEN or door.proof is None:
        return closed(door.state)
    return quiet("offboarding/prove_address.html", address=door.proof.address.address, form=form)


def _taken(door: links.ProofDoor, conflict: Conflict) -> ResponseReturnValue:
    """Say that the address has become somebody else's, and let HR see it."""
    if door.case is not None:
        services.note_conflict(door.case)
    return _paused(conflict)


def _paused(refusal: Refusal) -> ResponseReturnValue:
    flash(str(refusal.message), "bad")
    return quiet("offboarding/link_closed.html", state=LinkState.PAUSED)
