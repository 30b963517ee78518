from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from alumni_portal.consents.models import Purpose
from alumni_portal.core import language
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.limits import Limit, by_client, limited
from alumni_portal.core.permissions import by_link
from alumni_portal.offboarding import services
from alumni_portal.offboarding.forms.purposes import choices, picked
from alumni_portal.offboarding.models import Invitation
from alumni_portal.offboarding.queries import links
from alumni_portal.offboarding.rules.links import LinkState
from alumni_portal.offboarding.views import bp
from alumni_portal.offboarding.views.leaver import HOUR, closed, quiet


@bp.route("/welcome/<token>", methods=["GET", "POST"], endpoint="welcome")
@by_link
@limited(Limit(name="welcome-client", most=60, per=HOUR, by=by_client))
def welcome(token: str) -> ResponseReturnValue:
    invitation = links.invitation_by(token)
    state = services.state_of(invitation)
    if invitation is None or state not in {LinkState.OPEN, LinkState.ALREADY_DONE}:
        return closed(state)
    if state is LinkState.ALREADY_DONE:
        return _answered(invitation)
    form, ticked = PlainForm(), set[Purpose]()
    if form.validate_on_submit():
        ticked = picked(request.form.getlist("purpose"))
        with form.attempt():
            if request.form.get("answer") == "no":
                services.decline(invitation)
            else:
                services.accept(invitation, ticked, language=language.current())
            return redirect(url_for("offboarding.welcome", token=token), 303)
    return quiet(
        "offboarding/welcome.html",
        invitation=invitation,
        form=form,
        choices=choices(language.current(), ticked, wished=services.offered(invitation)),
    )


def _answered(invitation: Invitation) -> ResponseReturnValue:
    """Show what came of the answer; pressing twice or going back leads here."""
    return quiet("offboarding/welcomed.html", invitation=invitation)
