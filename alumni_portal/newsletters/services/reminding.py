"""A newsletter once more, to those who got it and have done nothing of what it asks for."""

from dataclasses import dataclass, replace

from sqlalchemy import select

from alumni_portal.accounts.queries import holders_of
from alumni_portal.audiences import queries as audiences
from alumni_portal.audiences.queries import Member
from alumni_portal.consents.models import Purpose
from alumni_portal.core import audit, clock, language
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.night import NIGHT
from alumni_portal.core.permissions import Actor, Role
from alumni_portal.core.text import lazy as _l
from alumni_portal.mail import queries as mail_queries
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import Mailing
from alumni_portal.newsletters import emails, queries
from alumni_portal.newsletters.models import Newsletter
from alumni_portal.newsletters.rules import (
    MANY,
    Kind,
    Silent,
    is_time_to_remind,
)
from alumni_portal.newsletters.services.rendering import edition
from alumni_portal.newsletters.services.sending import recipients_of, wanted_by

REMINDER = "newsletters/reminder"
_NOBODY = _l("Det finns ingen att påminna.")


@dataclass(frozen=True)
class Reminder:
    """Who would be reminded of a newsletter, or why nobody can be."""

    asked: set[Kind]
    silent: Silent
    members: list[Member]
    why_not: object = None
    #: How many of the silent have had another letter within a month.
    spared: int = 0

    @property
    def is_nobody_left(self) -> bool:
        """Say whether a reminder could go, but to nobody."""
        return self.why_not is _NOBODY

    @property
    def left_out(self) -> int:
        """Return how many have not answered and get no such letters any more."""
        return len(self.silent.people) - len(self.members) - self.spared


def reminder_for(newsletter: Newsletter) -> Reminder:
    """Return who would be reminded now: consent, pause and address are asked again.

    A reminder is the same letter once more, not another one. Who has had another letter within a
    month is spared, so that nobody gets more in a month than one letter and its reminder.
    """
    asked = queries.asks_for(newsletter)
    silent = queries.silence(newsletter, asked)
    may_get = audiences.members(wanted_by(newsletter), Purpose.NEWSLETTER, newsletter.topic)
    could = [one for one in may_get if one.person_id in silent.people]
    spared = queries.got_another(newsletter) if could else set()
    members = [one for one in could if one.person_id not in spared]
    why_not = _why_not(newsletter, asked, members)
    return Reminder(asked, silent, members, why_not, len(could) - len(members))


def may_remind(newsletter: Newsletter) -> bool:
    """Say whether a reminder is worth a look: in time, not sent, something to answer to."""
    content = newsletter.content
    refs = content.refs(Kind.EVENTS) + content.refs(Kind.OPENINGS)
    return bool(refs) and _not_now(newsletter) is None


def _why_not(newsletter: Newsletter, asked: set[Kind], members: list[Member]) -> object | None:
    if (why := _not_now(newsletter)) is not None:
        return why
    if mail_queries.is_open(newsletter.mailing_id or 0):
        return _l("Brevet är inte färdigskickat än.")
    if not asked:
        return _l("I brevet finns ingen träff att svara på och inget jobb som är öppet.")
    return None if members else _NOBODY


def _not_now(newsletter: Newsletter) -> object | None:
    if newsletter.reminder_id is not None:
        return _l("En påminnelse har redan gått. Den går högst en gång per brev.")
    if newsletter.cancelled_at is not None:
        return _l("Utskicket är avbrutet.")
    if newsletter.sent_at is None or not is_time_to_remind(newsletter.sent_at, clock.now()):
        return _l("En påminnelse går tidigast tre dagar och senast trettio dagar efter brevet.")
    return None


def remind(newsletter: Newsletter, *, expected: int | None, by: Actor) -> Mailing:
    """Send a newsletter once more to those who have not answered, and return the new mailing.

    In the evening and at night it waits for the morning, and can be stopped until then.

    `expected` is the number that was said yes to. Raises Conflict when it is another number by
    now, and Refusal when nobody can be reminded (any more).
    """
    held = select(Newsletter.id).where(Newsletter.id == newsletter.id).with_for_update()
    db.session.execute(held)
    db.session.refresh(newsletter)
    found = reminder_for(newsletter)
    if found.why_not is not None:
        raise Refusal(found.why_not)
    number = len(found.members)
    if expected is not None and expected != number:
        raise Conflict(
            _l("Antalet har ändrats: nu får %(n)s brevet. Läs igen och skicka.", n=number)
        )
    mailing = mail.begin(
        kind=REMINDER,
        ref=newsletter.public_id,
        purpose=Purpose.NEWSLETTER,
        editions=[_edition(newsletter, one) for one in newsletter.content.languages],
        recipients=recipients_of(newsletter, found.members),
        by=by,
        about=newsletter.topic,
        quiet=NIGHT,
    )
    newsletter.reminder_id = mailing.id
    audit.record("newsletter.reminded", by=by, subject=newsletter.public_id, number=number)
    if number > MANY:
        emails.tell_of_many(holders_of(Role.HR_LEAD), newsletter.title, number, by=by)
    db.session.flush()
    return mailing


def _edition(newsletter: Newsletter, spoken: str) -> mail.Edition:
    made = edition(newsletter, spoken)
    with language.spoken(spoken):
        return replace(made, subject=str(_l("Påminnelse: %(subject)s", subject=made.subject)))
