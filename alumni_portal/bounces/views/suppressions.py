import csv
from io import StringIO

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.bounces import queries, services
from alumni_portal.bounces.forms import LiftForm, SuppressForm
from alumni_portal.bounces.rules.feedback import told
from alumni_portal.bounces.views import bp, wording
from alumni_portal.core import access_log, audit, transaction
from alumni_portal.core.access_log import Look
from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.formulas import guarded
from alumni_portal.core.permissions import Permission, current_actor, requires, signed_in
from alumni_portal.core.transaction import attempt
from alumni_portal.mail.models import SuppressedBy, Suppression

_COLUMNS = ("email", "since", "source", "reason")


@bp.get("/mail/suppressions")
@requires(Permission.SUPPRESSIONS_WRITE)
def suppressions() -> ResponseReturnValue:
    q, chosen = request.args.get("q", "")[:100].strip(), request.args.get("source", "")
    source = SuppressedBy(chosen) if chosen in set(SuppressedBy) else None
    asks = bool(request.args.get("asks"))
    page = queries.suppressions(
        q=q,
        source=source,
        asks=asks,
        after=request.args.get("after"),
        before=request.args.get("before"),
    )
    shown = [one.person_id for one in page.rows if one.person_id is not None]
    access_log.listed(current_actor(), shown, Look.PERSON_LIST)
    return render_template(
        "bounces/suppressions.html",
        page=page,
        q=q,
        source=source,
        sources=wording.SOURCES,
        asks=asks,
        told=told,
        waiting=queries.unread(),
    )


@bp.route("/mail/suppressions/new", methods=["GET", "POST"])
@requires(Permission.SUPPRESSIONS_WRITE)
def suppress() -> ResponseReturnValue:
    form = SuppressForm()
    if form.validate_on_submit():
        with form.attempt():
            services.add(form.address.data or "", reason=form.reason.data or "", by=current_actor())
            flash(_("Adressen får inga utskick från och med nu."), "ok")
            return redirect(url_for("bounces.suppressions"), 303)
    return render_template("bounces/suppress.html", form=form)


@bp.route("/mail/suppressions/<public_id>", methods=["GET", "POST"])
@requires(Permission.SUPPRESSIONS_WRITE)
def lift(public_id: str) -> ResponseReturnValue:
    found, form = _found(public_id), LiftForm()
    if form.validate_on_submit():
        with form.attempt():
            services.lift(found, reason=form.reason.data or "", by=current_actor())
            flash(_("Adressen får utskick igen."), "ok")
            return redirect(url_for("bounces.suppressions"), 303)
    return render_template(
        "bounces/lift.html", one=found, form=form, sources=wording.SOURCES, told=told
    )


@bp.get("/mail/suppressions.csv")
@requires(Permission.SUPPRESSIONS_WRITE)
def export() -> ResponseReturnValue:
    actor, found = current_actor(), queries.all_suppressions()
    transaction.afterwards(
        lambda: audit.record("suppression.exported", by=actor, number=len(found))
    )
    text = StringIO()
    out = csv.writer(text, delimiter=";", lineterminator="\r\n")
    out.writerow(_COLUMNS)
    out.writerows(map(_row, found))
    headers = {"Content-Disposition": "attachment; filename=suppressions.csv"}
    return Response("\ufeff" + text.getvalue(), mimetype="text/csv", headers=headers)


def _row(one: Suppression) -> list[str]:
    cells = (one.canonical, one.at.date().isoformat(), one.source.value, one.reason)
    return [guarded(cell) for cell in cells]


@bp.post("/mail/own-address")
@signed_in
def lift_own() -> ResponseReturnValue:
    actor = current_actor()
    found = queries.suppressed_now(actor.person_id or 0)
    if found is None or not PlainForm().validate_on_submit():
        raise NotFound
    try:
        with attempt():
            services.lift_own(found, by=actor)
            flash(_("Du får våra utskick igen."), "ok")
    except Refusal as refusal:
        flash(str(refusal.message), "bad")
    return redirect(url_for("home.alumnus"), 303)


def _found(public_id: str) -> Suppression:
    found = queries.suppression(public_id)
    if found is None:
        raise NotFound
    return found
