"""A newsletter that was sent: broken off, sent to those it missed, used as a beginning."""

from datetime import datetime, timedelta

from sqlalchemy import insert, select

from alumni_portal.audiences.queries import Member
from alumni_portal.bounces import services as bounces
from alumni_portal.bounces.models import Outcome
from alumni_portal.bounces.queries import who_came_back
from alumni_portal.core import audit, clock, jobs
from alumni_portal.core.db import db, new_public_id
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.mail import queries as mail_queries
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import DeliveryState, Mailing, MailingState
from alumni_portal.newsletters.models import Newsletter, Picture
from alumni_portal.newsletters.rules import STILL_NEWS
from alumni_portal.newsletters.services.sending import audience_of, recipients_of, tell_if_many

FINISH = "newsletters.finish_cancelled"
_SOON = timedelta(minutes=2)


def cancel(newsletter: Newsletter, *, of_reminder: bool = False, by: Actor) -> int:
    """Break a newsletter's mailing off, or its reminder, and return how many do not get it."""
    mailing = _mailing(newsletter, of_reminder=of_reminder)
    if _is_over(mailing):
        raise Refusal(_l("Utskicket är redan klart. Det finns inget att avbryta."))
    number = mail.cancel(mailing, by=by)
    if of_reminder:
        newsletter.reminder_cancelled_at = newsletter.reminder_cancelled_at or clock.now()
    else:
        newsletter.cancelled_at = newsletter.cancelled_at or clock.now()
    audit.record("newsletter.cancelled", by=by, subject=newsletter.public_id, number=number)
    if not _is_over(mailing):
        args = {"newsletter": newsletter.public_id, "reminder": of_reminder}
        jobs.enqueue(FINISH, args, run_at=clock.now() + _SOON)
    db.session.flush()
    return number


def finish_cancelled(newsletter: Newsletter, *, of_reminder: bool = False, by: Actor) -> bool:
    """End what came back to a mailing after it was broken off; say whether it is over now."""
    mailing = _mailing(newsletter, of_reminder=of_reminder)
    if _cancelled_at(newsletter, of_reminder=of_reminder) is not None:
        mail.cancel(mailing, by=by)
    return _is_over(mailing)


def _cancelled_at(newsletter: Newsletter, *, of_reminder: bool) -> datetime | None:
    return newsletter.reminder_cancelled_at if of_reminder else newsletter.cancelled_at


def missed(newsletter: Newsletter) -> tuple[list[Member], list[Member]]:
    """Return those who may get a newsletter now and have not: whom it failed, and who is new.

    It failed those, too, whose copies bounced after they had been handed over.
    """
    audience = audience_of(newsletter).recipients
    mailing_id = newsletter.mailing_id or 0
    states = mail_queries.states_of(mailing_id)
    lost = set(db.session.scalars(who_came_back(mailing_id, Outcome.BOUNCED)))
    lost |= {one for one, state in states.items() if state is DeliveryState.FAILED}
    failed = [one for one in audience if one.person_id in lost]
    new = [one for one in audience if states.get(one.person_id) in {None, DeliveryState.SKIPPED}]
    return failed, new


def send_again(newsletter: Newsletter, *, to_new: bool, by: Actor) -> int:
    """Send a newsletter to those it failed, or to those who match only now; return how many.

    Raises Refusal when it is too old, was broken off, or there is nobody.
    """
    if newsletter.cancelled_at is not None:
        raise Refusal(_l("Utskicket är avbrutet."))
    if not can_be_sent_again(newsletter):
        raise Refusal(_l("Brevet är för gammalt för att skickas igen. Gör ett nytt av det."))
    failed, new = missed(newsletter)
    chosen = new if to_new else failed
    number = bounces.send_again(_mailing(newsletter), recipients_of(newsletter, chosen), by=by)
    if not number:
        raise Refusal(_l("Det finns ingen att skicka till."))
    tell_if_many(newsletter, number, by=by)
    return number


def can_be_sent_again(newsletter: Newsletter) -> bool:
    """Say whether a sent newsletter is still news."""
    at = newsletter.sent_at
    return at is not None and newsletter.cancelled_at is None and clock.now() - at < STILL_NEWS


def duplicate(newsletter: Newsletter, *, by: Actor) -> Newsletter:
    """Return a new draft that says what a newsletter says, with pictures of its own."""
    copied = {
        one.public_id: new_public_id()
        for one in db.session.scalars(select(Picture).where(Picture.newsletter_id == newsletter.id))
    }
    stored = dict(newsletter.stored)
    stored["blocks"] = [
        {**block, "picture": copied.get(block["picture"], "")} for block in stored["blocks"]
    ]
    title = str(_l("%(title)s, kopia", title=newsletter.title))[:200]
    made = Newsletter(
        title=title,
        stored=stored,
        segment_id=newsletter.segment_id,
        changed_by=by.ref,
    )
    made.topic, made.spares_recent = newsletter.topic, newsletter.spares_recent
    made.reply_to = newsletter.reply_to
    db.session.add(made)
    db.session.flush()
    _copy_pictures(copied, made)
    audit.record("newsletter.duplicated", by=by, subject=made.public_id)
    return made


def _copy_pictures(copied: dict[str, str], made: Newsletter) -> None:
    for known in db.session.scalars(select(Picture).where(Picture.public_id.in_(list(copied)))):
        row = {
            "public_id": copied[known.public_id],
            "newsletter_id": made.id,
            "mime": known.mime,
            "width": known.width,
            "height": known.height,
            "data": known.data,
            "created_at": clock.now(),
        }
        db.session.execute(insert(Picture).values(**row))


def _mailing(newsletter: Newsletter, *, of_reminder: bool = False) -> Mailing:
    which = newsletter.reminder_id if of_reminder else newsletter.mailing_id
    return db.session.get_one(Mailing, which)


def _is_over(mailing: Mailing) -> bool:
    return mailing.state is MailingState.FINISHED
