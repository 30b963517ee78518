"""The archive: which sent letters somebody may read there."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, true

from alumni_portal.core.db import db
from alumni_portal.core.paging import Page, page
from alumni_portal.core.permissions import Actor, Permission
from alumni_portal.mail.models import Delivery, DeliveryState
from alumni_portal.newsletters.models import Newsletter, NewsletterState

#: Whose copy stands like this has the letter, or may have it.
_GOT = (DeliveryState.SENT, DeliveryState.UNCERTAIN)


def archived(
    reader: Actor, *, after: str | None = None, before: str | None = None
) -> Page[Newsletter]:
    """Return one page of the sent letters that a reader may read, latest sent first."""
    query = select(Newsletter).where(Newsletter.state == NewsletterState.SENT, _may_read(reader))
    found = page(
        query,
        [-Newsletter.mailing_id],
        lambda row: [-row.Newsletter.mailing_id],
        after=after,
        before=before,
        size=20,
    )
    return Page([row.Newsletter for row in found.rows], found.next, found.previous)


def archived_one(public_id: str, reader: Actor) -> Newsletter | None:
    """Return a sent letter, if a reader may read it."""
    query = select(Newsletter).where(
        Newsletter.public_id == public_id,
        Newsletter.state == NewsletterState.SENT,
        _may_read(reader),
    )
    return db.session.scalar(query)


def sent_among(public_ids: Collection[str]) -> set[str]:
    """Return which of these letters (public ids) are sent."""
    query = select(Newsletter.public_id).where(
        Newsletter.public_id.in_(list(public_ids)), Newsletter.state == NewsletterState.SENT
    )
    return set(db.session.scalars(query))


def latest(since: datetime, reader: Actor) -> Newsletter | None:
    """Return the newest letter sent after a moment that a reader may read."""
    query = select(Newsletter).where(
        Newsletter.state == NewsletterState.SENT, Newsletter.sent_at >= since, _may_read(reader)
    )
    return db.session.scalar(query.order_by(Newsletter.sent_at.desc()).limit(1))


def _may_read(reader: Actor) -> ColumnElement[bool]:
    """Return the condition that somebody may read a letter: what went to a segment is its own.

    Who writes letters reads them all.
    """
    if reader.may(Permission.NEWSLETTERS_DRAFT):
        return true()
    got = select(Delivery.mailing_id).where(
        Delivery.person_id == (reader.person_id or 0), Delivery.state.in_(_GOT)
    )
    return or_(
        Newsletter.segment_id.is_(None),
        Newsletter.shown_to_all,
        Newsletter.mailing_id.in_(got),
        Newsletter.reminder_id.in_(got),
    )
