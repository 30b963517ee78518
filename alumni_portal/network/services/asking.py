"""The yearly question whether a profile still holds, answered without signing in."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from alumni_portal.consents.queries import is_member
from alumni_portal.core import clock, tokens
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.network import emails, queries
from alumni_portal.network.models import Profile
from alumni_portal.network.services.profiles import confirm
from alumni_portal.people.models import Person
from alumni_portal.people.queries import person as person_by_public_id

BATCH = 100
_GOOD_FOR = timedelta(days=120)


@dataclass(frozen=True)
class Asked:
    """Whose profile a mailed link asks about, and whether it was answered already."""

    person: Person
    profile: Profile
    is_answered: bool


def ask_if_still_right(*, limit: int = BATCH) -> int:
    """Ask members whose profile was not confirmed for a year; return how many were asked."""
    profiles = queries.to_ask(clock.now(), limit=limit)
    ids = [one.person_id for one in profiles]
    people = {one.id: one for one in db.session.scalars(select(Person).where(Person.id.in_(ids)))}
    for profile in profiles:
        profile.asked_at = clock.now()
        emails.still_right(people[profile.person_id], profile)
    db.session.flush()
    return len(profiles)


def look_at_question(token: str) -> Asked | None:
    """Return what a mailed link asks about. Looking changes nothing.

    Nothing for a link that is changed or old, and for who has left the network since.
    """
    signed = tokens.unsign(emails.STILL_RIGHT, token, max_age=_GOOD_FOR)
    person = person_by_public_id(signed) if isinstance(signed, str) else None
    if person is None or not is_member(person.id):
        return None
    profile = queries.profile_of(person.id)
    asked_at = profile.asked_at
    return Asked(person, profile, asked_at is not None and profile.confirmed_at >= asked_at)


def confirm_by_link(asked: Asked) -> None:
    """Note that the person behind a mailed link says that it still holds."""
    if not asked.is_answered:
        confirm(asked.person, by=SYSTEM)
