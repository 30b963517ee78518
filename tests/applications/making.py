"""Applications for tests: a returner, an opening, and an application in any stage."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from alumni_portal.accounts.models import Account
from alumni_portal.applications import services
from alumni_portal.applications.models import Applicant, Application, Hours, Measure, Stage, Start
from alumni_portal.applications.queries import seen_of
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.openings.models import Opening
from alumni_portal.openings.queries import criteria_of
from alumni_portal.people.models import Person, Unit
from tests.openings.making import opening
from tests.support.make import Make, days

WHY = "Jag saknar att bygga saker som syns."


@dataclass(frozen=True)
class Scene:
    """An open role, who recruits for it, and an alumna who may apply."""

    unit: Unit
    opening: Opening
    recruiter: Account
    amira: Account

    @property
    def apply(self) -> str:
        return f"/openings/{self.opening.public_id}/apply"


def scene(make: Make, **changes: Any) -> Scene:
    unit = make.unit("Elkraft Syd")
    recruiter = make.staff(Role.RECRUITER, name="Sofia Lindqvist")
    made = opening(
        make, unit=unit, recruiter=person(recruiter), title="Projektledare stationer", **changes
    )
    amira = make.alumnus("Amira Haddad", unit=unit, private="amira@post.example")
    return Scene(unit, made, recruiter, amira)


def person(account: Account) -> Person:
    """Return the person behind an account, as a row that only its id is read of."""
    return Person(id=account.person_id)


def answers(**changes: object) -> services.Answers:
    given: dict[str, object] = {
        "can_begin": Start.THREE_MONTHS,
        "hours": Hours.FULL,
        "now_doing": "Sektionschef, Nordlys Energi",
        "learned": ("Budgetansvar",),
        "why": WHY,
    }
    return services.Answers(**{**given, **changes})  # type: ignore[arg-type]  # a test's own words


def apply(make: Make, who: Account, to: Opening, **changes: object) -> str:
    """Let somebody apply and return the application's public id."""
    with make.work():
        applicant = db.session.get_one(Person, who.person_id)
        target = db.session.get_one(Opening, to.id)
        sent, _is_new = services.submit(applicant, target, answers(**changes), by=SYSTEM)
        return sent.public_id


def load(public_id: str) -> Application:
    """Return an application as the database has it, with what services walk over."""
    return seen_of(Application.public_id == public_id)[0]


def put(make: Make, public_id: str, stage: Stage) -> None:
    """Move an application to a stage by the steps that lead there."""
    with make.work():
        found = load(public_id)
        if stage is Stage.DECLINED:
            decline(found)
        elif stage is Stage.WITHDRAWN:
            services.withdraw(found, by=SYSTEM)
        elif stage is Stage.HIRED:
            services.move(found, Stage.OFFER, by=SYSTEM)
            services.hire(found, terms(found), by=SYSTEM)
        else:
            services.move(found, stage, by=SYSTEM)


def decline(found: Application, reason: str = "En annan har projekterat fler ställverk.") -> None:
    ground = services.Ground(
        criterion=criteria_of(found.opening_id)[1].public_id,
        measure=Measure.BETTER_MET,
        reason=reason,
    )
    services.decline(found, ground, by=SYSTEM)


def terms(found: Application, first: int = 40, **changes: object) -> services.Terms:
    given: dict[str, object] = {
        "first_day": days(first),
        "title": "Projektledare",
        "number": "T90001",
        "unit_id": found.opening.unit_id,
    }
    return services.Terms(**{**given, **changes})  # type: ignore[arg-type]  # a test's own words


def hire(make: Make, public_id: str, first: int = 40, **changes: object) -> None:
    """Employ whoever has this application, so many days from now."""
    with make.work():
        found = load(public_id)
        services.hire(found, terms(found, first, **changes), by=SYSTEM)


def sent_by(who: Account) -> list[Application]:
    """Return all applications of somebody, whatever became of them."""
    query = select(Application).join(Applicant, Applicant.id == Application.applicant_id)
    return list(db.session.scalars(query.where(Applicant.person_id == who.person_id)))
