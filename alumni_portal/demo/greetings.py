"""Greetings after the last day: turned on a year ago, some answered, some to come."""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, NamedTuple

from sqlalchemy import select

from alumni_portal.consents.models import Departure, DepartureReason, Purpose, StandingConsent
from alumni_portal.consents.queries import agreeing
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.demo.rows import add, public_id, write
from alumni_portal.demo.sundmark import Sundmark
from alumni_portal.mail.models import Delivery, DeliveryState, Mailing, MailingState
from alumni_portal.newsletters.models import (
    Greeting,
    GreetingPlan,
    GreetingsLeftOut,
    GreetingStop,
    StopWhy,
)
from alumni_portal.newsletters.queries.greeted import KIND, STEPS
from alumni_portal.newsletters.queries.greetings import is_last_time
from alumni_portal.newsletters.rules.left_out import LeftOut
from alumni_portal.newsletters.services import GREETINGS
from alumni_portal.people.models import AddressKind, EmailAddress, Employment, Person

_DAY = timedelta(days=1)
_ON = timedelta(days=410)
_REPLY_TO = "hr@sundmark.example"
#: How many days ago how many of which greeting had their last chance, and what kept them.
_LEFT_OUT = (
    (24, 30, LeftOut.NO_FREE_DAY, 2),
    (61, 30, LeftOut.NO_FREE_DAY, 1),
    (88, 180, LeftOut.PAUSED, 1),
    (133, 365, LeftOut.NO_ADDRESS, 2),
    (190, 180, LeftOut.NO_CONSENT, 3),
    (247, 365, LeftOut.SUPPRESSED, 1),
    (300, 30, LeftOut.ENDED, 1),
    (410, 180, LeftOut.OFF, 2),
)
#: Of those who were greeted: what they did, and how often.
_DID = ((StopWhy.ANSWERED, 0.16), (StopWhy.WROTE_BACK, 0.22), (StopWhy.NO_MORE, 0.27))


class Went(NamedTuple):
    """A greeting that went to somebody on a day."""

    on: date
    step: int
    employment_id: int
    person_id: int
    address: str
    language: str


def seed(found: Sundmark, chance: Random) -> None:
    """Write how greetings are set up, what went and what came of it."""
    del found
    begun = clock.today() - _ON
    looked = clock.today() - _DAY
    db.session.add(
        GreetingPlan(id=1, is_on=True, on_since=begun, texts={}, reply_to=_REPLY_TO, ran_on=looked)
    )
    stops: list[dict[str, Any]] = []
    days: dict[tuple[date, int], list[Went]] = defaultdict(list)
    for row in db.session.execute(_members()):
        for one in _story(row, begun):
            days[(one.on, one.step)].append(one)
            did = chance.random()
            why = next((why for why, share in _DID if did < share), None)
            if why is not None:
                stops.append(_stop(one, why))
                break
    _send(days, chance)
    add(GreetingStop, stops)
    _some_left(days)
    add(GreetingsLeftOut, _left_out())


def _members() -> Any:  # noqa: ANN401 - a select of these columns
    return (
        select(
            Employment.id,
            Employment.ends_on,
            Person.id.label("person_id"),
            Person.language,
            EmailAddress.address,
            StandingConsent.since,
        )
        .select_from(StandingConsent)
        .join(Person, Person.id == StandingConsent.person_id)
        .join(Employment, Employment.person_id == Person.id)
        .join(EmailAddress, EmailAddress.person_id == Person.id)
        .where(
            StandingConsent.purpose == Purpose.NEWSLETTER,
            StandingConsent.person_id.in_(agreeing(Purpose.NEWSLETTER)),
            EmailAddress.kind == AddressKind.PRIVATE,
            EmailAddress.verified_at.is_not(None),
            EmailAddress.retired_at.is_(None),
            Employment.ends_on.is_not(None),
            is_last_time(),
        )
        .order_by(Person.id)
    )


def _story(row: Any, begun: date) -> list[Went]:  # noqa: ANN401 - a row of members
    """Return what somebody was sent until yesterday, in order."""
    first = max(begun, clock.local(row.since).date())
    days = [(row.ends_on + timedelta(days=step), step) for step in STEPS]
    return [
        Went(day, step, row.id, row.person_id, row.address, row.language)
        for day, step in days
        if first <= day < clock.today()
    ]


def _at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(8, minute), clock.HOME).astimezone(UTC)


def _stop(one: Went, why: StopWhy) -> dict[str, Any]:
    at = min(_at(one.on, 30) + 2 * _DAY, clock.now() - timedelta(hours=1))
    own = {"employment_id": one.employment_id, "person_id": one.person_id, "step": one.step}
    return {**own, "why": why, "at": at}


def _send(days: dict[tuple[date, int], list[Went]], chance: Random) -> None:
    """Write a mailing for each greeting and day, with its copies."""
    mailings = write(
        Mailing,
        [_mailing(day, step, len(some), public_id(chance)) for (day, step), some in days.items()],
    )
    for mailing_id, some in zip(mailings, days.values(), strict=True):
        add(Delivery, [_copy(mailing_id, one) for one in some])
        add(Greeting, [_row(mailing_id, one) for one in some])


def _mailing(day: date, step: int, total: int, ref: str) -> dict[str, Any]:
    return {
        "public_id": ref,
        "kind": KIND,
        "ref": f"{step}-{day:%Y%m%d}",
        "purpose": GREETINGS,
        "state": MailingState.FINISHED,
        "total": total,
        "rounds": 1,
        "trouble": "",
        "begun_by": "system",
        "created_at": _at(day, 15),
        "finished_at": _at(day, 16),
    }


def _copy(mailing_id: int, one: Went) -> dict[str, Any]:
    is_lost = one.person_id % 29 == 0
    return {
        "mailing_id": mailing_id,
        "person_id": one.person_id,
        "chunk": 0,
        "to_address": one.address,
        "language": one.language,
        "sealed": None,
        "state": DeliveryState.FAILED if is_lost else DeliveryState.SENT,
        "attempts": 1,
        "first_try_at": _at(one.on, 15),
        "next_try_at": _at(one.on, 15),
        "owner": "",
        "ended_at": _at(one.on, 16),
        "outcome": "550 5.1.1 mailbox unknown" if is_lost else "250 2.0.0 Ok: queued",
    }


def _row(mailing_id: int, one: Went) -> dict[str, Any]:
    own = {"employment_id": one.employment_id, "step": one.step, "person_id": one.person_id}
    return {**own, "mailing_id": mailing_id, "at": _at(one.on, 15)}


def _left_out() -> list[dict[str, Any]]:
    return [
        {"on": clock.today() - days * _DAY, "step": step, "why": why, "number": number}
        for days, step, why, number in _LEFT_OUT
    ]


def _some_left(days: dict[tuple[date, int], list[Went]]) -> None:
    """Write a few who said no to newsletters from a greeting long ago; only the number is known."""
    old = [(day, step) for day, step in days if day < clock.today() - 100 * _DAY]
    rows = [
        {
            "person_id": None,
            "purpose": Purpose.NEWSLETTER,
            "mailing": f"{step}-{day:%Y%m%d}",
            "reason": DepartureReason.NOT_RELEVANT,
            "at": _at(day, 50),
        }
        for day, step in old[::17]
    ]
    add(Departure, rows)
