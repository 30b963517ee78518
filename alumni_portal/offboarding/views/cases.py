from datetime import timedelta

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from alumni_portal.consents.queries import is_member
from alumni_portal.core import access_log, clock, language
from alumni_portal.core.access_log import Look
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.offboarding import access, services
from alumni_portal.offboarding.forms.cases import GROUNDS
from alumni_portal.offboarding.models import Case
from alumni_portal.offboarding.queries import cases as queries
from alumni_portal.offboarding.queries import links
from alumni_portal.offboarding.queries.cases import Show, Wanted
from alumni_portal.offboarding.rules.case_template import NAMES, title_of
from alumni_portal.offboarding.views import bp, calendar, case_page
from alumni_portal.offboarding.views.loading import case_for
from alumni_portal.people.queries import unit as unit_by_public_id

#: A calendar with more people than this is of no use to anybody.
_MOST_IN_CALENDAR = 500
_READ = (Permission.CASES_READ, Permission.CASES_READ_OWN_UNIT)


def _wanted() -> Wanted:
    show = request.args.get("show", "")
    unit = unit_by_public_id(request.args.get("unit", ""))
    return Wanted(
        show=Show(show) if show in set(Show) else Show.ONGOING,
        text=request.args.get("q", "")[:100].strip(),
        unit_id=unit.id if unit else None,
        after=request.args.get("after"),
        before=request.args.get("before"),
    )


@bp.get("/offboarding", endpoint="cases")
@requires(*_READ)
def list_() -> ResponseReturnValue:
    actor, wanted = current_actor(), _wanted()
    visible, ground = access.visible_cases(actor), access.may_read_ground(actor)
    page = queries.listed(wanted, visible, may_read_ground=ground)
    access_log.listed(actor, [row.person_id for row in page.rows], Look.CASE_LIST)
    writes = actor.may(Permission.CASES_WRITE)
    return render_template(
        "offboarding/cases.html",
        page=page,
        wanted=wanted,
        show=Show,
        counts=queries.counts(wanted, visible, may_read_ground=ground),
        units=queries.units_with_cases(visible),
        chosen_unit=request.args.get("unit", ""),
        title_of=lambda task: title_of(task.key, task.written, language.current()),
        unsent=queries.count_without_link(visible) if writes else 0,
        today=clock.today(),
    )


@bp.get("/offboarding/<public_id>", endpoint="case")
@requires(*_READ)
def show(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    case = case_for(actor, public_id)
    chosen = request.args.get("show", "all")
    return render_template(
        "offboarding/case.html",
        case=case,
        checklist=case_page.checklist(actor, case, chosen),
        chosen=chosen if chosen in case_page.SHOW else "all",
        path=case_page.path(case, access.tasks_for(actor, case.tasks)),
        history=case_page.history(actor, case),
        **_ground(case, may_read=access.may_read_ground(actor)),
        mail=_mail(case),
        form=PlainForm(),
        today=clock.today(),
    )


def _ground(case: Case, *, may_read: bool) -> dict[str, object]:
    ground = case.employment.exit_ground
    return {
        "ground": GROUNDS[ground] if may_read and ground else None,
        "template": NAMES[case.kind].of(language.current()) if may_read else None,
    }


def _mail(case: Case) -> dict[str, object]:
    """Return what the side cards say about addresses, the link and the invitation."""
    addresses = links.addresses_of(case.person_id)
    return {
        "proved": links.private_of(addresses, proved=True),
        "waiting": links.private_of(addresses, proved=False),
        "proof": links.newest_proof(case.id),
        "link": links.live_link_of(case.id),
        "mailbox": links.mailbox_of(case, addresses),
        "wishes": links.wishes_of(case.person_id),
        "invitation": links.newest_invitation(case.person_id),
        "is_member": is_member(case.person_id),
        "invited_on": case.last_day + timedelta(days=1),
    }


@bp.post("/offboarding/<public_id>/tasks", endpoint="save_checklist")
@requires(Permission.CASES_WRITE, Permission.TASKS_TICK_OWN)
def save(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    case = case_for(actor, public_id)
    ticked, before = set(request.form.getlist("done")), set(request.form.getlist("was"))
    changed = services.save_checklist(case, done=ticked - before, undone=before - ticked, by=actor)
    if changed:
        flash(ngettext("Sparat: %(num)s steg.", "Sparat: %(num)s steg.", changed), "ok")
    else:
        flash(_("Inget var ändrat."), "info")
    shown = request.form.get("show", "all")
    return redirect(
        url_for("offboarding.case", public_id=public_id, show=shown if shown != "all" else None),
        303,
    )


@bp.get("/offboarding/<public_id>/dates.ics", endpoint="case_dates")
@requires(*_READ)
def dates(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    case = case_for(actor, public_id)
    return _calendar([case])


@bp.get("/offboarding/dates.ics", endpoint="dates")
@requires(*_READ)
def all_dates() -> ResponseReturnValue:
    actor = current_actor()
    ids = queries.ongoing(_wanted(), access.visible_cases(actor), limit=_MOST_IN_CALENDAR)
    cases = queries.by_ids(ids)
    access_log.listed(actor, [case.person_id for case in cases], Look.CASE_LIST)
    return _calendar(cases)


def _calendar(cases: list[Case]) -> Response:
    actor = current_actor()
    body = calendar.of_cases((case, access.tasks_for(actor, case.tasks)) for case in cases)
    return Response(
        body,
        mimetype="text/calendar",
        headers={"Content-Disposition": 'attachment; filename="offboarding.ics"'},
    )


@bp.post("/offboarding/links", endpoint="send_all_links")
@requires(Permission.CASES_WRITE)
def send_all() -> ResponseReturnValue:
    sent = services.plan_links(by=current_actor())
    flash(ngettext("%(num)s länk är på väg.", "%(num)s länkar är på väg.", sent), "ok")
    return redirect(url_for("offboarding.cases"), 303)
