"""Letters on their way: one that is planned, one that goes by and by, one that was stopped."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select, update

from alumni_portal.audiences import queries as audiences
from alumni_portal.audiences.models import Segment
from alumni_portal.consents.models import Purpose
from alumni_portal.core import clock, jobs
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Actor, Role
from alumni_portal.demo.issues import UNDERWAY, Issue
from alumni_portal.demo.newsletters import deliveries, letter, sent_at
from alumni_portal.demo.rows import add, public_id
from alumni_portal.demo.sundmark import Sundmark
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import Delivery, DeliveryState, Mailing, MailingState
from alumni_portal.newsletters.models import Newsletter, NewsletterState
from alumni_portal.newsletters.services import ISSUE, PLANNED
from alumni_portal.newsletters.services.rendering import edition
from alumni_portal.newsletters.services.sending import quiet_hours, recipients_of

_BLOCKED = "554 5.7.1 Sender blocked, see the postmaster's page"
#: What is known of a copy that went, or never will.
_ENDED = ("state", "why", "attempts", "first_try_at", "ended_at", "outcome")
#: So far apart go those of the letter that is on its way.
_APART = timedelta(minutes=3)


def seed(found: Sundmark, chance: Random) -> None:
    """Write the three, sent and planned as HR does it."""
    by, now = found.actor("maria", Role.HR), clock.now()
    going, stopped, planned = UNDERWAY
    _stop(_begun(stopped, "I Malmö och Lund", now, by, chance, share=0.4))
    _begun(going, "Intresserade av elnät", now, by, chance, share=0.7)
    at = (now + timedelta(days=3)).replace(hour=8, minute=0, second=0, microsecond=0)
    row = letter(planned, public_id(chance), None, now, by.ref)
    row |= {"state": NewsletterState.PLANNED, "planned_at": at, "planned_by": by.ref}
    add(Newsletter, [{**row, "sent_at": None}])
    jobs.enqueue(PLANNED, {"newsletter": row["public_id"], "at": at.isoformat()}, run_at=at)


def _begun(
    one: Issue, segment: str, now: datetime, by: Actor, chance: Random, *, share: float
) -> Mailing:
    """Send a letter as HR does and let a share of it have gone; the rest goes by and by."""
    ref = public_id(chance)
    whom = db.session.scalars(select(Segment).where(Segment.name == segment)).one()
    members = audiences.resolve(whom.wanted, Purpose.NEWSLETTER).recipients
    add(Newsletter, [letter(one, ref, None, now, by.ref) | {"segment_id": whom.id}])
    newsletter = db.session.scalars(select(Newsletter).where(Newsletter.public_id == ref)).one()
    rows = deliveries(0, one, members, now, chance)
    chosen = {row["person_id"] for row in rows}
    mailing = mail.begin(
        kind=ISSUE,
        ref=ref,
        purpose=Purpose.NEWSLETTER,
        editions=[edition(newsletter, spoken) for spoken in newsletter.content.languages],
        recipients=recipients_of(newsletter, [m for m in members if m.person_id in chosen]),
        by=by,
        quiet=quiet_hours(),
    )
    newsletter.mailing_id, mailing.created_at = mailing.id, sent_at(one, now)
    gone = int(len(rows) * share)
    for row in rows[:gone]:
        _change(mailing, row["person_id"], {name: row[name] for name in _ENDED}, sealed=None)
    for place, row in enumerate(rows[gone:]):
        _change(mailing, row["person_id"], {"next_try_at": now + place * _APART})
    return mailing


def _change(mailing: Mailing, person_id: int, known: dict[str, Any], **more: object) -> None:
    db.session.execute(
        update(Delivery)
        .where(Delivery.mailing_id == mailing.id, Delivery.person_id == person_id)
        .values(**known, **more)
    )


def _stop(mailing: Mailing) -> None:
    """Let the relay have refused everybody: what is left goes when HR goes on."""
    mailing.state, mailing.trouble = MailingState.PAUSED, _BLOCKED
    db.session.execute(
        update(Delivery)
        .where(Delivery.mailing_id == mailing.id, Delivery.state == DeliveryState.QUEUED)
        .values(next_try_at=clock.now())
    )
