"""Members who have answered, for tests."""

from collections.abc import Collection
from typing import Any

from alumni_portal.accounts.models import Account
from alumni_portal.consents import services as consents
from alumni_portal.consents.models import How, Purpose
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Actor
from alumni_portal.core.tokens import new_token
from alumni_portal.openings.models import Opening
from alumni_portal.people.models import Person
from alumni_portal.rehire import services
from alumni_portal.rehire.models import Contact, Level
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


WHY = "Vi bygger en station i Malmö och minns vad du gjorde i Hurva."


def contact_address(make: Make, account: Account) -> str:
    """Return where a recruiter writes to somebody."""
    with make.work():
        public_id = db.session.get_one(Person, account.person_id).public_id
    return f"/candidates/{public_id}/contact"


def end_consent(make: Make, account: Account, purpose: Purpose) -> None:
    """Let somebody take a consent back."""
    with make.work():
        person = db.session.get_one(Person, account.person_id)
        consents.withdraw(person, purpose, how=How.CONSENT_CENTRE, by=SYSTEM)


def write(make: Make, recruiter: Account, to: Account, *, about: Opening | None = None) -> Contact:
    """Let a recruiter write to a candidate."""
    by = Actor(account_id=recruiter.id, ref=recruiter.public_id, person_id=recruiter.person_id)
    with make.work():
        person = db.session.get_one(Person, to.person_id)
        letter = services.Letter(reason=WHY, opening=about)
        return services.contact(person, letter, nonce=new_token(), by=by)
