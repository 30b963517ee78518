from datetime import timedelta

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from alumni_portal.core import language
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.limits import Limit, by_client, by_field, limited
from alumni_portal.core.permissions import by_link, public
from alumni_portal.offboarding import services
from alumni_portal.offboarding.forms.cases import text_of
from alumni_portal.offboarding.forms.join import JoinForm
from alumni_portal.offboarding.queries import join as queries
from alumni_portal.offboarding.rules.links import LinkState
from alumni_portal.offboarding.services import NewRequest
from alumni_portal.offboarding.views import bp
from alumni_portal.offboarding.views.leaver import closed, quiet

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@bp.route("/join", methods=["GET", "POST"], endpoint="join")
@public
@limited(
    Limit(name="join-address", most=3, per=_DAY, by=by_field("address")),
    Limit(name="join-client", most=20, per=_HOUR, by=by_client),
)
def ask() -> ResponseReturnValue:
    form = JoinForm()
    if form.validate_on_submit():
        with form.attempt():
            services.ask(_request(form))
            return redirect(url_for("offboarding.join_asked"), 303)
    return render_template("offboarding/join.html", form=form)


def _request(form: JoinForm) -> NewRequest:
    return NewRequest(
        name=text_of(form.name),
        address=text_of(form.address),
        from_year=form.from_year.data,
        until_year=form.until_year.data,
        unit=text_of(form.unit),
        number=text_of(form.number),
        language=language.current(),
    )


@bp.get("/join/check-mail", endpoint="join_asked")
@public
def asked() -> ResponseReturnValue:
    return render_template("offboarding/join_asked.html")


@bp.route("/join/proof/<token>", methods=["GET", "POST"], endpoint="prove_join")
@by_link
@limited(Limit(name="join-proof-client", most=60, per=_HOUR, by=by_client))
def prove(token: str) -> ResponseReturnValue:
    door = queries.door(token)
    form = PlainForm()
    if door.state is LinkState.OPEN and form.validate_on_submit():
        services.prove_join(door)
        return redirect(url_for("offboarding.prove_join", token=token), 303)
    if door.state is LinkState.ALREADY_DONE:
        return quiet("offboarding/join_waiting.html", asking=door.request)
    if door.state is not LinkState.OPEN or door.request is None:
        return closed(door.state)
    return quiet("offboarding/prove_join.html", asking=door.request, form=form)
