"""Reads about newsletters: drafts and sent ones, the archive, pictures."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import case, distinct, func, select

from alumni_portal.accounts.queries import holders_of
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.paging import Page, page
from alumni_portal.core.permissions import Role
from alumni_portal.mail import queries as mail
from alumni_portal.mail.models import Delivery, DeliveryState, Mailing
from alumni_portal.newsletters.models import (
    LinkCheck,
    Newsletter,
    NewsletterState,
    Picture,
    Tester,
)
from alumni_portal.newsletters.queries.archive import archived, archived_one, latest, sent_among
from alumni_portal.newsletters.queries.moving import pace_of
from alumni_portal.newsletters.queries.outcomes import Outcome, outcome
from alumni_portal.newsletters.queries.picks import Listed, events_of, listed, offered, openings_of
from alumni_portal.newsletters.queries.silence import asks_for, got_another, silence
from alumni_portal.newsletters.rules import (
    FRESH,
    HELD,
    KINDS,
    LANGUAGES,
    NAMES,
    ONLY,
    WAITING,
    Kind,
    differences,
)
from alumni_portal.people.models import Employment, Person, Unit

__all__ = [
    "HELD",
    "KINDS",
    "LANGUAGES",
    "NAMES",
    "ONLY",
    "Kind",
    "Listed",
    "Outcome",
    "Sent",
    "archived",
    "archived_one",
    "asks_for",
    "differences",
    "events_of",
    "got_another",
    "latest",
    "listed",
    "newsletter",
    "offered",
    "openings_of",
    "outcome",
    "pace_of",
    "sent_among",
    "silence",
]

#: As many letters as are listed beside a segment.
_SHOWN_LETTERS = 20


@dataclass(frozen=True)
class Sent:
    """A sent newsletter with its mailing, or with that of its reminder."""

    newsletter: Newsletter
    mailing: Mailing
    progress: mail.Progress
    #: Its reminder, if one was sent.
    reminder: "Sent | None" = None

    @property
    def is_reminder(self) -> bool:
        """Say whether it is the copy to those who had not answered."""
        return self.mailing.id == self.newsletter.reminder_id

    @property
    def cancelled_at(self) -> datetime | None:
        """Return when the mailing was broken off."""
        one = self.newsletter
        return one.reminder_cancelled_at if self.is_reminder else one.cancelled_at

    @property
    def which(self) -> dict[str, str]:
        """Return what stands in addresses of pages about this mailing."""
        return {"of": "reminder"} if self.is_reminder else {}


def newsletter(public_id: str) -> Newsletter | None:
    """Return the newsletter with this public id."""
    return db.session.scalar(select(Newsletter).where(Newsletter.public_id == public_id))


def drafts() -> list[Newsletter]:
    """Return the newsletters not sent yet, latest changed first."""
    query = select(Newsletter).where(Newsletter.state == NewsletterState.DRAFT)
    return list(db.session.scalars(query.order_by(Newsletter.updated_at.desc(), Newsletter.id)))


def waiting_ones() -> list[Newsletter]:
    """Return the newsletters that are planned or wait for an answer, soonest first."""
    query = select(Newsletter).where(Newsletter.state.in_(WAITING))
    return list(db.session.scalars(query.order_by(Newsletter.planned_at, Newsletter.id)))


def letters_to(segment_id: int) -> list[Newsletter]:
    """Return the latest newsletters that go or went to a segment, what is not sent yet first."""
    to_come = case((Newsletter.state.in_(WAITING), 0), (Newsletter.sent_at.is_(None), 1), else_=2)
    query = select(Newsletter).where(Newsletter.segment_id == segment_id)
    query = query.order_by(to_come, Newsletter.updated_at.desc(), Newsletter.id)
    return list(db.session.scalars(query.limit(_SHOWN_LETTERS)))


def waiting(since: datetime) -> tuple[int, int, int]:
    """Return how many drafts there are, how many letters since then missed some, how many are held.

    One statement: it stands on everybody's start page.
    """
    unsent = select(func.count()).where(Newsletter.state == NewsletterState.DRAFT)
    lost = (
        select(func.count(distinct(Newsletter.id)))
        .join(Delivery, Delivery.mailing_id == Newsletter.mailing_id)
        .where(
            Newsletter.sent_at >= since,
            Delivery.state.in_([DeliveryState.FAILED, DeliveryState.UNCERTAIN]),
        )
    )
    held = select(func.count()).where(Newsletter.state == NewsletterState.HELD)
    row = db.session.execute(
        select(
            unsent.scalar_subquery().label("drafts"),
            lost.scalar_subquery().label("lost"),
            held.scalar_subquery().label("held"),
        )
    ).one()
    return row.drafts, row.lost, row.held


def sent(
    *, after: str | None = None, before: str | None = None, size: int = 20
) -> Page[Newsletter]:
    """Return one page of the sent newsletters, latest sent first: that mailing was begun last."""
    query = select(Newsletter).where(Newsletter.state == NewsletterState.SENT)
    found = page(
        query,
        [-Newsletter.mailing_id],
        lambda row: [-row.Newsletter.mailing_id],
        after=after,
        before=before,
        size=size,
    )
    return Page([row.Newsletter for row in found.rows], found.next, found.previous)


def with_progress(newsletters: Collection[Newsletter]) -> list[Sent]:
    """Return sent newsletters with how far their mailings are, and those of their reminders."""
    both = [(one.mailing_id, one.reminder_id) for one in newsletters]
    ids = [each for pair in both for each in pair if each]
    mailings = {
        one.id: one for one in db.session.scalars(select(Mailing).where(Mailing.id.in_(ids)))
    }
    progress = mail.progress_of(ids)

    def found(one: Newsletter, which: int | None) -> Sent | None:
        return Sent(one, mailings[which], progress[which]) if which else None

    return [
        replace(sent, reminder=found(one, one.reminder_id))
        for one in newsletters
        if (sent := found(one, one.mailing_id))
    ]


def reminder_of(newsletter: Newsletter) -> Sent | None:
    """Return the reminder of a newsletter with how far it is, if one was sent."""
    if newsletter.reminder_id is None:
        return None
    mailing = db.session.get_one(Mailing, newsletter.reminder_id)
    return Sent(newsletter, mailing, mail.progress(mailing.id))


def last_units(person_id: int | None = None) -> dict[int, str]:
    """Return where people last worked, by person; of one person or of everybody."""
    query = select(Employment.person_id, Unit.name).join(Unit, Unit.id == Employment.unit_id)
    if person_id is not None:
        query = query.where(Employment.person_id == person_id)
    rows = db.session.execute(query.order_by(Employment.begins_on, Employment.id))
    return {row.person_id: row.name for row in rows}


def link_checks(urls: Collection[str], *, fresh: bool = True) -> dict[str, LinkCheck]:
    """Return what is known of links; `fresh` only what was found lately."""
    query = select(LinkCheck).where(LinkCheck.url.in_(list(urls)))
    if fresh:
        query = query.where(LinkCheck.checked_at > clock.now() - FRESH)
    return {one.url: one for one in db.session.scalars(query)}


def testers() -> list[Person]:
    """Return the colleagues whom newsletters are tried on, by name."""
    query = select(Person).join(Tester, Tester.person_id == Person.id)
    return list(db.session.scalars(query.order_by(Person.sort_key)))


def possible_testers() -> list[Person]:
    """Return everybody at HR with an account, by name."""
    found = {one.id: one for role in (Role.HR, Role.HR_LEAD) for one in holders_of(role)}
    return sorted(found.values(), key=lambda one: one.sort_key)


def picture(public_id: str) -> Picture | None:
    """Return a picture with its data."""
    return db.session.scalar(select(Picture).where(Picture.public_id == public_id))


def has_picture(newsletter_id: int, public_id: str) -> bool:
    """Say whether a picture belongs to a newsletter."""
    query = select(Picture.id).where(
        Picture.newsletter_id == newsletter_id, Picture.public_id == public_id
    )
    return db.session.scalar(query) is not None
