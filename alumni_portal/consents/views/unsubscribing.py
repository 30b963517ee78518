"""The way out that stands in every mailing (RFC 8058): looking changes nothing, POST ends it."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from alumni_portal.consents import queries, rules, services
from alumni_portal.consents.rules import Purpose
from alumni_portal.consents.views import bp
from alumni_portal.core.errors import NotFound
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.pages import cross_site
from alumni_portal.core.permissions import by_link
from alumni_portal.mail import services as mail

_ONE_CLICK = ("List-Unsubscribe", "One-Click")


@bp.route("/unsubscribe/<token>", methods=["GET", "POST"])
@by_link
@cross_site
def unsubscribe(token: str) -> ResponseReturnValue:
    way_out = mail.read_way_out(token)
    rests_on = way_out.rests_on if way_out else ""
    if way_out is None or rests_on not in set(Purpose):
        raise NotFound
    purpose = Purpose(rests_on)
    if request.method == "POST":
        services.leave(way_out.person, purpose, way_out.mailing)
        name, value = _ONE_CLICK
        if request.form.get(name) == value:  # a mail program: no redirect, no cookie
            return "", 204
        if purpose is Purpose.NEWSLETTER:  # done: who wants to says why
            chosen = services.preferences_token(way_out.person.public_id, way_out.mailing)
            return redirect(url_for("consents.departed", token=chosen), 303)
        return redirect(url_for("consents.unsubscribe", token=token), 303)
    page = render_template(
        "consents/unsubscribe.html",
        form=PlainForm(),
        title=rules.TITLES[purpose],
        choose=services.preferences_link(way_out.person.public_id, way_out.mailing),
        still=purpose in queries.standing(way_out.person.id),
    )
    return page, {"Referrer-Policy": "no-referrer"}
