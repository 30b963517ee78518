"""A moment chosen for a newsletter: kept, given up, and what happens when it comes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from alumni_portal.accounts.access import still_may
from alumni_portal.accounts.queries import account, holders_of
from alumni_portal.core import audit, clock, jobs
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.permissions import SYSTEM, Actor, Permission, Role
from alumni_portal.core.text import lazy as _l
from alumni_portal.core.transaction import attempt
from alumni_portal.newsletters import emails
from alumni_portal.newsletters.models import Newsletter, NewsletterState
from alumni_portal.newsletters.rules import HeldWhy, holds_back, moment_of, why_not
from alumni_portal.newsletters.services.links import dead_links, links_to_see_again, states_now
from alumni_portal.newsletters.services.sending import make_ready, send

JOB = "newsletters.send_planned"
#: The links of a planned newsletter are looked at again so long before: there is time to act.
LOOK, BEFORE = "newsletters.look_before", timedelta(minutes=30)


@dataclass(frozen=True)
class Coming:
    """What became of a newsletter whose moment came."""

    state: str
    held_why: HeldWhy | None = None


def plan(newsletter: Newsletter, day: date, at: time, *, expected: int | None, by: Actor) -> None:
    """Let a newsletter go by itself at a moment of the employer's clock; planned again it moves.

    `expected` is the number of receivers that was shown for then. Raises Refusal for a moment that
    has been, does not exist, lies in the quiet hours or too far away, and when a check keeps the
    newsletter back; Conflict when it was sent meanwhile or the number is another by now.
    """
    _lock(newsletter)
    if newsletter.state is NewsletterState.SENT:
        raise Conflict(_l("Brevet är redan skickat."))
    if trouble := why_not(day, at, clock.now()):
        raise Refusal(trouble, field="at")
    moment = moment_of(day, at)
    ready = make_ready(newsletter, moment)
    if not ready.may_be_planned:
        raise Refusal(_l("Något måste rättas först. Se kontrollerna."))
    if not ready.may_be_sent:
        raise Refusal(_l("Då får ingen brevet. Välj en senare dag."), field="day")
    if expected is not None and expected != ready.audience.number:
        raise Conflict(
            _l("Antalet har ändrats: nu får %(n)s brevet. Läs igen.", n=ready.audience.number)
        )
    newsletter.state, newsletter.planned_at = NewsletterState.PLANNED, moment
    newsletter.planned_by, newsletter.held_why = by.ref, None
    _await(newsletter)
    audit.record("newsletter.planned", by=by, subject=newsletter.public_id, at=str(moment))


def _await(newsletter: Newsletter) -> None:
    db.session.flush()
    at, now = newsletter.planned_at, clock.now()
    if at is None:
        return
    key = f"newsletter:{newsletter.public_id}:{now.isoformat()}"
    args = {
        "newsletter": newsletter.public_id,
        "at": at.isoformat(),
        "links": states_now(newsletter),
    }
    jobs.enqueue(JOB, args, key=key, run_at=at)
    if args["links"] or links_to_see_again(newsletter):
        jobs.enqueue(LOOK, args, key=f"{key}:links", run_at=max(now, at - BEFORE))


def take_back(newsletter: Newsletter, *, by: Actor) -> None:
    """Make a planned or held newsletter a draft again. Raises Conflict when it was sent."""
    _lock(newsletter)
    if newsletter.state is NewsletterState.SENT:
        raise Conflict(_l("Brevet är redan skickat."))
    if newsletter.is_waiting:
        newsletter.state, newsletter.planned_at = NewsletterState.DRAFT, None
        newsletter.planned_by, newsletter.held_why = "", None
        audit.record("newsletter.unplanned", by=by, subject=newsletter.public_id)


def hold_for_links(newsletter: Newsletter, at: datetime, links_then: Mapping[str, str]) -> Coming:
    """Hold a newsletter that is about to go when one of its links has died since it was planned."""
    _lock(newsletter)
    if not _is_planned_for(newsletter, at):
        return Coming("moved")
    if not dead_links(newsletter, links_then):
        return Coming("planned")
    return _held(
        newsletter, HeldWhy.LINKS, still_may(newsletter.planned_by, Permission.NEWSLETTERS_SEND)
    )


def _is_planned_for(newsletter: Newsletter, at: datetime) -> bool:
    return newsletter.state is NewsletterState.PLANNED and newsletter.planned_at == at


def carry_out(newsletter: Newsletter, at: datetime, links_then: Mapping[str, str]) -> Coming:
    """Send a newsletter whose moment has come, or hold it and ask; moved meanwhile, do nothing.

    Late, at night, when a check says no, a link has died since it was planned (`links_then` is what
    was known of them) or its planner may not send any more: never by itself.
    """
    _lock(newsletter)
    if not _is_planned_for(newsletter, at):
        return Coming("moved")
    sender = still_may(newsletter.planned_by, Permission.NEWSLETTERS_SEND)
    why = HeldWhy.NO_SENDER if sender is None else holds_back(at, clock.now())
    if why is None and dead_links(newsletter, links_then):
        why = HeldWhy.LINKS
    if sender is not None and why is None:
        try:
            with attempt():
                send(newsletter, expected=None, by=sender)
                return Coming("sent")
        except Refusal:
            why = HeldWhy.NOT_READY
    return _held(newsletter, why, sender)


def _held(newsletter: Newsletter, why: HeldWhy | None, sender: Actor | None) -> Coming:
    newsletter.state, newsletter.held_why = NewsletterState.HELD, why
    db.session.flush()
    audit.record("newsletter.held", by=SYSTEM, subject=newsletter.public_id, why=str(why))
    _ask(newsletter, sender)
    return Coming("held", why)


def _ask(newsletter: Newsletter, sender: Actor | None) -> None:
    found = account(newsletter.planned_by) if sender else None
    emails.ask_about_held([found.person] if found else holders_of(Role.HR_LEAD), newsletter)


def _lock(newsletter: Newsletter) -> None:
    db.session.execute(
        select(Newsletter.id).where(Newsletter.id == newsletter.id).with_for_update()
    )
    db.session.refresh(newsletter)
