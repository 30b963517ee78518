"""One more employment for somebody whom we know by their employee number."""

from sqlalchemy import select

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.transaction import attempt
from alumni_portal.offboarding.rules.records import Employee
from alumni_portal.people import services as people
from alumni_portal.people.models import (
    AddressKind,
    BirthDate,
    EmailAddress,
    Employment,
    EmploymentKind,
    ExitGround,
    Person,
)
from alumni_portal.people.services.bulk import Hire


def employ_known(
    person: Person, hire: Hire, record: Employee, *, batch: str, by: Actor
) -> Employment:
    """Store an employment of somebody known, by the services that serve pages too."""
    new = people.NewEmployment(
        number=hire.number,
        begins_on=hire.begins_on,
        title=hire.title,
        unit_id=hire.unit_id,
        workplace=hire.workplace,
        agreement_area=hire.agreement_area,
        kind=EmploymentKind(hire.kind),
        manager_id=hire.manager_id,
        ends_on=hire.ends_on,
    )
    employment = people.begin_employment(person, new, by=by)
    employment.batch = batch
    if hire.ends_on is not None:
        ground = ExitGround(hire.exit_ground) if hire.exit_ground else None
        people.end_employment(
            employment, ends_on=hire.ends_on, ground=ground, notice_on=hire.notice_on, by=by
        )
        if ground is ExitGround.DEATH and person.died_on is None:
            people.note_death(person, on=min(hire.ends_on, clock.today()), by=by)
    _note_addresses(person, hire, record, batch=batch, by=by)
    if hire.born_on and db.session.get(BirthDate, person.id) is None:
        people.note_birth_date(person, hire.born_on, by=by)
        db.session.get_one(BirthDate, person.id).batch = batch
    return employment


def _note_addresses(person: Person, hire: Hire, record: Employee, *, batch: str, by: Actor) -> None:
    if hire.work_address:
        note_address(person, hire.work_address, AddressKind.WORK, batch=batch, by=by)
    if record.private_address and not _has_private(person):
        note_address(person, record.private_address, AddressKind.PRIVATE, batch=batch, by=by)


def _has_private(person: Person) -> bool:
    """Tell whether a person has a private address, which no file replaces."""
    query = select(EmailAddress.id).where(
        EmailAddress.person_id == person.id,
        EmailAddress.kind == AddressKind.PRIVATE,
        EmailAddress.retired_at.is_(None),
    )
    return db.session.scalar(query.limit(1)) is not None


def note_address(person: Person, address: str, kind: AddressKind, *, batch: str, by: Actor) -> None:
    """Note an address; one that somebody else has proved is left alone."""
    try:
        with attempt():
            given = people.give_address(person, address, kind, work_domains=(), by=by)
            given.batch = batch
            if kind is AddressKind.WORK:
                people.prove_address(given, by=by)
    except Refusal:
        return
