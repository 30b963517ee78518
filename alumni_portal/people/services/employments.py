"""People and their employments."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from alumni_portal.core import audit, clock, facts
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import clean_line
from alumni_portal.core.text import lazy as _l
from alumni_portal.people.facts import (
    EmploymentBegan,
    EmploymentEnded,
    PersonChanged,
    PersonDied,
)
from alumni_portal.people.models import BirthDate, Employment, Person, Unit
from alumni_portal.people.rules import EmploymentKind, ExitGround


@dataclass(frozen=True, kw_only=True)
class NewEmployment:
    """What is known of an employment when it begins."""

    number: str
    begins_on: date
    title: str = ""
    unit_id: int | None = None
    workplace: str = ""
    agreement_area: str = ""
    kind: EmploymentKind = EmploymentKind.PERMANENT
    manager_id: int | None = None
    ends_on: date | None = None


def register_person(
    first_name: str, last_name: str, *, by: Actor, language: str = "sv", phone: str = ""
) -> Person:
    """Write a person down and return them. Raises Refusal without a name."""
    person = Person(language=language, phone=phone)
    person.call(clean_line(first_name), clean_line(last_name))
    if not person.name:
        raise Refusal(_l("Skriv ett namn."), field="first_name")
    db.session.add(person)
    db.session.flush()
    audit.record("person.registered", by=by, subject=person.public_id)
    return person


def begin_employment(person: Person, new: NewEmployment, *, by: Actor) -> Employment:
    """Employ a person: the one door for every hire, whoever makes it.

    Raises Conflict when this number already begins an employment on that day.
    """
    known = select(Employment.id).where(
        Employment.number == new.number, Employment.begins_on == new.begins_on
    )
    if db.session.scalar(known) is not None:
        raise Conflict(_l("Den anställningen finns redan."), field="number")
    employment = Employment(person_id=person.id, **vars(new))
    db.session.add(employment)
    db.session.flush()
    audit.record(
        "employment.began", by=by, subject=person.public_id, begins=new.begins_on.isoformat()
    )
    facts.state(EmploymentBegan((person.id,)))
    return employment


def employ_by_hand(person: Person, new: NewEmployment, *, by: Actor) -> Employment:
    """Employ a person whom HR writes down by hand.

    Raises Refusal (field `unit`) when the unit is closed before the employment ends, and for an
    end before the beginning; Conflict as `begin_employment`.
    """
    unit = db.session.get(Unit, new.unit_id) if new.unit_id else None
    closed = unit.closed_on if unit else None
    if closed is not None and (new.ends_on is None or new.ends_on > closed):
        raise Refusal(_l("Den avdelningen är stängd. Välj en annan."), field="unit")
    if new.ends_on is not None and new.ends_on < new.begins_on:
        raise Refusal(_l("Sista dagen kan inte ligga före första dagen."), field="ends_on")
    return begin_employment(person, new, by=by)


def end_employment(
    employment: Employment,
    *,
    ends_on: date | None,
    ground: ExitGround | None,
    notice_on: date | None,
    by: Actor,
) -> None:
    """Set or move the last day of an employment, or take the end back (`ends_on` empty).

    Raises Refusal when it would end before it begins.
    """
    if ends_on is not None and ends_on < employment.begins_on:
        raise Refusal(_l("Sista dagen kan inte ligga före första dagen."), field="ends_on")
    employment.ends_on, employment.notice_on = ends_on, notice_on
    employment.exit_ground = ground
    db.session.flush()
    audit.record(
        "employment.end_set",
        by=by,
        subject=employment.public_id,
        ends=ends_on.isoformat() if ends_on else None,
    )
    facts.state(EmploymentEnded((employment.id,)))


def note_death(person: Person, *, on: date, by: Actor) -> None:
    """Note that a person has died: every letter and invitation to them ends.

    Raises Refusal for a day to come.
    """
    if on > clock.today():
        raise Refusal(_l("Dagen kan inte ligga framåt."), field="died_on")
    person.died_on = on
    db.session.flush()
    audit.record("person.died", by=by, subject=person.public_id)
    facts.state(PersonDied((person.id,)))


def rename(person: Person, first_name: str, last_name: str, *, by: Actor) -> None:
    """Correct a person's name (GDPR art. 16). Raises Refusal without a name."""
    if not clean_line(f"{first_name} {last_name}"):
        raise Refusal(_l("Skriv ett namn."), field="first_name")
    person.call(clean_line(first_name), clean_line(last_name))
    db.session.flush()
    audit.record("person.renamed", by=by, subject=person.public_id)
    facts.state(PersonChanged((person.id,)))


def change_phone(person: Person, phone: str, *, by: Actor) -> None:
    """Note the number that a person is reached at (GDPR art. 16)."""
    person.phone = clean_line(phone)
    db.session.flush()
    audit.record("person.phone_changed", by=by, subject=person.public_id)


def note_birth_date(person: Person, born_on: date, *, by: Actor) -> None:
    """Keep a birth date in its own table, where only the rules of LAS read it."""
    db.session.merge(BirthDate(person_id=person.id, born_on=born_on))
    audit.record("birth_date.noted", by=by, subject=person.public_id)
