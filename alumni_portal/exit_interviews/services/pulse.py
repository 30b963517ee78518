"""The second pulse: a few questions months later, to those who said yes, at the private address."""

from datetime import timedelta

from alumni_portal.core import clock, tokens
from alumni_portal.core.db import db
from alumni_portal.exit_interviews import emails
from alumni_portal.exit_interviews.models import Interview, Reach, Reader, Seat, Track
from alumni_portal.exit_interviews.queries import interviews as queries
from alumni_portal.exit_interviews.services.choosing import check_open
from alumni_portal.exit_interviews.services.guides import version_in_use
from alumni_portal.people.models import AddressKind, EmailAddress
from alumni_portal.people.queries import address_of

#: How long the second pulse can be answered.
OPEN_FOR = timedelta(weeks=4)


def say_about_pulse(interview: Interview, *, wants: bool) -> None:
    """Keep whether a leaver wants a second, short round. Raises Conflict after closing."""
    check_open(interview)
    interview.wants_pulse = wants
    db.session.flush()


def send_pulses() -> int:
    """Ask those who said yes and left three months ago, once, and return how many."""
    sent = 0
    for first in queries.due_for_pulse(clock.today()):
        address = address_of(first.person_id or 0, AddressKind.PRIVATE)
        first.wants_pulse = False
        if address is not None and first.person is not None and first.person.died_on is None:
            _send(first, address)
            sent += 1
    db.session.flush()
    return sent


def _send(first: Interview, address: EmailAddress) -> None:
    token, today = tokens.new_token(), clock.today()
    version = version_in_use(Track.PULSE)
    made = Interview(
        track=Track.PULSE,
        person_id=first.person_id,
        employment_id=first.employment_id,
        version_id=version.id,
        language=first.language,
        reach=Reach.HR_ONLY,
        token_hash=tokens.digest(token),
        created_on=today,
        closes_on=today + OPEN_FOR,
    )
    made.version, made.person = version, first.person
    db.session.add(made)
    db.session.flush()
    db.session.add_all(
        Reader(interview_id=made.id, person_id=one.person_id, seat=one.seat, from_circle=0)
        for one in first.readers
        if one.seat is not Seat.MANAGER and one.is_let_in
    )
    emails.pulse(made, address, token)
