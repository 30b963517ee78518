"""Links to the leavers' pages: most were sent some time ago, a few letters lie in the mailbox."""

from datetime import timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from alumni_portal.consents import services as consents
from alumni_portal.consents.models import How, Purpose
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Actor, Role
from alumni_portal.demo.rows import add
from alumni_portal.demo.sundmark import Sundmark
from alumni_portal.offboarding.models import Case, CaseEvent, CaseState, What
from alumni_portal.offboarding.queries import cases, links
from alumni_portal.offboarding.services import changes, leaver
from alumni_portal.people.models import Person
from alumni_portal.people.queries import address_of
from alumni_portal.people.rules import AddressKind

_TOLD = ("elin", "samir", "birgitta", "ebba")
_DAY = timedelta(days=1)


def seed(found: Sundmark, chance: Random) -> None:
    """Send what the demo tells of, and note what was sent before."""
    by = found.actor("maria", Role.HR)
    told = {found.person_id(key) for key in _TOLD}
    events = []
    for case in _open_cases():
        if case.person_id in told:
            leaver.send_link(case, by=by)
        elif chance.random() < 0.8 and _note_sent(case):
            at = min(case.opened_at + _DAY, clock.now())
            events.append({"case_id": case.id, "what": What.LINK_SENT, "at": at, "actor": by.ref})
    add(CaseEvent, events)
    _let_one_stay(found, told)
    _ask_elin(found)
    _renew_linnea(found)


def _open_cases() -> list[Case]:
    query = select(Case).where(Case.state == CaseState.OPEN).order_by(Case.id)
    return list(
        db.session.scalars(
            query.options(
                joinedload(Case.person), joinedload(Case.employment), selectinload(Case.tasks)
            )
        )
    )


def _note_sent(case: Case) -> bool:
    address = links.mailbox_of(case, links.addresses_of(case.person_id))
    if address is None:
        return False
    leaver.link_for(case, address).sent_at = min(case.opened_at + _DAY, clock.now())
    return True


def _let_one_stay(found: Sundmark, told: set[int]) -> None:
    """Let the last to leave have changed their mind: a case that was cancelled."""
    known = [one.key for one in found.company.people]
    for case in sorted(_open_cases(), key=lambda case: case.last_day, reverse=True):
        if case.person_id not in told and not known[found.place_of[case.person_id]]:
            changes.withdraw_notice(case, by=found.actor("maria", Role.HR))
            return


def _ask_elin(found: Sundmark) -> None:
    """Let Elin have given a private address that waits for her to prove it."""
    person = db.session.get_one(Person, found.person_id("elin"))
    address = address_of(person.id, AddressKind.PRIVATE, proved=False)
    case = cases.standing_case_of(person.id)
    if address is not None and case is not None:
        leaver.give_address(case, address.address, by=found.actor("maria", Role.HR))


def _renew_linnea(found: Sundmark) -> None:
    """Let Linnéa have renewed her membership, so that a receipt lies in the mailbox."""
    person = db.session.get_one(Person, found.person_id("linnea"))
    by = Actor(ref=person.public_id, person_id=person.id)
    consents.renew(
        person, Purpose.MEMBERSHIP, language=person.language, how=How.CONSENT_CENTRE, by=by
    )
