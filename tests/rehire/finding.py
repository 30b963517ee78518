"""People to find: members who agreed to be contacted, with an answer and a profile."""

from collections.abc import Mapping
from typing import Any

from alumni_portal.consents.models import Purpose
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.network.models import Audience, Field
from alumni_portal.people.models import Person, Unit
from alumni_portal.rehire import services
from alumni_portal.rehire.models import Level
from tests.network.making import EVERYBODY, profile
from tests.support.make import Make

FINDABLE = (Purpose.MEMBERSHIP, Purpose.RECRUITER_CONTACT)


def answer(make: Make, person_id: int, level: Level) -> None:
    with make.work():
        person = db.session.get_one(Person, person_id)
        services.answer_interest(person, services.Answer(level=level), by=SYSTEM)


def candidate(
    make: Make,
    name: str,
    *,
    level: Level | None = Level.OPEN,
    audiences: Mapping[Field, Audience] = EVERYBODY,
    title: str = "Projektledare",
    unit: Unit | None = None,
    then: tuple[str, ...] = (),
    since: tuple[str, ...] = (),
    **texts: str,
) -> int:
    """Make somebody whom recruiters may find; return the row id."""
    account = make.alumnus(name, agreed_to=FINDABLE, title=title, unit=unit)
    told: dict[str, Any] = dict(texts)
    profile(make, account, audiences=audiences, then=then, since=since, **told)
    assert account.person_id is not None
    if level is not None:
        answer(make, account.person_id, level)
    return account.person_id
