from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from alumni_portal.core.forms import PlainForm
from alumni_portal.core.permissions import by_link
from alumni_portal.network import services
from alumni_portal.network.views import bp


@bp.route("/profile/still-right/<token>", methods=["GET", "POST"])
@by_link
def still_right(token: str) -> ResponseReturnValue:
    asked = services.look_at_question(token)
    form = PlainForm()
    if asked is not None and form.validate_on_submit():
        services.confirm_by_link(asked)
        return redirect(url_for("network.still_right", token=token), 303)
    page = render_template("network/still_right.html", asked=asked, form=form)
    return page, 200 if asked else 410, {"Referrer-Policy": "no-referrer"}
