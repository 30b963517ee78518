"""Where links of a greeting lead: a page that shows, and buttons that act, without signing in."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.consents import services as consents
from alumni_portal.core.errors import NotFound
from alumni_portal.core.permissions import by_link
from alumni_portal.newsletters import services
from alumni_portal.newsletters.forms import FromGreetingForm
from alumni_portal.newsletters.services import Greeted
from alumni_portal.newsletters.views import bp
from alumni_portal.rehire.queries import LEVELS

_CLOSED = {"Referrer-Policy": "no-referrer"}


@bp.route("/newsletters/from-letter/<token>/greeting", methods=["GET", "POST"])
@by_link
def from_greeting(token: str) -> ResponseReturnValue:
    reader = services.greeted_of(token)
    if reader is None:
        raise NotFound
    asked = request.args.get("answer", "")
    form = FromGreetingForm(data={"level": asked if asked in LEVELS else None})
    if form.validate_on_submit():
        with form.attempt():
            _act(form, reader)
            return redirect(url_for("newsletters.from_greeting", token=token), 303)
    chosen = _preferences(reader)
    shown = {"form": form, "reader": reader, "levels": LEVELS, "preferences": chosen}
    page = render_template("newsletters/greeting/answer.html", asked=asked, **shown)
    return page, _CLOSED


def _act(form: FromGreetingForm, reader: Greeted) -> None:
    if reader.is_test:
        flash(_("Det här var ett prov. Inget är ändrat."), "ok")
    elif form.do.data == "stop":
        services.stop_greetings(reader)
    elif form.chosen is None:
        flash(_("Välj ett av svaren."), "warn")
    else:
        services.answer_greeting(reader, form.chosen)
        flash(_("Tack! Ditt svar är sparat."), "ok")


def _preferences(reader: Greeted) -> str:
    person = reader.person
    return consents.preferences_link(person.public_id, "greeting") if person else ""
