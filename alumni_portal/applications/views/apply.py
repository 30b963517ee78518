from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.applications import queries, services
from alumni_portal.applications.forms import WRONG, ApplyForm
from alumni_portal.applications.models import ApplicationDraft, Hours, Start
from alumni_portal.applications.rules import reason_not_to_apply
from alumni_portal.applications.views import bp
from alumni_portal.applications.views.shell import strip_of
from alumni_portal.core import clock
from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.permissions import current_actor, signed_in
from alumni_portal.core.transaction import attempt
from alumni_portal.network.models import Since
from alumni_portal.network.queries import profile_of
from alumni_portal.network.queries import skills_of as skills_of_person
from alumni_portal.openings import queries as openings
from alumni_portal.openings.models import Opening
from alumni_portal.people.models import Person
from alumni_portal.people.queries import names_of, timeline

#: So many other roles stand beside the one the link names.
_OTHERS = 2
#: So many skills to tick at most.
_TICKS = 10


@bp.route("/openings/<opening_id>/apply", methods=["GET", "POST"])
@signed_in
def apply(opening_id: str) -> ResponseReturnValue:
    opening = _opening(opening_id)
    person, address = queries.reached_at(current_actor().person_id or 0)
    sent = queries.application_of(person.id, opening.id)
    if request.method == "GET" and sent is not None and sent.stage != "withdrawn":
        flash(_("Du har redan sökt den här tjänsten. Så här går det."), "info")
        return redirect(url_for("applications.status", public_id=sent.public_id), 303)
    offered, draft = _offered(opening), queries.draft_of(person.id, opening.id)
    form = _form(person, opening, offered, draft)
    if form.is_submitted():
        answer = _take(person, opening, offered, form)
        if answer is not None:
            return answer
        draft = queries.draft_of(person.id, opening.id)
    file = queries.attachment_of_draft(draft.id) if draft else None
    return _page(person, opening, offered, form, draft=draft, file=file, address=address)


def _public(public_id: str) -> Opening | None:
    found = openings.opening(public_id)
    return found if found is not None and openings.was_public(found) else None


def _opening(public_id: str) -> Opening:
    found = _public(public_id)
    if found is None:
        raise NotFound
    return found


def _offered(opening: Opening) -> list[Opening]:
    """Return the role of the link, when it is open, and some others."""
    others = [one for one in openings.open_openings(_OTHERS + 1) if one.id != opening.id]
    return [*([opening] if openings.is_open(opening) else []), *others[:_OTHERS]]


def _form(
    person: Person, opening: Opening, offered: list[Opening], draft: ApplicationDraft | None
) -> ApplyForm:
    """Return the form with what is known beforehand: a draft, or the person's own profile.

    To tick are one's own skills since the last day, then what the role asks for.
    """
    own = skills_of_person(person.id)
    asked = [one.name for one in openings.skills_of([opening.id]).get(opening.id, [])]
    if draft is not None:
        known = dict(draft.answers)
    else:
        profile = profile_of(person.id)
        now = ", ".join(filter(None, (profile.now_title, profile.now_employer)))
        known = {"now_doing": now, "learned": own[Since.SINCE_LEFT]}
    known["opening"] = opening.public_id if openings.is_open(opening) else ""
    form = ApplyForm(data=known)
    new = [one for one in asked if one not in own[Since.THEN]]
    ticks = dict.fromkeys([*own[Since.SINCE_LEFT], *known.get("learned", []), *new])
    form.offer([(one.public_id, one.title) for one in offered], list(ticks)[:_TICKS])
    return form


def _take(
    person: Person, opening: Opening, offered: list[Opening], form: ApplyForm
) -> ResponseReturnValue | None:
    """Save or send what was filled in; nothing is lost when it cannot be sent."""
    sound = form.validate()
    if "csrf_token" in form.errors:
        return None
    chosen = next((one for one in offered if one.public_id == form.opening.data), None)
    target = chosen or _public(form.opening.data or "") or opening
    keep = "draft" in request.form
    already = queries.has_applied_to(person.id, target.id)
    draft = None if already else _save(person, target, form)
    if keep and draft is not None and not form.attachment.errors:
        flash(_("Utkastet är sparat. Det finns kvar i 30 dagar."), "ok")
        return redirect(url_for("applications.apply", opening_id=target.public_id), 303)
    if sound and not keep and not form.attachment.errors:
        return _send(person, target, form)
    return None


def _save(person: Person, opening: Opening, form: ApplyForm) -> ApplicationDraft:
    draft = services.save_draft(person, opening, form.as_it_stands(), by=current_actor())
    if "drop_file" in request.form:
        services.detach(draft)
    file = request.files.get(form.attachment.name)
    if file is not None and file.filename:
        with form.attempt():
            services.attach(draft, file.filename, file.read())
    return draft


def _send(person: Person, opening: Opening, form: ApplyForm) -> ResponseReturnValue | None:
    answers = services.Answers(
        can_begin=Start(form.can_begin.data),
        hours=Hours(form.hours.data),
        now_doing=form.now_doing.data or "",
        learned=form.learned_words(),
        why=form.why.data or "",
        history_wrong=(form.history_wrong.data or "") if form.history.data == WRONG else "",
    )
    try:
        with attempt():
            sent, is_new = services.submit(person, opening, answers, by=current_actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    if is_new:
        flash(_("Ansökan är skickad. Kvittot ligger i din mejl."), "ok")
    else:
        flash(_("Ansökan var redan skickad. Den räknas en gång."), "info")
    return redirect(url_for("applications.status", public_id=sent.public_id), 303)


def _page(
    person: Person,
    opening: Opening,
    offered: list[Opening],
    form: ApplyForm,
    **more: object,
) -> str:
    periods = timeline(person.id)
    times = [(one.begins_on, one.ends_on) for one in periods]
    readers = names_of([one for one in (opening.recruiter_id, opening.manager_id) if one])
    return render_template(
        "applications/apply.html",
        form=form,
        opening=opening,
        is_open=openings.is_open(opening),
        offered=offered,
        not_now=reason_not_to_apply(times, today=clock.today()),
        periods=list(reversed(periods)),
        strip=strip_of(periods),
        person=person,
        readers=readers,
        **more,
    )
