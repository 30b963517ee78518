"""Fill an empty portal with Sundmark: everything in one transaction, in a few seconds."""

from collections.abc import Callable
from random import Random
from time import perf_counter

from sqlalchemy import func, select

from alumni_portal.core import audit, clock
from alumni_portal.core.db import Base, db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.transaction import unit
from alumni_portal.demo import (
    actions,
    applications,
    bounces,
    cases,
    coming_back,
    doors,
    event_letters,
    event_mails,
    events,
    exits,
    greetings,
    imported,
    insights,
    letters,
    membership,
    newsletters,
    openings,
    profiles,
    rows,
    tips,
    traces,
    underway,
    visits,
)
from alumni_portal.demo.inventing import PEOPLE, SEED, Company, company
from alumni_portal.demo.sundmark import Sundmark
from alumni_portal.people.models import Person

Say = Callable[[str], None]
#: The audit action that marks a database as the demo's own.
SEEDED = "demo.seeded"

#: What builds on the people, in this order.
_PARTS: tuple[Callable[[Sundmark, Random], None], ...] = (
    cases.seed,
    profiles.seed,
    letters.seed,
    traces.seed,
    imported.seed,
    openings.seed,
    tips.seed,
    coming_back.seed,
    events.seed,
    applications.seed,
    newsletters.seed,
    greetings.seed,
    visits.seed,
    underway.seed,
    bounces.seed,
    exits.seed,
    insights.seed,
    actions.seed,
    event_mails.seed,
    event_letters.seed,
)


def is_empty() -> bool:
    """Say whether nobody has been written down yet."""
    return db.session.scalar(select(Person.id).limit(1)) is None


def seed(*, people: int = PEOPLE, say: Say = lambda _line: None) -> Sundmark:
    """Write all of Sundmark and return what was written. Call on an empty, migrated database."""
    begun = perf_counter()
    invented = company(clock.today(), people=people)
    with unit():
        found = _write(invented, Random(SEED))
        counts = {table: _count(table) for table in found.tables}
        audit.record(SEEDED, by=SYSTEM, rows=counts)
    say(", ".join(f"{number} {name}" for name, number in counts.items()))
    say(f"{perf_counter() - begun:.1f} s")
    return found


def _write(invented: Company, chance: Random) -> Sundmark:
    units = rows.write_units(invented.today, chance)
    ids = rows.write_people(invented, chance)
    leads = rows.write_leads(invented, ids, units)
    employments = rows.write_employments(invented, ids, units, leads, chance)
    rows.write_work_addresses(invented, ids, doors.staff_addresses(invented))
    joined = membership.plan(invented, chance)
    membership.write_ledger(invented, joined, ids)
    doors.write_private_addresses(invented, joined, ids, chance)
    doors.write_member_accounts(invented, joined, ids, chance)
    accounts = doors.open_demo_accounts(invented, ids)
    found = Sundmark(
        company=invented,
        units=units,
        ids=ids,
        leads=leads,
        employments=employments,
        joined=joined,
        accounts=dict(accounts),
    )
    for part in _PARTS:
        part(found, Random(chance.random()))  # how much chance one takes may depend on the hour
    return found


def _count(table: str) -> int:
    query = select(func.count()).select_from(Base.metadata.tables[table])
    return db.session.scalar(query) or 0
