"""Trying a newsletter before it goes: on whom, and with whose values."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from alumni_portal.core.forms import options
from alumni_portal.core.language import LANGUAGES
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.newsletters import queries, services
from alumni_portal.newsletters.forms import TestersForm, TestForm
from alumni_portal.newsletters.views import bp
from alumni_portal.newsletters.views.composing import draft


@bp.route("/newsletters/<public_id>/test", methods=["GET", "POST"])
@requires(Permission.NEWSLETTERS_SEND)
def test(public_id: str) -> ResponseReturnValue:
    newsletter = draft(public_id)
    spoken = newsletter.content.languages
    form = TestForm(data={"to": "self", "language": spoken[0]})
    form.language.choices = options((one, LANGUAGES[one]) for one in spoken)
    if form.validate_on_submit():
        with form.attempt():
            to = services.send_test(
                newsletter,
                form.language.data or spoken[0],
                by=current_actor(),
                to_group=form.to.data == "group",
                name=form.name.data or "",
            )
            flash(_("Provet är på väg till %(address)s.", address=", ".join(to)), "ok")
            return redirect(url_for("newsletters.test", public_id=public_id), 303)
    return render_template(
        "newsletters/test.html", newsletter=newsletter, form=form, testers=queries.testers()
    )


@bp.route("/newsletters/testers", methods=["GET", "POST"])
@requires(Permission.NEWSLETTERS_SEND)
def testers() -> ResponseReturnValue:
    form = TestersForm(data={"people": [one.public_id for one in queries.testers()]})
    possible = queries.possible_testers()
    form.people.choices = options((one.public_id, one.name) for one in possible)
    if form.validate_on_submit():
        n = services.choose_testers(form.people.data or [], by=current_actor())
        flash(ngettext("%(n)s i testgruppen.", "%(n)s i testgruppen.", n, n=n), "ok")
        return redirect(url_for("newsletters.testers"), 303)
    return render_template("newsletters/testers.html", form=form)
