from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.bounces import queries, services
from alumni_portal.bounces.forms import VERDICT_HINTS, SettleForm
from alumni_portal.bounces.models import Kind, ReturnedMail, Verdict
from alumni_portal.bounces.rules.feedback import told
from alumni_portal.bounces.views import bp, wording
from alumni_portal.core import access_log
from alumni_portal.core.access_log import Look
from alumni_portal.core.errors import NotFound
from alumni_portal.core.permissions import Permission, current_actor, requires


@bp.get("/mail/returned")
@requires(Permission.SUPPRESSIONS_WRITE)
def returned() -> ResponseReturnValue:
    chosen = request.args.get("show", "waits")
    kind = Kind(chosen) if chosen in set(Kind) else None
    page = queries.returned_page(
        kind=kind,
        waits=chosen == "waits",
        after=request.args.get("after"),
        before=request.args.get("before"),
    )
    shown = [one.person_id for one in page.rows if one.person_id is not None]
    access_log.listed(current_actor(), shown, Look.PERSON_LIST)
    return render_template(
        "bounces/returned.html",
        page=page,
        chosen=chosen if kind or chosen == "waits" else "all",
        kinds=wording.KINDS,
        severities=wording.SEVERITIES,
        told=told,
        waiting=queries.unread(),
    )


@bp.route("/mail/returned/<public_id>", methods=["GET", "POST"])
@requires(Permission.SUPPRESSIONS_WRITE)
def returned_mail(public_id: str) -> ResponseReturnValue:
    found = _found(public_id)
    form = SettleForm(address=found.canonical)
    if request.method == "POST" and not found.waits:
        flash(_("Någon annan har redan avgjort den här."), "info")
        return redirect(url_for("bounces.returned_mail", public_id=public_id), 303)
    if form.validate_on_submit():
        with form.attempt():
            verdict = Verdict(form.verdict.data)
            services.settle(found, verdict, address=form.address.data or "", by=current_actor())
            flash(_("Avgjort."), "ok")
            return redirect(url_for("bounces.returned"), 303)
    if found.person_id is not None:
        access_log.opened(current_actor(), found.person_id, Look.PERSON)
    return render_template(
        "bounces/returned_mail.html",
        one=found,
        text=queries.text_of(found),
        form=form,
        hints=VERDICT_HINTS,
        told=told,
        words=wording,
    )


def _found(public_id: str) -> ReturnedMail:
    found = queries.returned(public_id)
    if found is None:
        raise NotFound
    return found
