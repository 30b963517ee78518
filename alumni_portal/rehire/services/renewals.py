"""The question whether an answer still holds, two weeks before it lapses, answered by a link."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import select

from alumni_portal.consents.queries import is_member
from alumni_portal.core import clock, tokens
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.people.models import Person
from alumni_portal.people.queries import person as person_by_public_id
from alumni_portal.rehire import emails, queries
from alumni_portal.rehire.models import Interest
from alumni_portal.rehire.services.interest import renew_interest

BATCH = 100
_GOOD_FOR = timedelta(days=60)


class RenewalState(StrEnum):
    """What stands behind a renewal link."""

    OPEN = "open"
    ALREADY_DONE = "already_done"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Renewal:
    """A renewal link as its holder finds it."""

    state: RenewalState
    person: Person | None = None
    interest: Interest | None = None


def ask_if_still_so(*, limit: int = BATCH) -> int:
    """Ask members whose answer lapses within two weeks, once; return how many were asked."""
    rows = queries.to_remind(clock.now(), limit=limit)
    ids = [row.person_id for row in rows]
    people = {one.id: one for one in db.session.scalars(select(Person).where(Person.id.in_(ids)))}
    for row in rows:
        row.reminded_at = clock.now()
        emails.still_so(people[row.person_id], row)
    db.session.flush()
    return len(rows)


def look_at_renewal(token: str) -> Renewal:
    """Return what a mailed link asks about. Looking changes nothing.

    The link is about the answer it was sent for: a newer answer counts as done.
    """
    signed = tokens.unsign(emails.RENEWAL, token, max_age=_GOOD_FOR)
    if not isinstance(signed, list):
        return Renewal(RenewalState.UNKNOWN)
    public_id, answered_at = signed
    person = person_by_public_id(public_id)
    if person is None:
        return Renewal(RenewalState.UNKNOWN)
    interest = queries.interest_of(person.id)
    if interest is None or not is_member(person.id):
        return Renewal(RenewalState.EXPIRED, person)
    is_done = interest.answered_at.isoformat() != answered_at
    state = RenewalState.ALREADY_DONE if is_done else RenewalState.OPEN
    return Renewal(state, person, interest)


def renew_by_link(renewal: Renewal) -> None:
    """Let the answer behind a mailed link count for six months from now; done once it is done."""
    if renewal.person is not None and renewal.state is RenewalState.OPEN:
        renew_interest(renewal.person, by=SYSTEM)
