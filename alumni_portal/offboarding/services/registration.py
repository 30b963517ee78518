"""One leaver by hand: somebody on record, or somebody new; and who holds the case."""

from dataclasses import dataclass
from datetime import date, timedelta

from alumni_portal.core import audit, clock, installation
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.offboarding import emails
from alumni_portal.offboarding.models import Case, CaseKind, What
from alumni_portal.offboarding.queries import links
from alumni_portal.offboarding.rules.case_kinds import kind_of
from alumni_portal.offboarding.services.changes import check_open
from alumni_portal.offboarding.services.history import note
from alumni_portal.offboarding.services.opening import open_case
from alumni_portal.offboarding.services.typed import employee_number
from alumni_portal.people import services as people
from alumni_portal.people.models import AddressKind, Employment, ExitGround, Person, Unit

#: After a death there is work to do although the last day has passed.
_DEATH_LOOKS_BACK = timedelta(days=90)


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """When and on which ground somebody leaves."""

    ends_on: date
    notice_on: date | None
    ground: ExitGround


@dataclass(frozen=True, kw_only=True)
class NewLeaver:
    """Somebody who is not on record yet."""

    first_name: str
    last_name: str
    number: str
    title: str
    unit: Unit | None
    begins_on: date
    work_address: str = ""
    language: str = "sv"


def register_leaver(employment: Employment, leaving: Leaving, *, by: Actor) -> Case:
    """Set the last day of an employment and open its case, as the import does; return it.

    Raises Refusal when the last day has passed or lies before the first one.
    """
    since = clock.today()
    if kind_of(leaving.ground) is CaseKind.DEATH:
        since -= _DEATH_LOOKS_BACK
    if leaving.ends_on < since:
        raise Refusal(
            _l("Den dagen har redan passerat, så det finns inget att avsluta."), field="ends_on"
        )
    if leaving.notice_on is not None and leaving.notice_on > leaving.ends_on:
        raise Refusal(_l("Uppsägningen kan inte komma efter sista dagen."), field="notice_on")
    people.end_employment(
        employment,
        ends_on=leaving.ends_on,
        notice_on=leaving.notice_on,
        ground=leaving.ground,
        by=by,
    )
    case = open_case(employment, by=by, since=since)
    if case is None:
        raise Refusal(_l("Ärendet gick inte att öppna."))
    return case


def register_new_leaver(new: NewLeaver, leaving: Leaving, *, by: Actor) -> Case:
    """Write a person and their employment down, and open the case; return it.

    Raises Refusal as `register_leaver`, for a closed unit (field `unit`), a missing name or a bad
    work address; Conflict when the employment is on record already.
    """
    if new.unit is not None and not _is_open(new.unit):
        raise Refusal(
            _l("%(unit)s är stängd. Välj en annan avdelning.", unit=new.unit.name), field="unit"
        )
    person = people.register_person(new.first_name, new.last_name, by=by, language=new.language)
    employment = people.begin_employment(
        person,
        people.NewEmployment(
            number=employee_number(new.number),
            begins_on=new.begins_on,
            title=new.title,
            unit_id=new.unit.id if new.unit else None,
        ),
        by=by,
    )
    if new.work_address:
        _note_work_address(person, new.work_address, by=by)
    return register_leaver(employment, leaving, by=by)


def _is_open(unit: Unit) -> bool:
    return unit.closed_on is None or unit.closed_on >= clock.today()


def _note_work_address(person: Person, typed: str, *, by: Actor) -> None:
    domains = installation.settings().work_domains
    try:
        people.give_address(person, typed, AddressKind.WORK, work_domains=domains, by=by)
    except Refusal as refusal:
        raise Refusal(refusal.message, field="work_address") from refusal


def assign(case: Case, *, hr: Person | None, manager: Person | None, by: Actor) -> None:
    """Hand a case over to somebody at HR or to another manager; the new one gets a letter.

    Raises Conflict when the case is over.
    """
    check_open(case)
    receivers = []
    if (hr.id if hr else None) != case.hr_id:
        case.hr_id, case.hr = hr.id if hr else None, hr
        receivers.append(hr)
    if (manager.id if manager else None) != case.employment.manager_id:
        case.employment.manager_id = manager.id if manager else None
        receivers.append(manager)
    if receivers:
        note(case, What.ASSIGNED, by=by)
        audit.record("case.assigned", by=by, subject=case.public_id)
    db.session.flush()
    for receiver in receivers:
        if receiver is not None and receiver.id != by.person_id:
            _tell(case, receiver, by=by)


def _tell(case: Case, receiver: Person, *, by: Actor) -> None:
    address = next((a for a in links.addresses_of(receiver.id) if a.kind is AddressKind.WORK), None)
    if address is not None:
        emails.handed_over(case, receiver, address, by=by)
