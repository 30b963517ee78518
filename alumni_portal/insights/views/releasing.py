from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.core.transaction import attempt
from alumni_portal.insights import queries, services
from alumni_portal.insights.views import bp, wording


@bp.route("/insights/releases/<quarter>/make", methods=["GET", "POST"])
@requires(Permission.INSIGHTS_RELEASE)
def make_release(quarter: str) -> ResponseReturnValue:
    form = PlainForm()
    if quarter != queries.next_quarter(queries.releases()):
        raise NotFound
    if form.validate_on_submit():
        try:
            with attempt():
                services.ask_for_release(quarter, by=current_actor())
        except Refusal as refusal:
            flash(str(refusal.message), "bad")
        else:
            flash(_("Siffrorna räknas nu och publiceras när de är klara."), "ok")
        return redirect(url_for("insights.figures"), 303)
    words = wording.quarter_words(quarter)
    return render_template("insights/make_release.html", form=form, quarter=quarter, words=words)
