from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.formats import masked
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.core.transaction import attempt
from alumni_portal.offboarding import services
from alumni_portal.offboarding.forms.cases import PrivateAddressForm, text_of
from alumni_portal.offboarding.models import Case
from alumni_portal.offboarding.views import bp
from alumni_portal.offboarding.views.loading import case_for


def _back(case: Case) -> ResponseReturnValue:
    return redirect(url_for("offboarding.case", public_id=case.public_id), 303)


@bp.post("/offboarding/<public_id>/link", endpoint="send_link")
@requires(Permission.CASES_WRITE)
def link(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    case = case_for(actor, public_id)
    try:
        with attempt():
            address = services.send_link(case, by=actor)
    except Conflict:
        raise
    except Refusal as refusal:
        flash(str(refusal.message), "warn")
    else:
        flash(_("Länken är skickad till %(address)s.", address=masked(address.address)), "ok")
    return _back(case)


@bp.post("/offboarding/<public_id>/link/revocation", endpoint="revoke_links")
@requires(Permission.CASES_WRITE)
def revocation(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    case = case_for(actor, public_id)
    services.revoke_all(case, by=actor)
    flash(_("Länkarna fungerar inte längre. Skicka en ny när du vill."), "ok")
    return _back(case)


@bp.route(
    "/offboarding/<public_id>/private-address",
    methods=["GET", "POST"],
    endpoint="private_address",
)
@requires(Permission.CASES_WRITE)
def private_address(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    case = case_for(actor, public_id)
    form = PrivateAddressForm()
    if form.validate_on_submit():
        with form.attempt():
            address = services.give_address(case, text_of(form.address), by=actor)
            flash(_("Vi har mejlat en länk till %(address)s.", address=masked(address)), "ok")
            return _back(case)
    return render_template("offboarding/private_address.html", case=case, form=form)


@bp.post("/offboarding/<public_id>/private-address/letter", endpoint="send_proof")
@requires(Permission.CASES_WRITE)
def proof(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    case = case_for(actor, public_id)
    try:
        with attempt():
            address = services.send_proof_again(case, by=actor)
    except Conflict:
        raise
    except Refusal as refusal:
        flash(str(refusal.message), "warn")
    else:
        flash(_("Länken är skickad till %(address)s.", address=masked(address)), "ok")
    return _back(case)
