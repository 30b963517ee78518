"""Reads about greetings that went: to whom, what came of them, what ended them."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select

from alumni_portal.consents.models import Departure, Purpose
from alumni_portal.consents.queries import mailable
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.mail.models import Delivery, DeliveryState, Mailing
from alumni_portal.newsletters.models import Greeting, GreetingStop
from alumni_portal.newsletters.queries.greetings import NEVER_WENT, is_last_time
from alumni_portal.newsletters.rules.greetings import REPLIES, STEPS, STOPS, StopWhy
from alumni_portal.people.models import Employment, Person
from alumni_portal.people.queries import running_on
from alumni_portal.rehire.models import Interest

__all__ = ["STEPS", "STOPS", "StopWhy"]

KIND = "newsletters/greeting"
#: HR sees what became of greetings of so long: as long as it is known whose they were.
TOLD = timedelta(days=730)


@dataclass
class Told:
    """What became of one greeting, in numbers."""

    sent: int = 0
    #: Their letter did not arrive, or the yes had ended by then.
    lost: int = 0
    replied: int = 0
    #: Said no to newsletters from it.
    left: int = 0
    stopped: Counter[StopWhy] = field(default_factory=Counter)


def may_be_greeted(person_ids: Collection[int]) -> set[int]:
    """Return which of these people may get a greeting at this moment: agreed, and not stopped."""
    stopped = (
        select(GreetingStop.person_id)
        .join(Employment, Employment.id == GreetingStop.employment_id)
        .where(GreetingStop.person_id.in_(list(person_ids)), is_last_time())
    )
    return mailable(Purpose.NEWSLETTER, person_ids) - set(db.session.scalars(stopped))


def last_time_of(person_ids: Collection[int]) -> dict[int, Employment]:
    """Return the last employment of each of these people, if it has a last day, by person."""
    query = (
        select(Employment)
        .join(Person, Person.id == Employment.person_id)
        .where(
            Employment.person_id.in_(list(person_ids)),
            Employment.ends_on.is_not(None),
            Person.died_on.is_(None),
            is_last_time(),
        )
    )
    return {one.person_id: one for one in db.session.scalars(query)}


def latest_of(person_ids: Collection[int]) -> dict[int, Greeting]:
    """Return the latest greeting that each of these people got, by person."""
    query = select(Greeting).where(Greeting.person_id.in_(list(person_ids)))
    return {one.person_id: one for one in db.session.scalars(query.order_by(Greeting.at))}


def returned_among(person_ids: Collection[int]) -> set[int]:
    """Return which of these people work here today."""
    query = select(Employment.person_id).where(
        Employment.person_id.in_(list(person_ids)), running_on(clock.today())
    )
    return set(db.session.scalars(query))


def greeting(employment_id: int, step: int) -> Greeting | None:
    """Return one greeting about one time here."""
    return db.session.get(Greeting, (employment_id, step))


def stop_of(employment_id: int) -> GreetingStop | None:
    """Return why there are no more greetings about one time here, when there are none."""
    return db.session.get(GreetingStop, employment_id)


def answered_since() -> list[Greeting]:
    """Return the latest greeting of each who answered about coming back after a greeting went."""
    stopped = exists().where(GreetingStop.employment_id == Greeting.employment_id)
    rows = db.session.scalars(
        select(Greeting)
        .join(Interest, Interest.person_id == Greeting.person_id)
        .where(Interest.answered_at > Greeting.at, ~stopped)
        .order_by(Greeting.employment_id, Greeting.step)
    )
    return list({one.employment_id: one for one in rows}.values())


def times(public_id: str) -> tuple[Employment, Person] | None:
    """Return one time here (public id) and whose it was; nothing once that person has died."""
    query = select(Employment, Person).join(Person, Person.id == Employment.person_id)
    row = db.session.execute(
        query.where(Employment.public_id == public_id, Person.died_on.is_(None))
    ).first()
    return (row[0], row[1]) if row else None


def told(since: datetime) -> dict[int, Told]:
    """Return what became of each greeting that went after a moment. Three statements."""
    found = {step: Told() for step in STEPS}
    rows = db.session.execute(
        select(Greeting.step, Delivery.state, func.count().label("number"))
        .join(
            Delivery,
            and_(
                Delivery.mailing_id == Greeting.mailing_id,
                Delivery.person_id == Greeting.person_id,
            ),
        )
        .where(Greeting.at >= since)
        .group_by(Greeting.step, Delivery.state)
    )
    for row in rows:
        found[row.step].sent += row.number if row.state is DeliveryState.SENT else 0
        found[row.step].lost += row.number if row.state in NEVER_WENT else 0
    for step, why, number in db.session.execute(_stops(since)):
        found[step].stopped[why] += number
        found[step].replied += number if why in REPLIES else 0
    for row in db.session.execute(_departures(since)):
        found[int(row.ref.partition("-")[0])].left += row.number
    return found


def _stops(since: datetime) -> Select[Any]:
    query: Any = select(GreetingStop.step, GreetingStop.why, func.count())
    stops: Select[Any] = query.where(
        GreetingStop.at >= since, GreetingStop.step.in_(STEPS)
    ).group_by(GreetingStop.step, GreetingStop.why)
    return stops


def _departures(since: datetime) -> Select[Any]:
    """Return the select of how many said no to newsletters from which greeting's letters."""
    from_it = or_(Departure.mailing == Mailing.public_id, Departure.mailing == Mailing.ref)
    query: Any = select(Mailing.ref, func.count().label("number")).join(Departure, from_it)
    left: Select[Any] = query.where(
        Mailing.kind == KIND,
        Mailing.created_at >= since,
        Departure.purpose == Purpose.NEWSLETTER,
    ).group_by(Mailing.ref)
    return left
