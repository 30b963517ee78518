"""What somebody wants to get, chosen from a link in a mailing: looking changes nothing (S52)."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.consents import queries, rules, services
from alumni_portal.consents.forms import PreferenceForm, ReasonForm
from alumni_portal.consents.rules import DepartureReason, LetterTopic, Purpose
from alumni_portal.consents.services.preferences import Holder
from alumni_portal.consents.views import bp
from alumni_portal.core import language
from alumni_portal.core.errors import NotFound
from alumni_portal.core.formats import date_long
from alumni_portal.core.permissions import by_link
from alumni_portal.people.models import Person

#: What brings mailings.
_MAILED = {Purpose.NEWSLETTER, Purpose.EVENTS}
_CLOSED = {"Referrer-Policy": "no-referrer"}


def _holder(token: str) -> Holder:
    holder = services.read_preferences(token)
    if holder is None:
        raise NotFound
    return holder


@bp.route("/preferences/<token>", methods=["GET", "POST"])
@by_link
def preferences(token: str) -> ResponseReturnValue:
    holder = _holder(token)
    person = holder.person
    form = PreferenceForm(
        data={
            "topics": [one for one in LetterTopic if one not in queries.muted_by(person.id)],
            "language": person.language,
            "visits": queries.lets_visits_count(person.id),
        }
    )
    if form.validate_on_submit():
        with form.attempt():
            return redirect(_done(form, holder, token), 303)
    standing = queries.standing(person.id)
    page = render_template(
        "consents/preferences.html",
        form=form,
        person=person,
        token=token,
        gets=Purpose.NEWSLETTER in standing,
        gets_any=bool(_MAILED & set(standing)),
        paused=queries.paused_until(person.id),
        words=services.words_now(Purpose.NEWSLETTER, language.current()),
    )
    return page, _CLOSED


def _done(form: PreferenceForm, holder: Holder, token: str) -> str:
    """Do what the pressed button says and return where to go on."""
    person, here = holder.person, url_for("consents.preferences", token=token)
    if form.do.data == "leave":
        services.leave(person, Purpose.NEWSLETTER, holder.mailing)
        return url_for("consents.departed", token=token)
    if form.do.data == "pause":
        until = services.pause(person)
        flash(_("Pausat till %(day)s. Sedan kommer breven igen.", day=date_long(until)), "ok")
    elif form.do.data == "unpause":
        services.end_pause(person)
        flash(_("Breven kommer igen."), "ok")
    elif form.do.data == "return":
        services.resubscribe(person, language=language.current())
        flash(_("Välkommen tillbaka. Kvittot kommer i mejlen."), "ok")
    else:
        _prefer(form, person)
        flash(_("Dina val är sparade."), "ok")
    return here


def _prefer(form: PreferenceForm, person: Person) -> None:
    """Save what is chosen; who gets no newsletters is asked for the language only."""
    spoken = form.language.data or person.language
    if Purpose.NEWSLETTER not in queries.standing(person.id):
        muted = queries.muted_by(person.id)
        services.prefer(person, [one for one in LetterTopic if one not in muted], spoken)
        return
    services.prefer(person, [LetterTopic(one) for one in form.topics.data or ()], spoken)
    services.let_visits_count(person, yes=bool(form.visits.data))


@bp.route("/preferences/<token>/left", methods=["GET", "POST"])
@by_link
def departed(token: str) -> ResponseReturnValue:
    """Say that it is done, and let somebody say why who wants to."""
    holder, form = _holder(token), ReasonForm()
    if form.validate_on_submit():
        if form.reason.data in set(DepartureReason):
            services.explain(holder.person, Purpose.NEWSLETTER, DepartureReason(form.reason.data))
            flash(_("Tack för att du berättade."), "ok")
        return redirect(url_for("consents.preferences", token=token), 303)
    page = render_template(
        "consents/departed.html",
        form=form,
        token=token,
        title=rules.TITLES[Purpose.NEWSLETTER],
        gets=Purpose.NEWSLETTER in queries.standing(holder.person.id),
    )
    return page, _CLOSED
