from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from alumni_portal.consents import rules, services
from alumni_portal.consents.rules import How
from alumni_portal.consents.services import RenewalState
from alumni_portal.consents.views import bp
from alumni_portal.core import language
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.permissions import SYSTEM, by_link


@bp.route("/consents/renewals/<token>", methods=["GET", "POST"])
@by_link
def renew(token: str) -> ResponseReturnValue:
    renewal = services.look_at_renewal(token)
    form = PlainForm()
    person, consent = renewal.person, renewal.consent
    if person and consent and renewal.state is RenewalState.OPEN and form.validate_on_submit():
        with form.attempt():
            services.renew(
                person,
                consent.purpose,
                language=language.current(),
                how=How.MAIL_LINK,
                by=SYSTEM,
            )
            return redirect(url_for("consents.renew", token=token), 303)
    page = render_template(
        "consents/renewal.html",
        form=form,
        renewal=renewal,
        title=rules.TITLES[consent.purpose] if consent else "",
        words=services.words_now(consent.purpose, language.current()) if consent else None,
    )
    gone = renewal.state in {RenewalState.EXPIRED, RenewalState.UNKNOWN}
    return page, 410 if gone else 200, {"Referrer-Policy": "no-referrer"}
