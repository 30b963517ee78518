"""Whoever is shown a person's name by a page leaves a row that the person can see (S17, I5)."""

from collections.abc import Iterator

from flask import Flask

from alumni_portal.core import access_log
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.people import services as people
from alumni_portal.people.models import Employment, Person, Unit
from tests.offboarding.making import load, open_for
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make, years_ago

NAME = "Zakarias Ornfeldt"
#: What these pages must be among, so that the walk cannot become empty unseen.
KNOWN = {
    "/admin/users",
    "/home",
    "/offboarding/CASE",
    "/offboarding/CASE/death",
    "/offboarding/CASE/last-day",
    "/offboarding/CASE/people",
    "/offboarding/CASE/private-address",
    "/offboarding/CASE/tasks/TASK",
    "/offboarding/CASE/tasks/TASK/skipping",
    "/offboarding/CASE/tasks/new",
    "/people/PERSON",
    "/units",
    "/units/UNIT",
    "/units/UNIT/leads/PERSON/end",
}
FILLED_BY = {"/offboarding": "CASE", "/units": "UNIT"}


def patterns(app: Flask) -> Iterator[str]:
    """Return the pages about a case, a person or a unit, and those about nobody."""
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.arguments <= {
            "public_id",
            "task_id",
            "person_id",
        }:
            start = "/" + rule.rule.split("/")[1]
            text = rule.rule.replace("<public_id>", FILLED_BY.get(start, "PERSON"))
            yield text.replace("<task_id>", "TASK").replace("<person_id>", "PERSON")


def leading(make: Make, unit: Unit) -> Employment:
    """Make somebody who leaves and leads a unit until then, with a role in the portal."""
    employment = make.leaver(NAME, unit=unit)
    with make.work():
        person = db.session.get_one(Person, employment.person_id)
    make.account(person, Role.MANAGER)
    with make.work():
        people.appoint_lead(
            db.session.get_one(Unit, unit.id),
            db.session.get_one(Person, employment.person_id),
            is_deputy=False,
            from_on=years_ago(1),
            by=SYSTEM,
        )
    return employment


def times(app: Flask, person_id: int) -> int:
    with app.app_context():
        return access_log.times_seen(person_id)


def unseen(app: Flask, reader: Browser, ids: dict[str, str], person_id: int) -> dict[str, bool]:
    """Return the pages that show the name, and whether each left a row."""
    shown = {}
    for pattern in sorted(set(patterns(app))):
        path = pattern
        for word, value in ids.items():
            path = path.replace(word, value)
        before = times(app, person_id)
        answer = reader.open(path)
        if answer.status_code == 200 and NAME.encode() in answer.get_data():
            shown[pattern] = times(app, person_id) > before
    return shown


@covers("S17")
def test_every_page_that_shows_a_name_leaves_a_row(
    app: Flask, browser: Browser, make: Make
) -> None:
    unit = make.unit("Konstruktion")
    employment = leading(make, unit)
    case_id = open_for(make, employment)
    with make.work():
        case = load(case_id)
        ids = {"TASK": case.tasks[0].public_id, "CASE": case_id}
        ids |= {"PERSON": case.person.public_id, "UNIT": unit.public_id}
    staff = browser.as_(make.staff(Role.HR, Role.HR_LEAD, Role.ADMIN, Role.DPO, Role.RECRUITER))
    shown = unseen(app, staff, ids, employment.person_id)
    mate = make.alumnus(NAME, unit=unit)
    reader = browser.another().as_(make.alumnus("Bo Ek", unit=unit))
    shown |= unseen(app, reader, ids, mate.person_id)
    assert [page for page, left in shown.items() if not left] == []
    assert shown.keys() >= KNOWN
