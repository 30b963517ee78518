"""Yeses that end without their person saying so: time, a new employment, death."""

from collections.abc import Sequence

from sqlalchemy import select

from alumni_portal.consents import emails, queries
from alumni_portal.consents.models import StandingConsent
from alumni_portal.consents.rules import Act, How, Purpose
from alumni_portal.consents.services import ledger
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.people.facts import EmploymentBegan, PersonDied
from alumni_portal.people.models import Employment, Person
from alumni_portal.people.queries import running_on

BATCH = 200


def expire(*, limit: int = BATCH) -> int:
    """End yeses whose time is over and return how many; call until it returns nothing."""
    rows = queries.lapsed(clock.now(), limit=limit)
    return len(ledger.end(rows, act=Act.EXPIRED, how=How.CLOCK, by=SYSTEM))


def close_for_employed(*, limit: int = BATCH) -> int:
    """End the yeses of people whose first day is here, or who died; return how many people."""
    ids = queries.of_the_employed(limit=limit)
    _close(ids, How.EMPLOYMENT)
    return len(ids)


def close_at_employment(fact: EmploymentBegan) -> None:
    """React to an employment: from its first day nothing stands; an earlier day waits for it."""
    _close(
        db.session.scalars(
            select(Employment.person_id)
            .distinct()
            .where(Employment.person_id.in_(fact.person_ids), running_on(clock.today()))
        ).all(),
        How.EMPLOYMENT,
    )


def close_at_death(fact: PersonDied) -> None:
    """React to a death: everything ends, and no letter says so."""
    ledger.forget_wishes(fact.person_ids, Purpose)
    _close(fact.person_ids, How.DEATH)


def _close(person_ids: Sequence[int], how: How) -> None:
    rows = queries.standing_of(person_ids) if person_ids else []
    ledger.end(rows, act=Act.CLOSED, how=how, by=SYSTEM)


def ask_again(*, limit: int = BATCH) -> int:
    """Ask people whether a yes that lapses soon should go on; return how many were asked."""
    rows = queries.to_ask_again(clock.now(), limit=limit)
    people = _people(rows)
    for row in rows:
        row.reminded_at = clock.now()
        emails.asks_again(people[row.person_id], row)
    db.session.flush()
    return len(rows)


def _people(rows: Sequence[StandingConsent]) -> dict[int, Person]:
    ids = {row.person_id for row in rows}
    return {one.id: one for one in db.session.scalars(select(Person).where(Person.id.in_(ids)))}
