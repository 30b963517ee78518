from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from alumni_portal.consents import queries as consents
from alumni_portal.consents import services as consent_services
from alumni_portal.consents.models import How, Purpose
from alumni_portal.core import clock, language
from alumni_portal.core.permissions import SYSTEM, by_link
from alumni_portal.rehire import queries, rules, services
from alumni_portal.rehire.forms.interest import AgreeForm
from alumni_portal.rehire.services import Renewal, RenewalState
from alumni_portal.rehire.views import bp

_LAPSES_SOON = rules.REMIND_BEFORE * 2


@bp.route("/interest/renew/<token>", methods=["GET", "POST"])
@by_link
def renew_interest(token: str) -> ResponseReturnValue:
    renewal = services.look_at_renewal(token)
    form = AgreeForm()
    if renewal.state is RenewalState.OPEN and form.validate_on_submit():
        with form.attempt():
            services.renew_by_link(renewal)
            _agree(renewal, form)
            return redirect(url_for("rehire.renew_interest", token=token), 303)
    words = consent_services.words_now(Purpose.RECRUITER_CONTACT, language.current())
    form.show(words.fingerprint)
    page = render_template(
        "rehire/renewal.html",
        form=form,
        renewal=renewal,
        levels=rules.LEVELS,
        units=queries.units_wanted(renewal.interest.person_id) if renewal.interest else [],
        hours=rules.HOURS,
        words=words,
        asks_consent=_asks_consent(renewal),
    )
    gone = renewal.state in {RenewalState.EXPIRED, RenewalState.UNKNOWN}
    return page, 410 if gone else 200, {"Referrer-Policy": "no-referrer"}


def _asks_consent(renewal: Renewal) -> bool:
    """Say whether recruiters' leave is missing or soon lapses too: it is offered beside."""
    if renewal.person is None or renewal.state is not RenewalState.OPEN:
        return False
    agreed = consents.standing(renewal.person.id).get(Purpose.RECRUITER_CONTACT)
    soon = clock.now() + _LAPSES_SOON
    return agreed is None or (agreed.until is not None and agreed.until < soon)


def _agree(renewal: Renewal, form: AgreeForm) -> None:
    if form.agree.data and renewal.person is not None:
        services.let_recruiters_write(
            renewal.person,
            language=language.current(),
            wording=form.wording.data or "",
            how=How.MAIL_LINK,
            by=SYSTEM,
        )
