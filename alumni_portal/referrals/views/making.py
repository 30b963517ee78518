from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import language
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.forms import options
from alumni_portal.core.limits import Limit, by_client, limited
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.openings import queries as openings
from alumni_portal.openings.models import Opening
from alumni_portal.people.models import Person
from alumni_portal.referrals import queries, services
from alumni_portal.referrals.forms import TipForm
from alumni_portal.referrals.rules import STATUSES
from alumni_portal.referrals.views import bp

#: A household of alumni, not a script; each of them has ten tips a day besides.
_CLIENT = Limit(name="referral-client", most=60, per=timedelta(hours=1), by=by_client)


@bp.route("/referrals/new", methods=["GET", "POST"])
@requires(Permission.REFERRALS_MAKE)
@limited(_CLIENT)
def new() -> ResponseReturnValue:
    found = openings.published()
    form = TipForm(opening=request.args.get("opening", ""))
    form.opening.choices = options(
        [("", _("Ingen särskild tjänst")), *((one.public_id, one.title) for one in found)]
    )
    if form.validate_on_submit():
        with form.attempt():
            _tip(form)
            flash(_("Tack för tipset! Säger personen ja hör en rekryterare av sig."), "ok")
            return redirect(url_for("referrals.mine"), 303)
    return render_template("referrals/new.html", form=form)


def _tip(form: TipForm) -> None:
    by = current_actor()
    services.tip(
        db.session.get_one(Person, by.person_id),
        services.Tip(
            name=form.name.data or "",
            address=form.address.data or "",
            why=form.why.data or "",
            language=language.current(),
        ),
        _opening(form.opening.data),
        by=by,
    )


def _opening(public_id: str | None) -> Opening | None:
    if not public_id:
        return None
    found = openings.opening(public_id)
    if found is None or not openings.was_public(found):
        raise Refusal(_("Den tjänsten finns inte. Välj en annan."), field="opening")
    return found


@bp.get("/referrals/mine")
@requires(Permission.REFERRALS_MAKE)
def mine() -> ResponseReturnValue:
    tips = queries.own(current_actor().person_id or 0)
    return render_template("referrals/mine.html", tips=tips, statuses=STATUSES)
