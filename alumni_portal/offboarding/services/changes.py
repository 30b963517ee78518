"""Things move: another last day, a withdrawn notice, another ground, a death, an end."""

from datetime import date

from sqlalchemy import update

from alumni_portal.consents import services as consents
from alumni_portal.core import audit, clock, facts
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.permissions import SYSTEM, Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.mail import services as mail
from alumni_portal.offboarding import emails
from alumni_portal.offboarding.facts import CaseCancelled, CaseClosed, LastDayMoved
from alumni_portal.offboarding.models import (
    Anchor,
    Case,
    CaseEvent,
    CaseKind,
    CaseState,
    CaseTask,
    LeaverLink,
    TaskOwner,
    What,
)
from alumni_portal.offboarding.queries import cases as queries
from alumni_portal.offboarding.queries import links
from alumni_portal.offboarding.rules.case_kinds import kind_of, may_move
from alumni_portal.offboarding.rules.case_template import keys_of, steps_of
from alumni_portal.offboarding.rules.due_dates import Offset, Span, due_on
from alumni_portal.offboarding.services.history import note
from alumni_portal.offboarding.services.opening import row_of
from alumni_portal.offboarding.services.revoking import revoke_invitations, revoke_links
from alumni_portal.people import services as people
from alumni_portal.people.facts import EmploymentEnded, PersonDied
from alumni_portal.people.models import ExitGround

_AFTER_A_DEATH = "death"


def span_of(case: Case) -> Span:
    """Return the days that a case's due dates follow."""
    return Span(case.notice_on, case.last_day, case.opened_on)


def check_open(case: Case) -> None:
    """Raise Conflict when a case is no longer open: somebody else ended it meanwhile."""
    if not case.is_open:
        raise Conflict(_l("Ärendet är inte öppet längre. Ladda om sidan för att se vad som hänt."))


def check_reachable(case: Case) -> None:
    """Raise Conflict when there is no leaver to hear from: the notice was withdrawn, or a death."""
    if case.state is CaseState.CANCELLED or case.is_about_death:
        raise Conflict(_l("Ärendet gäller inte längre. Hör av dig till HR om du undrar något."))


def move_last_day(
    case: Case,
    *,
    ends_on: date,
    notice_on: date | None,
    ground: ExitGround | None,
    by: Actor,
) -> None:
    """Set another last day, notice or ground; tasks, links and invitation follow, and a letter.

    Raises Refusal when it ends before it begins, Conflict when the case is over.
    """
    check_open(case)
    if ground is ExitGround.DEATH:
        raise Refusal(_l("Ett dödsfall registreras för sig."), field="ground")
    if ends_on < case.employment.begins_on:
        raise Refusal(_l("Sista dagen kan inte ligga före första dagen."), field="ends_on")
    if notice_on is not None and notice_on > ends_on:
        raise Refusal(_l("Uppsägningen kan inte komma efter sista dagen."), field="notice_on")
    before = case.last_day
    _take_over(case, ends_on, notice_on, ground, by=by)
    people.end_employment(
        case.employment, ends_on=ends_on, notice_on=notice_on, ground=ground, by=by
    )
    if ends_on != before:
        link = links.live_link_of(case.id)
        if link is not None and link.sent_at is not None:
            emails.dates_moved(case, link.address, before=before)


def _take_over(
    case: Case, ends_on: date, notice_on: date | None, ground: ExitGround | None, *, by: Actor
) -> None:
    kind = case.kind if case.is_about_death else kind_of(ground)
    if kind is not case.kind:
        _change_kind(case, kind, by=by)
    has_moved = ends_on != case.last_day
    case.last_day = ends_on
    case.notice_on = min(notice_on or case.notice_on, ends_on)
    _follow_dates(case)
    if has_moved:
        _extend_links(case)
        _take_back_invitation(case)
        note(case, What.LAST_DAY_MOVED, by=by, detail=ends_on.isoformat())
        audit.record("case.moved", by=by, subject=case.public_id, ends=ends_on.isoformat())
    db.session.flush()
    if has_moved:
        facts.state(LastDayMoved((case.id,)))


def _extend_links(case: Case) -> None:
    db.session.execute(
        update(LeaverLink)
        .where(LeaverLink.case_id == case.id)
        .values(expires_at=links.closes_at(case.last_day))
    )


def _follow_dates(case: Case) -> None:
    """Move what is left to do, unless a person has set its date."""
    span = span_of(case)
    for task in case.tasks:
        if task.is_left and task.anchor is not Anchor.FIXED:
            offset = Offset(task.offset_days, task.offset_months)
            task.due_on = due_on(task.anchor, offset, span)


def _take_back_invitation(case: Case) -> None:
    """End an invitation sent before the last day moved on; it is sent anew after that day."""
    if case.last_day < clock.today():
        return
    revoke_invitations([case.person_id])
    for wish in links.wishes_of(case.person_id):
        wish.asked_at = wish.reminded_at = None


def _change_kind(case: Case, kind: CaseKind, *, by: Actor, span: Span | None = None) -> None:
    """Let another list apply: what only the old one had goes unless done, the new one's comes."""
    case.kind = kind
    wanted = keys_of(kind)
    for task in [t for t in case.tasks if t.key and t.key not in wanted and t.is_left]:
        db.session.execute(
            update(CaseEvent).where(CaseEvent.task_id == task.id).values(task_id=None)
        )
        db.session.delete(task)
        case.tasks.remove(task)
    known = {task.key for task in case.tasks}
    for position, step in enumerate(steps_of(kind)):
        if step.key not in known:
            case.tasks.append(CaseTask(**row_of(step, position, span or span_of(case))))
    note(case, What.KIND_CHANGED, by=by)
    db.session.flush()


def withdraw_notice(case: Case, *, by: Actor) -> None:
    """Note that the person stays: no last day, no links, no wishes, a letter to the leaver.

    Raises Conflict when the case is over.
    """
    check_open(case)
    link = links.live_link_of(case.id)
    _cancel(case, by=by)
    people.end_employment(case.employment, ends_on=None, notice_on=None, ground=None, by=by)
    if link is not None and link.sent_at is not None:
        emails.notice_withdrawn(case, link.address)


def _cancel(case: Case, *, by: Actor) -> None:
    case.state, case.ended_at = CaseState.CANCELLED, clock.now()
    _silence(case, by=by)
    note(case, What.CANCELLED, by=by)
    db.session.flush()
    audit.record("case.cancelled", by=by, subject=case.public_id)
    facts.state(CaseCancelled((case.id,)))


def _silence(case: Case, *, by: Actor) -> None:
    """Close every door that a mailed link opens, and forget what was only wished."""
    revoke_links(case)
    revoke_invitations([case.person_id])
    consents.wish(case.person, [], language=case.person.language, by=by)


def close_case(case: Case, *, by: Actor) -> None:
    """End a case after the last day. Raises Refusal before it, Conflict when it is over."""
    check_open(case)
    if clock.today() <= case.last_day and not case.is_about_death:
        raise Refusal(_l("Ärendet kan avslutas när sista dagen har passerat."))
    case.state, case.ended_at = CaseState.CLOSED, clock.now()
    note(case, What.CLOSED, by=by)
    db.session.flush()
    audit.record("case.closed", by=by, subject=case.public_id)
    facts.state(CaseClosed((case.id,)))


def reopen_case(case: Case, *, by: Actor) -> None:
    """Open a finished case again. Raises Conflict when it cannot be."""
    if not may_move(case.state, CaseState.OPEN):
        raise Conflict(_l("Ärendet kan inte öppnas igen."))
    case.state, case.ended_at = CaseState.OPEN, None
    note(case, What.REOPENED, by=by)
    audit.record("case.reopened", by=by, subject=case.public_id)
    db.session.flush()


def note_death(case: Case, *, on: date, by: Actor) -> None:
    """Note that the leaver has died: HR's own short list is left, every letter stops.

    Raises Refusal for a day to come.
    """
    if on > clock.today():
        raise Refusal(_l("Dagen kan inte ligga i framtiden."), field="died_on")
    people.note_death(case.person, on=on, by=by)


def after_death(fact: PersonDied) -> None:
    """React to a death: cases become HR's own short list, nothing is sent any more."""
    mail.drop_waiting_for(fact.person_ids, "died")
    revoke_invitations(list(fact.person_ids))
    for case in queries.open_cases_of_people(fact.person_ids):
        _silence(case, by=SYSTEM)
        if not case.is_about_death:
            _leave_to_hr(case, case.person.died_on or clock.today())
        note(case, What.DIED, by=SYSTEM)
    db.session.flush()


def _leave_to_hr(case: Case, died_on: date) -> None:
    """End the employment with the death; HR's list counts from there, nothing on it is late."""
    case.last_day = min(case.last_day, died_on)
    case.notice_on = min(case.notice_on, case.last_day)
    for task in case.tasks:
        if task.is_left and not task.key and task.owner is not TaskOwner.HR:
            task.skipped_at, task.skipped_by = clock.now(), SYSTEM.ref
            task.skip_reason = _AFTER_A_DEATH
    span = Span(case.notice_on, case.last_day, clock.today())
    _change_kind(case, CaseKind.DEATH, by=SYSTEM, span=span)
    employment = case.employment
    if employment.ends_on is not None and case.last_day < employment.ends_on:
        people.end_employment(
            employment,
            ends_on=max(case.last_day, employment.begins_on),
            notice_on=employment.notice_on,
            ground=ExitGround.DEATH,
            by=SYSTEM,
        )


def after_employments_ended(fact: EmploymentEnded) -> None:
    """React to a last day that was set elsewhere (import): the case follows, without a letter."""
    for case in queries.open_cases_of(fact.employment_ids):
        employment = case.employment
        if employment.ends_on is None:
            _cancel(case, by=SYSTEM)
        elif _differs(case):
            _take_over(
                case, employment.ends_on, employment.notice_on, employment.exit_ground, by=SYSTEM
            )


def _differs(case: Case) -> bool:
    employment = case.employment
    notice = employment.notice_on or case.notice_on
    has_other_kind = not case.is_about_death and kind_of(employment.exit_ground) is not case.kind
    return (
        has_other_kind
        or employment.ends_on != case.last_day
        or min(notice, case.last_day) != case.notice_on
    )
