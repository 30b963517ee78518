"""HR's answer about two people who look like one."""

from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.offboarding.models import ImportMatch, MatchState
from alumni_portal.people.models import Person
from alumni_portal.people.services.references import join_people


def confirm(match: ImportMatch, *, by: Actor) -> Person:
    """Let the two be one person with one timeline, and return them.

    Raises Conflict when somebody has answered already, Refusal when they cannot be one.
    """
    _check_open(match)
    person = db.session.get_one(Person, match.person_id)
    other = db.session.get_one(Person, match.other_id)
    match.person_id = None
    _decide(match, MatchState.SAME, by=by)
    join_people(person, other, by=by)
    return other


def tell_apart(match: ImportMatch, *, by: Actor) -> None:
    """Note that the two are two people. Raises Conflict when somebody has answered already."""
    _check_open(match)
    _decide(match, MatchState.DIFFERENT, by=by)


def _check_open(match: ImportMatch) -> None:
    if match.state is not MatchState.OPEN:
        raise Conflict(_l("Någon har redan svarat på det här. Ladda om sidan."))


def _decide(match: ImportMatch, state: MatchState, *, by: Actor) -> None:
    match.state, match.decided_by, match.decided_at = state, by.ref, clock.now()
    db.session.flush()
    audit.record("match.decided", by=by, subject=match.public_id, answer=state)
