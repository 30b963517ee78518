"""Events and their guests for tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import time_machine

from alumni_portal.accounts.models import Account
from alumni_portal.consents import services as consents
from alumni_portal.consents.models import Purpose
from alumni_portal.consents.rules import How
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.events import emails, queries, services
from alumni_portal.events.models import Event, EventInvitation, Reply
from alumni_portal.events.services import Plan, Wanted
from alumni_portal.people.models import AddressKind, EmailAddress, Person
from tests.support.make import Make

AGREED = (Purpose.MEMBERSHIP, Purpose.EVENTS)
TITLE = "Alumnifrukost i Malmö"


def starts(days: int = 20, hour: int = 8) -> datetime:
    """Return a morning some days from today, in the employer's time."""
    day = clock.today() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, tzinfo=clock.HOME)


def plan(**more: Any) -> Plan:
    begins = more.pop("starts_at", starts())
    return Plan(
        **{
            "title": TITLE,
            "text": "Vi äter **tillsammans**.",
            "starts_at": begins,
            "ends_at": begins + timedelta(hours=2),
            "place": "Kranbyggnaden 4, Malmö",
            **more,
        }
    )


def event(make: Make, *, is_open: bool = True, **more: Any) -> Event:
    """Make an event, open for replies unless said otherwise."""
    with make.work():
        made = services.plan(plan(**more), by=SYSTEM)
        if is_open:
            services.open_for_replies(made.id, by=SYSTEM)
    return made


def guest(make: Make, name: str = "Amira Haddad", **more: Any) -> Account:
    """Make a member who agrees to invitations."""
    return make.alumnus(name, agreed_to=more.pop("agreed_to", AGREED), **more)


def guests(make: Make, number: int) -> list[Account]:
    return [
        guest(make, f"Gäst Nummer{place}", private=address(place)) for place in range(1, number + 1)
    ]


def address(place: int) -> str:
    """Return where the guest of this number is written to."""
    return f"gast{place:03}@post.example"


def says(
    make: Make,
    to: Event,
    who: Account,
    *,
    comes: bool = True,
    guests: int = 0,
    may_wait: bool = True,
    **more: Any,
) -> Reply:
    """Let somebody answer, with a place on the waiting list when it is full."""
    wanted = Wanted(comes=comes, guests=guests, may_wait=may_wait, **more)
    with make.work():
        return services.answer(to.id, who.person_id, wanted, by=SYSTEM)


def link_of(make: Make, to: Event, who: Account) -> str:
    """Return the path of somebody's mailed link, with an invitation made when there is none."""
    with make.work():
        found = queries.invitation(to.id, who.person_id)
        if found is None:
            found = EventInvitation(
                event_id=to.id, person_id=who.person_id, invited_at=clock.now(), round=1
            )
            db.session.add(found)
            db.session.flush()
        return urlsplit(emails.reply_link(found)).path


@contextmanager
def later(**by: float) -> Iterator[None]:
    """Do something later, at a moment that stands still."""
    with time_machine.travel(clock.now() + timedelta(**by), tick=False):
        yield


@contextmanager
def noon(days: int) -> Iterator[None]:
    """Do something at noon of a later day: nothing goes by itself at night."""
    with time_machine.travel(starts(days, hour=12), tick=False):
        yield


def crowd(make: Make, number: int) -> list[int]:
    """Make many members who agree to invitations, in one transaction, and return their ids."""
    with make.work():
        people = [make_person(place) for place in range(number)]
        db.session.add_all(people)
        db.session.flush()
        for place, one in enumerate(people):
            db.session.add(
                EmailAddress(
                    person_id=one.id,
                    kind=AddressKind.PRIVATE,
                    address=address(place),
                    canonical=address(place),
                    verified_at=clock.now(),
                )
            )
            for purpose in AGREED:
                consents.give(one, purpose, language="sv", how=How.JOIN_REQUEST, by=SYSTEM)
    return [one.id for one in people]


def make_person(place: int) -> Person:
    person = Person()
    person.call("Gäst", f"Nummer{place:03}")
    return person
