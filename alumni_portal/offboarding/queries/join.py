"""Reads about requests to join, and who may be behind them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from alumni_portal.core import clock, paging, tokens
from alumni_portal.core.asking import once_per_page
from alumni_portal.core.db import db
from alumni_portal.core.text import normalise, words
from alumni_portal.offboarding.models import JoinRequest, JoinState
from alumni_portal.offboarding.rules.join_match import Asked, Known, Likeness, likenesses
from alumni_portal.offboarding.rules.links import LinkState, Mailed, state_of
from alumni_portal.people.models import Employment, Person

_MOST_CANDIDATES = 12


@dataclass(frozen=True)
class Candidate:
    """A person who may be the one who asks, and why."""

    person: Person
    reasons: tuple[Likeness, ...]


@dataclass(frozen=True)
class JoinDoor:
    """What the holder of a mailed proof meets."""

    state: LinkState
    request: JoinRequest | None = None


def door(token: str) -> JoinDoor:
    """Return what a mailed proof of a request leads to, changing nothing."""
    request = db.session.scalar(
        select(JoinRequest).where(JoinRequest.token_hash == tokens.digest(token))
    )
    if request is None or request.state is JoinState.MEMBER:
        return JoinDoor(LinkState.UNKNOWN)
    if request.proved_at is not None:
        return JoinDoor(LinkState.ALREADY_DONE, request)
    return JoinDoor(state_of(Mailed(request.expires_at), clock.now()), request)


def request(public_id: str) -> JoinRequest | None:
    """Return a request whose address is proved."""
    return db.session.scalar(
        select(JoinRequest).where(
            JoinRequest.public_id == public_id, JoinRequest.proved_at.is_not(None)
        )
    )


def waiting(*, after: str | None = None, before: str | None = None) -> paging.Page[JoinRequest]:
    """Return one page of requests that wait for HR, oldest first."""
    query = select(JoinRequest).where(JoinRequest.state == JoinState.WAITING)
    found = paging.page(
        query, [JoinRequest.id], lambda row: [row.JoinRequest.id], after=after, before=before
    )
    return paging.Page([row.JoinRequest for row in found.rows], found.next, found.previous)


def decided(*, limit: int = 20) -> list[JoinRequest]:
    """Return what HR decided lately, latest first."""
    query = select(JoinRequest).where(
        JoinRequest.state.in_({JoinState.MATCHED, JoinState.REJECTED})
    )
    return list(db.session.scalars(query.order_by(JoinRequest.decided_at.desc()).limit(limit)))


@once_per_page
def count_waiting() -> int:
    """Return how many requests wait for HR."""
    query = select(func.count()).where(JoinRequest.state == JoinState.WAITING)
    return db.session.scalar(query) or 0


def asked_lately(canonical: str, since: datetime) -> int:
    """Return how often an address has asked since a moment."""
    query = select(func.count()).where(
        JoinRequest.canonical == canonical, JoinRequest.created_at > since
    )
    return db.session.scalar(query) or 0


def waiting_from(canonical: str) -> JoinRequest | None:
    """Return the request of an address that waits for HR."""
    return db.session.scalar(
        select(JoinRequest).where(
            JoinRequest.canonical == canonical, JoinRequest.state == JoinState.WAITING
        )
    )


def candidates(asking: JoinRequest) -> list[Candidate]:
    """Return who may be behind a request, most reasons first: a person decides, never this."""
    asked = Asked(
        name=normalise(asking.name),
        number=asking.number.strip(),
        from_year=asking.from_year,
        until_year=asking.until_year,
        unit=normalise(asking.unit),
    )
    found = [
        Candidate(person, tuple(likenesses(asked, _known(person)))) for person in _alike(asking)
    ]
    likely = [one for one in found if one.reasons]
    likely.sort(key=lambda one: (-len(one.reasons), one.person.sort_key))
    return likely[:_MOST_CANDIDATES]


def _known(person: Person) -> Known:
    return Known(
        name=person.search_name,
        numbers=frozenset(e.number for e in person.employments),
        periods=[(e.begins_on, e.ends_on) for e in person.employments],
        units=[normalise(e.unit.name) for e in person.employments if e.unit],
    )


def _alike(asking: JoinRequest) -> list[Person]:
    """Return people who share the last word of the name, or the employee number."""
    parts = words(asking.name)
    alike = [Person.search_name == normalise(asking.name)]
    if parts:
        alike.append(Person.search_name.endswith(" " + parts[-1], autoescape=True))
    if asking.number.strip():
        same = select(Employment.person_id).where(Employment.number == asking.number.strip())
        alike.append(Person.id.in_(same))
    query = select(Person).where(or_(*alike), Person.died_on.is_(None))
    options = selectinload(Person.employments).joinedload(Employment.unit)
    return list(db.session.scalars(query.options(options).order_by(Person.sort_key).limit(200)))


def stale(now: datetime, *, unproved: timedelta, decided: timedelta) -> list[int]:
    """Return the ids of requests that have been kept long enough."""
    query = select(JoinRequest.id).where(
        or_(
            JoinRequest.state.in_({JoinState.UNPROVED, JoinState.MEMBER})
            & (JoinRequest.created_at < now - unproved),
            JoinRequest.decided_at < now - decided,
        )
    )
    return list(db.session.scalars(query))
