"""Letters to those who answer for an action: before its day, on it, and while it is late."""

from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.insights import emails, queries
from alumni_portal.insights.rules.actions import is_to_be_reminded
from alumni_portal.people.models import AddressKind
from alumni_portal.people.queries import address_of


def remind_some(*, after: int = 0, limit: int = 100) -> tuple[int, int]:
    """Remind the next owners whose day is near or past; return how many letters, and the last row.

    Call again with the last row until it returns none. The same moment is never told twice.
    """
    today, letters, last = clock.today(), 0, 0
    for action in queries.maybe_reminded(after=after, limit=limit):
        last = action.id
        if not is_to_be_reminded(action.due_on, action.reminded_on, today):
            continue
        address = address_of(action.owner_id, AddressKind.WORK)
        if address is None or action.owner.died_on:
            continue
        action.reminded_on = today
        emails.reminder(action, address.address)
        letters += 1
    db.session.flush()
    if letters:
        audit.record("action.owners_reminded", by=SYSTEM, number=letters)
    return letters, last
