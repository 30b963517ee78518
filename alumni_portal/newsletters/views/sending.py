from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from alumni_portal.audiences import queries as audiences
from alumni_portal.bounces.access import copies_of
from alumni_portal.consents.queries import DEPARTURE_REASONS
from alumni_portal.core import clock
from alumni_portal.core.errors import NotFound
from alumni_portal.core.night import is_quiet
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.newsletters import queries, services
from alumni_portal.newsletters.forms import SendForm
from alumni_portal.newsletters.queries import Sent
from alumni_portal.newsletters.views import bp


@bp.route("/newsletters/<public_id>/send", methods=["GET", "POST"])
@requires(Permission.NEWSLETTERS_SEND)
def send(public_id: str) -> ResponseReturnValue:
    newsletter = queries.newsletter(public_id)
    if newsletter is None:
        raise NotFound
    progress = url_for("newsletters.progress", public_id=public_id)
    if newsletter.mailing_id:
        return redirect(progress, 303)
    form = SendForm()
    if form.validate_on_submit():
        with form.attempt():
            services.send(newsletter, expected=form.number.data, by=current_actor())
            return redirect(progress, 303)
    ready = services.make_ready(newsletter)
    form.number.data, form.number.raw_data = ready.audience.number, None
    return render_template(
        "newsletters/send.html",
        newsletter=newsletter,
        ready=ready,
        form=form,
        reasons=audiences.REASONS,
        is_quiet=is_quiet(clock.now()),
    )


def sent_one(public_id: str) -> Sent:
    """Return a sent newsletter with its mailing or its reminder's, or answer that there is none."""
    newsletter = queries.newsletter(public_id)
    if newsletter is not None and request.args.get("of") == "reminder":
        found = [one] if (one := queries.reminder_of(newsletter)) else []
    else:
        found = queries.with_progress([newsletter] if newsletter else [])
    if not found:
        raise NotFound
    return found[0]


@bp.get("/newsletters/<public_id>/progress")
@requires(Permission.NEWSLETTERS_SEND)
def progress(public_id: str) -> ResponseReturnValue:
    sent = sent_one(public_id)
    return render_template(
        "newsletters/progress.html",
        sent=sent,
        outcome=queries.outcome(sent.newsletter, sent.mailing),
        pace=queries.pace_of(sent.mailing, sent.progress),
        why_left=DEPARTURE_REASONS,
        can_add=services.can_be_sent_again(sent.newsletter),
        can_remind=services.may_remind(sent.newsletter),
    )


@bp.get("/newsletters/<public_id>/deliveries")
@requires(Permission.NEWSLETTERS_SEND)
def deliveries(public_id: str) -> ResponseReturnValue:
    sent = sent_one(public_id)
    seen = copies_of(current_actor(), sent.mailing.id, request.args)
    return render_template("newsletters/deliveries.html", sent=sent, seen=seen)
