"""Members who have answered, for tests."""

from collections.abc import Collection
from typing import Any

from alumni_portal.accounts.models import Account
from alumni_portal.consents.models import Purpose
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.people.models import Person
from alumni_portal.rehire import services
from alumni_portal.rehire.models import Level
from tests.support.make import Make

FOR_JOBS = (Purpose.MEMBERSHIP, Purpose.RECRUITER_CONTACT)


def answer(make: Make, account: Account, level: Level = Level.OPEN, **rest: Any) -> None:
    """Let a member answer about coming back."""
    with make.work():
        person = db.session.get_one(Person, account.person_id)
        services.answer_interest(person, services.Answer(level=level, **rest), by=SYSTEM)


def candidate(
    make: Make,
    name: str = "Amira Haddad",
    *,
    level: Level = Level.OPEN,
    agreed_to: Collection[Purpose] = FOR_JOBS,
    **rest: Any,
) -> Account:
    """Make a member who answered, and who agrees to recruiter contact unless said otherwise."""
    account = make.alumnus(name, agreed_to=agreed_to, **rest)
    answer(make, account, level)
    return account
