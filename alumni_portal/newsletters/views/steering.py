"""What HR does with a mailing under way, and with one that is over."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import clock
from alumni_portal.core.errors import NotFound
from alumni_portal.core.formats import number as spaced
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.night import is_quiet
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.mail import services as mail
from alumni_portal.newsletters import queries, services
from alumni_portal.newsletters.forms import SendForm
from alumni_portal.newsletters.queries import Sent
from alumni_portal.newsletters.views import bp
from alumni_portal.newsletters.views.sending import sent_one


def _back_to(sent: Sent) -> ResponseReturnValue:
    there: dict[str, Any] = {"public_id": sent.newsletter.public_id, **sent.which}
    return redirect(url_for("newsletters.progress", **there), 303)


@bp.post("/newsletters/<public_id>/pause")
@requires(Permission.NEWSLETTERS_SEND)
def pause(public_id: str) -> ResponseReturnValue:
    sent = sent_one(public_id)
    mail.pause(sent.mailing, by=current_actor())
    flash(_("Utskicket är pausat."), "ok")
    return _back_to(sent)


@bp.post("/newsletters/<public_id>/resume")
@requires(Permission.NEWSLETTERS_SEND)
def resume(public_id: str) -> ResponseReturnValue:
    sent = sent_one(public_id)
    if sent.cancelled_at:
        raise NotFound
    believing = bool(request.args.get("believe"))
    mail.resume(sent.mailing, by=current_actor(), believing=believing)
    flash(_("Utskicket fortsätter."), "ok")
    return _back_to(sent)


@bp.post("/newsletters/<public_id>/wake")
@requires(Permission.NEWSLETTERS_SEND)
def wake(public_id: str) -> ResponseReturnValue:
    sent = sent_one(public_id)
    mail.go_on_at_night(sent.mailing, by=current_actor())
    flash(_("Utskicket fortsätter."), "ok")
    return _back_to(sent)


@bp.post("/newsletters/<public_id>/settle")
@requires(Permission.NEWSLETTERS_SEND)
def settle(public_id: str) -> ResponseReturnValue:
    again = request.form.get("again") == "1"
    sent = sent_one(public_id)
    if again and sent.cancelled_at:
        raise NotFound
    actor = current_actor()
    mail.settle_uncertain(sent.mailing, again=again, by=actor)
    services.finish_cancelled(sent.newsletter, of_reminder=sent.is_reminder, by=actor)
    flash(_("De skickas igen.") if again else _("De räknas som skickade."), "ok")
    return _back_to(sent)


@bp.route("/newsletters/<public_id>/cancel", methods=["GET", "POST"])
@requires(Permission.NEWSLETTERS_SEND)
def cancel(public_id: str) -> ResponseReturnValue:
    sent, form = sent_one(public_id), PlainForm()
    if form.validate_on_submit():
        with form.attempt():
            actor, of_reminder = current_actor(), sent.is_reminder
            number = services.cancel(sent.newsletter, of_reminder=of_reminder, by=actor)
            flash(_("Utskicket är avbrutet. %(n)s får det inte.", n=spaced(number)), "ok")
            return _back_to(sent)
    return render_template("newsletters/cancel.html", sent=sent, form=form)


@bp.route("/newsletters/<public_id>/again", methods=["GET", "POST"])
@requires(Permission.NEWSLETTERS_SEND)
def again(public_id: str) -> ResponseReturnValue:
    """Ask, and send to those it failed or to those who match only now: each by its own button."""
    sent, form = sent_one(public_id), PlainForm()
    if form.validate_on_submit():
        with form.attempt():
            to_new = request.form.get("to") == "new"
            number = services.send_again(sent.newsletter, to_new=to_new, by=current_actor())
            flash(_("Skickas till %(n)s till.", n=spaced(number)), "ok")
            return redirect(url_for("newsletters.progress", public_id=public_id), 303)
    failed, new = services.missed(sent.newsletter)
    return render_template(
        "newsletters/again.html",
        sent=sent,
        form=form,
        failed=len(failed),
        new=len(new),
        can_add=services.can_be_sent_again(sent.newsletter),
    )


@bp.route("/newsletters/<public_id>/reminder", methods=["GET", "POST"])
@requires(Permission.NEWSLETTERS_SEND)
def remind(public_id: str) -> ResponseReturnValue:
    """Say who is meant and how many, and send once to them."""
    newsletter, form = queries.newsletter(public_id), SendForm()
    if newsletter is None or newsletter.mailing_id is None:
        raise NotFound
    if form.validate_on_submit():
        with form.attempt():
            services.remind(newsletter, expected=form.number.data, by=current_actor())
            there = url_for("newsletters.progress", public_id=public_id, of="reminder")
            return redirect(there, 303)
    found = services.reminder_for(newsletter)
    form.number.data, form.number.raw_data = len(found.members), None
    return render_template(
        "newsletters/remind.html",
        newsletter=newsletter,
        found=found,
        form=form,
        is_quiet=is_quiet(clock.now()),
    )


@bp.post("/newsletters/<public_id>/duplicate")
@requires(Permission.NEWSLETTERS_DRAFT)
def duplicate(public_id: str) -> ResponseReturnValue:
    newsletter = queries.newsletter(public_id)
    if newsletter is None:
        raise NotFound
    made = services.duplicate(newsletter, by=current_actor())
    flash(_("Här är kopian. Ändra det du vill."), "ok")
    return redirect(url_for("newsletters.edit", public_id=made.public_id), 303)
