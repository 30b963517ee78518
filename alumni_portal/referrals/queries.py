"""Reads about tips. Names and addresses are only those of people who said yes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from alumni_portal.applications.models import Applicant, Application
from alumni_portal.core import clock, paging, tokens
from alumni_portal.core.asking import once_per_page
from alumni_portal.core.db import db
from alumni_portal.core.paging import Page
from alumni_portal.mail.queries import canonical, is_suppressed
from alumni_portal.openings.models import Opening, OpeningState
from alumni_portal.people.models import EmailAddress, Person
from alumni_portal.people.queries import is_employed
from alumni_portal.referrals import rules
from alumni_portal.referrals.models import Referral, ReferralState
from alumni_portal.referrals.rules import Known, Status

LINK = "referral-answer"
_OWN = 50


@dataclass(frozen=True)
class OwnTip:
    """A tip as the one who made it sees it: no name before the tipped person has said yes."""

    ref: str
    at: datetime
    opening: str
    status: Status
    name: str


def mark_of(address: str) -> str:
    """Return the keyed hash by which an address (in its canonical form) is known again."""
    return tokens.mac("referral-address", address.encode())


def once(mark: str, opening: Opening | None) -> str:
    """Return the key under which one letter goes to one address about one thing."""
    return f"{mark}:{opening.public_id if opening else 'any'}"


def known(address: str, opening: Opening | None) -> Known:
    """Return what is known of an address: always the same questions, whatever the answers."""
    mark, now = mark_of(address), clock.now()
    before = db.session.scalar(
        select(func.count()).where(Referral.written_once == once(mark, opening))
    )
    lately = db.session.scalar(
        select(func.count()).where(
            Referral.mark == mark,
            Referral.was_written_to,
            Referral.told_at > now - rules.ANSWER_WITHIN,
        )
    )
    owner = db.session.execute(
        select(EmailAddress.person_id, Person.died_on)
        .join(Person, Person.id == EmailAddress.person_id)
        .where(EmailAddress.canonical == address)
        .order_by(EmailAddress.verified_at.is_(None), EmailAddress.id)
        .limit(1)
    ).first()
    return Known(
        told_before=bool(before),
        letters_lately=lately or 0,
        is_suppressed=is_suppressed(address),
        is_employed=is_employed(owner.person_id if owner else 0),
        has_died=bool(owner and owner.died_on),
    )


def is_own_address(person_id: int, address: str) -> bool:
    """Say whether an address is noted as this person's."""
    query = select(func.count()).where(
        EmailAddress.person_id == person_id, EmailAddress.canonical == address
    )
    return bool(db.session.scalar(query))


def made_lately(person_id: int, since: datetime) -> int:
    """Return how many tips somebody has made since a moment."""
    query = select(func.count()).where(Referral.by_person_id == person_id, Referral.told_at > since)
    return db.session.scalar(query) or 0


def _with_all() -> Select[Referral]:
    return select(Referral).options(
        joinedload(Referral.opening).joinedload(Opening.unit), joinedload(Referral.referrer)
    )


def by_link(token: str) -> Referral | None:
    """Return the tip of a mailed link, or nothing when the link is not ours."""
    public_id = tokens.unsign(LINK, token)
    return db.session.scalar(_with_all().where(Referral.public_id == public_id))


def own(person_id: int, *, limit: int = _OWN) -> list[OwnTip]:
    """Return somebody's own tips, the latest first, as far as they may know of them."""
    rows = db.session.execute(
        select(Referral, Opening.title)
        .outerjoin(Opening, Opening.id == Referral.opening_id)
        .where(Referral.by_person_id == person_id)
        .order_by(Referral.id.desc())
        .limit(limit)
    )
    now = clock.now()
    return [
        OwnTip(
            one.public_id,
            one.told_at,
            title or "",
            status := rules.status(one.state, one.told_at, now),
            one.name if status in {Status.YES, Status.HIRED} else "",
        )
        for one, title in rows
    ]


_YES = (ReferralState.CONFIRMED, ReferralState.HIRED)


def confirmed_for(opening_id: int) -> list[Referral]:
    """Return the tips about an opening whose people said yes, with who tipped, latest first."""
    query = _with_all().where(Referral.opening_id == opening_id, Referral.state.in_(_YES))
    return list(db.session.scalars(query.order_by(Referral.answered_at.desc(), Referral.id.desc())))


def confirmed(public_id: str) -> Referral | None:
    """Return the tip with this public id, if its person said yes."""
    return db.session.scalar(
        _with_all().where(Referral.public_id == public_id, Referral.state.in_(_YES))
    )


def confirmed_page(
    states: Collection[ReferralState], *, after: str | None = None, before: str | None = None
) -> Page[Referral]:
    """Return one page of tips whose people said yes, the newest first."""
    query = (
        select(Referral)
        .join(Referral.referrer)
        .options(contains_eager(Referral.referrer), joinedload(Referral.opening))
        .where(Referral.state.in_([one for one in states if one in _YES]))
    )
    found: Page[Any] = paging.page(
        query, [-Referral.id], lambda row: [-row[0].id], after=after, before=before
    )
    return Page([row[0] for row in found.rows], found.next, found.previous)


def counts() -> dict[ReferralState, int]:
    """Return how many tips stand in each state: all that stays of most of them."""
    rows = db.session.execute(select(Referral.state, func.count()).group_by(Referral.state))
    return {row[0]: row[1] for row in rows}


@once_per_page
def count_to_contact() -> int:
    """Return how many people said yes and wait for somebody to be in touch."""
    query = (
        select(func.count())
        .select_from(Referral)
        .outerjoin(Opening, Opening.id == Referral.opening_id)
        .where(
            Referral.state == ReferralState.CONFIRMED,
            Referral.contacted_at.is_(None),
            Referral.opening_id.is_(None) | (Opening.state == OpeningState.PUBLISHED),
        )
    )
    return db.session.scalar(query) or 0


def unanswered(now: datetime, *, limit: int) -> list[Referral]:
    """Return tips whose people have had their time to answer."""
    query = select(Referral).where(
        Referral.state == ReferralState.TOLD, Referral.told_at <= now - rules.ANSWER_WITHIN
    )
    return list(db.session.scalars(query.order_by(Referral.id).limit(limit)))


def kept_long_enough(now: datetime, *, limit: int) -> list[Referral]:
    """Return tips with a yes that led nowhere: old ones, and those whose opening was filled."""
    query = (
        select(Referral)
        .outerjoin(Opening, Opening.id == Referral.opening_id)
        .where(
            Referral.state == ReferralState.CONFIRMED,
            or_(
                Referral.answered_at <= now - rules.KEEP_YES,
                and_(
                    Opening.state == OpeningState.FILLED,
                    Opening.closed_at <= now - rules.KEEP_AFTER_FILLED,
                ),
            ),
        )
    )
    return list(db.session.scalars(query.order_by(Referral.id).limit(limit)))


def confirmed_by_hired(application_ids: Collection[int]) -> list[Referral]:
    """Return the tips whose people were hired by these applications, for the same opening."""
    rows = db.session.execute(
        select(Application.opening_id, Applicant.address)
        .join(Applicant, Applicant.id == Application.applicant_id)
        .where(Application.id.in_(application_ids))
    )
    wanted = {(row.opening_id, mark_of(canonical(row.address))) for row in rows if row.address}
    found = db.session.scalars(
        select(Referral).where(
            Referral.state == ReferralState.CONFIRMED,
            Referral.mark.in_([mark for _opening, mark in wanted]),
        )
    )
    return [one for one in found if (one.opening_id, one.mark) in wanted]


def old_marks(now: datetime, *, limit: int, keep: timedelta = rules.KEEP_MARK) -> list[Referral]:
    """Return ended tips whose marks are no longer needed."""
    query = select(Referral).where(Referral.mark != "", Referral.ended_at <= now - keep)
    return list(db.session.scalars(query.order_by(Referral.id).limit(limit)))
