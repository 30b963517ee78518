"""The return: a new employment on the same person, through the one door."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select

from alumni_portal.applications import emails, queries
from alumni_portal.applications.emails import Starts
from alumni_portal.applications.facts import ApplicationHired
from alumni_portal.applications.models import Application, Stage
from alumni_portal.applications.services import history
from alumni_portal.core import audit, clock, facts
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.mail import services as mail
from alumni_portal.openings.models import Opening
from alumni_portal.openings.services import note_filled
from alumni_portal.people import services as people
from alumni_portal.people.models import Employment, Person

#: Further ahead than this a first day is a mistake.
_FURTHEST = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What is agreed with a returner. Pay stands in the contract, not here."""

    first_day: date
    title: str
    number: str
    unit_id: int | None
    manager_id: int | None = None


def hire(
    application: Application,
    terms: Terms,
    *,
    by: Actor,
    was: Stage | None = None,
    greeting: str = "",
) -> Employment:
    """Employ an applicant again and return the new employment; the old ones stay as they are.

    Raises Refusal at the field for a first day that has passed, lies too far ahead or falls
    within another employment, for a closed unit, without a title or number, and when no seat is
    left; Conflict when somebody moved the application meanwhile or the employment is on record.
    """
    history.lock(application, was)
    seats = db.session.execute(
        select(Opening.seats).where(Opening.id == application.opening_id).with_for_update()
    ).scalar_one()
    left = seats - queries.hired_for(application.opening_id)
    history.check(application, Stage.HIRED, seats_left=left)
    person = _person(application)
    _check(person, terms)
    employment = people.employ_by_hand(person, _employment(application, terms), by=by)
    application.employment_id = employment.id
    history.step(application, Stage.HIRED, by=by, told=True)
    audit.record(
        "application.hired",
        by=by,
        subject=application.public_id,
        begins=terms.first_day.isoformat(),
    )
    if left == 1:
        note_filled(application.opening, by=by)
    starts = Starts(terms.first_day, terms.title)
    mail.post(emails.about(application, Stage.HIRED, greeting=greeting, starts=starts))
    facts.state(ApplicationHired((application.id,), (employment.id,)))
    return employment


def _person(application: Application) -> Person:
    if application.applicant.person_id is None:
        raise Refusal(_l("Lägg först in personen under Personer."))
    return db.session.get_one(Person, application.applicant.person_id)


def _check(person: Person, terms: Terms) -> None:
    today = clock.today()
    if not today <= terms.first_day <= today + _FURTHEST:
        raise Refusal(_l("Välj en dag från i dag till om ett år."), field="first_day")
    running = select(Employment.id).where(
        Employment.person_id == person.id,
        or_(Employment.ends_on.is_(None), Employment.ends_on >= terms.first_day),
    )
    if db.session.scalar(running.limit(1)) is not None:
        raise Refusal(_l("Personen är redan anställd den dagen."), field="first_day")
    for field, value in (("title", terms.title), ("number", terms.number)):
        if not value.strip():
            raise Refusal(_l("Fyll i det här fältet."), field=field)


def _employment(application: Application, terms: Terms) -> people.NewEmployment:
    opening = application.opening
    return people.NewEmployment(
        number=terms.number.strip(),
        begins_on=terms.first_day,
        title=terms.title.strip(),
        unit_id=terms.unit_id,
        workplace=opening.workplace or opening.place,
        agreement_area=opening.agreement_area,
        kind=opening.kind,
        manager_id=terms.manager_id,
    )
