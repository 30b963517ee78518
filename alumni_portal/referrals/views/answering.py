from datetime import timedelta

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from alumni_portal.core import clock
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.limits import Limit, by_client, limited
from alumni_portal.core.permissions import by_link
from alumni_portal.referrals import queries, services
from alumni_portal.referrals.models import Referral, ReferralState
from alumni_portal.referrals.rules import ANSWER_WITHIN
from alumni_portal.referrals.views import bp

_CLIENT = Limit(
    name="referral-answer",
    most=60,
    per=timedelta(hours=1),
    by=by_client,
    methods=("GET", "POST"),
)
_HEADERS = {"Referrer-Policy": "no-referrer"}


@bp.route("/referrals/answer/<token>", methods=["GET", "POST"])
@by_link
@limited(_CLIENT)
def answer(token: str) -> ResponseReturnValue:
    found = queries.by_link(token)
    form = PlainForm()
    if found is not None and form.validate_on_submit():
        _act(found)
        return redirect(url_for("referrals.answer", token=token), 303)
    if found is None or not found.was_written_to:
        return render_template("referrals/gone.html", tip=None), 410, _HEADERS
    if found.state in {ReferralState.DECLINED, ReferralState.EXPIRED}:
        return render_template("referrals/gone.html", tip=found), 410, _HEADERS
    page = render_template(
        "referrals/answer.html",
        tip=found,
        form=form,
        until=clock.local(found.told_at + ANSWER_WITHIN),
    )
    return page, 200, _HEADERS


def _act(found: Referral) -> None:
    """Do what was pressed; anything else changes nothing."""
    pressed = request.form.get("answer")
    if pressed == "yes":
        services.confirm(found)
    elif pressed == "delete":
        services.decline(found)
