"""What people have done in the portal lately: looks, requests, reminders sent, one mishap."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import update

from alumni_portal.accounts.models import AddressRecovery, RecoveryState
from alumni_portal.consents.models import StandingConsent
from alumni_portal.core import clock, tokens
from alumni_portal.core.access_log import Access, AccessSubject, Look
from alumni_portal.core.db import db
from alumni_portal.core.jobs import Job, JobState
from alumni_portal.core.permissions import Role
from alumni_portal.demo import names
from alumni_portal.demo.rows import add, public_id, write
from alumni_portal.demo.sundmark import Sundmark
from alumni_portal.mail.models import Letter, LetterState
from alumni_portal.network.models import Profile
from alumni_portal.offboarding.models import JoinRequest, JoinState

_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
_Looked = tuple[datetime, str, Role, Look, list[int]]


def seed(found: Sundmark, chance: Random) -> None:
    """Write the traces."""
    _write_looks(found, sorted(_looks(found, chance), key=lambda look: look[0]))
    add(JoinRequest, list(_join_requests(found, chance)))
    add(AddressRecovery, list(_recoveries(found, chance)))
    _note_reminders(found)
    _mishap(found, chance)


def _looks(found: Sundmark, chance: Random) -> Iterator[_Looked]:
    amira = found.person_id("amira")
    members = [found.ids[place] for place in found.joined.members]
    yield _at_work(1, 13, 40), "sofia", Role.RECRUITER, Look.CARD, [amira]
    yield _at_work(1, 13, 35), "sofia", Role.RECRUITER, Look.DIRECTORY, [amira, *members[:24]]
    yield _at_work(4, 9, 10), "maria", Role.HR, Look.PERSON_LIST, [amira, *members[30:34]]
    yield _at_work(19, 14, 5), "maria", Role.HR, Look.PERSON, [amira]
    yield _at_work(47, 8, 50), "petra", Role.HR_LEAD, Look.CARD, [amira]
    for _ in range(160):
        at = _at_work(chance.randrange(1, 300), chance.randrange(7, 16), chance.randrange(60))
        who, role = chance.choice((("sofia", Role.RECRUITER), ("maria", Role.HR)))
        if chance.random() < 0.5:
            yield at, who, role, Look.CARD, [chance.choice(members)]
        else:
            yield at, who, role, Look.DIRECTORY, chance.sample(members, 25)


def _at_work(days_ago: int, hour: int, minute: int) -> datetime:
    """Return a moment by day, for nobody looks at cards in the middle of the night."""
    return (clock.now() - days_ago * _DAY).replace(hour=hour, minute=minute)


def _write_looks(found: Sundmark, looks: list[_Looked]) -> None:
    rows = [
        {"at": at, "actor": found.accounts[who].public_id, "roles": role, "look": look}
        for at, who, role, look, _seen in looks
    ]
    ids = write(Access, rows)
    add(
        AccessSubject,
        [
            {"person_id": person_id, "access_id": access_id}
            for access_id, look in zip(ids, looks, strict=True)
            for person_id in sorted(set(look[4]))
        ],
    )


def _join_requests(found: Sundmark, chance: Random) -> Iterator[dict[str, Any]]:
    """Yield requests of people who did work here and have not joined, and of one who did not."""
    now, members = clock.now(), set(found.joined.members)
    left = [
        place
        for place, one in enumerate(found.company.people)
        if one.last_day is not None
        and one.last_day < found.company.today - 4 * 365 * _DAY
        and place not in members
        and not one.key
    ]
    states = [JoinState.WAITING] * 4 + [JoinState.UNPROVED, JoinState.REJECTED]
    for number, (place, state) in enumerate(zip(chance.sample(left, 6), states, strict=True)):
        one = found.company.people[place]
        asked = now - (1 + 2 * number) * _DAY - 3 * _HOUR
        is_decided = state is JoinState.REJECTED
        address = f"{names.mailbox(one.first, one.last)}@{chance.choice(names.HOSTS)}"
        yield {
            "public_id": public_id(chance),
            "name": f"{one.first} {one.last}" if not is_decided else "Kim Främling",
            "address": address,
            "canonical": address,
            "from_year": one.stays[0].begins_on.year if number % 2 else None,
            "until_year": one.last_day.year if one.last_day else None,
            "unit": "",
            "number": one.stays[0].number if number == 1 else "",
            "language": one.language,
            "state": state,
            "token_hash": tokens.digest(public_id(chance)),
            "created_at": asked,
            "expires_at": asked + 7 * _DAY,
            "proved_at": None if state is JoinState.UNPROVED else asked + _HOUR,
            "decided_at": asked + 2 * _DAY if is_decided else None,
            "decided_by": found.accounts["maria"].public_id if is_decided else None,
            "reason": "Vi hittar ingen anställning på det namnet." if is_decided else "",
        }


def _recoveries(found: Sundmark, chance: Random) -> Iterator[dict[str, Any]]:
    for number, key in enumerate(("hakan", "bjorn")):
        one = found.company.people[found.company.index(key)]
        box = names.mailbox(one.first, one.last)
        yield {
            "public_id": public_id(chance),
            "name": f"{one.first} {one.last}",
            "old_address": f"{box}@post.example",
            "new_address": f"{box}@nyadress.example",
            "new_canonical": f"{box}@nyadress.example",
            "reach": "070-174 06 12, helst efter klockan 16",
            "state": RecoveryState.ASKED,
            "asked_at": clock.now() - (2 + 3 * number) * _DAY,
        }


def _note_reminders(found: Sundmark) -> None:
    """Note that who was due for a reminder has had it, all but those whom the demo tells of."""
    now = clock.now()
    told = [found.person_id(key) for key in ("amira", "linnea", "daniel")]
    db.session.execute(
        update(StandingConsent)
        .where(StandingConsent.until < now + 40 * _DAY, StandingConsent.person_id.not_in(told))
        .values(reminded_at=now - _DAY)
    )
    db.session.execute(
        update(Profile)
        .where(Profile.confirmed_at < now - 330 * _DAY, Profile.person_id.not_in(told))
        .values(asked_at=now - 2 * _DAY)
    )


def _mishap(found: Sundmark, chance: Random) -> None:
    """Write one letter that a mail server refused, and the job that gave up on it."""
    at = clock.now() - 30 * _HOUR
    letter = Letter(
        public_id=public_id(chance),
        kind="consents/receipt",
        person_id=found.person_id("erik"),
        to_address="erik.sandell@nedlagd.example",
        language="sv",
        sealed=None,
        state=LetterState.FAILED,
        attempts=1,
        created_at=at,
        outcome="550 5.1.1 no such user",
    )
    db.session.add(letter)
    db.session.add(
        Job(
            public_id=public_id(chance),
            name="network.ask_if_still_right",
            args={},
            state=JobState.DEAD,
            run_at=at,
            attempts=8,
            error="OperationalError",
            created_at=at,
            ended_at=at + _HOUR,
        )
    )
    db.session.flush()
