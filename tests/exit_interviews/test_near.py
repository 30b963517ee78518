"""Nobody reads what is about themselves, and who read decides nothing (I1, I2)."""

import pytest
from flask import Flask
from sqlalchemy import select

from alumni_portal.core import audit
from alumni_portal.core.db import db
from alumni_portal.core.permissions import COMMAND_LINE, Role
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.models import Interview, Reach, Reader, Seat, Track
from alumni_portal.exit_interviews.rules.naming import is_named
from alumni_portal.exit_interviews.services import readers
from alumni_portal.people import services as people
from alumni_portal.people.models import Person, Unit
from tests.applications.making import apply, scene
from tests.exit_interviews.making import Asked, asked
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make, days


@pytest.mark.parametrize(
    "text",
    [
        "Petra Öhrn lyssnade inte.",
        "Det var Petra Öhrns beslut.",
        "öhrn, PETRA",
        "Fråga petra   öhrn!",
    ],
)
def test_a_name_is_found(text: str) -> None:
    assert is_named("Petra Öhrn", [text])


@pytest.mark.parametrize("text", ["Petra lyssnade.", "Öhrn", "Petra och Anna Öhrn", "", 4])
def test_half_a_name_is_nobody(text: object) -> None:
    assert not is_named("Petra Öhrn", [text])
    assert not is_named("Petra", ["Petra"])


@pytest.fixture
def unit(make: Make) -> Unit:
    return make.unit("Lager")


@pytest.fixture
def elin(make: Make, outbox: Outbox, unit: Unit) -> Asked:
    found = asked(make, outbox, unit=unit)
    found.choose(Reach.HR_ONLY)
    return found


def path(app: Flask, elin: Asked) -> str:
    with app.app_context():
        return f"/exit-interviews/{elin.interview().public_id}"


def test_a_reader_who_is_named_in_a_text_does_not_open_it(
    app: Flask, browser: Browser, elin: Asked
) -> None:
    elin.save(workload="2", stay_open="Att Petra Öhrn hade lyssnat.")
    elin.do(services.send_in)
    browser.as_(elin.hr).go(path(app, elin), status=404)
    assert "hade lyssnat" not in browser.go("/exit-interviews/coding")
    with app.app_context():
        query = select(audit.AuditEntry.actor).where(audit.AuditEntry.action == "exit_answers.read")
        assert list(db.session.scalars(query)) == [elin.hr.public_id]


def test_who_came_to_lead_the_unit_since_reads_no_longer(
    app: Flask, browser: Browser, make: Make, elin: Asked, unit: Unit
) -> None:
    elin.save(workload="2", stay_open="kanariefågel")
    elin.do(services.send_in)
    browser.as_(elin.hr).go(path(app, elin))
    with make.work():
        people.appoint_lead(
            db.session.get_one(Unit, unit.id),
            db.session.get_one(Person, elin.hr.person_id),
            is_deputy=False,
            from_on=days(-1),
            by=COMMAND_LINE,
        )
    browser.go(path(app, elin), status=404)
    assert "kanariefågel" not in browser.go("/exit-interviews/coding")


def test_a_manager_named_in_another_seat_reads_as_the_manager_only(
    app: Flask, browser: Browser, make: Make, outbox: Outbox, unit: Unit
) -> None:
    """Even a row that should not be there opens nothing to the leaver's manager."""
    boss = make.manager_of(unit)
    elin = asked(make, outbox, unit=unit)
    elin.choose(Reach.HR_ONLY)
    elin.save(stay_open="kanariefågel")
    elin.do(services.send_in)
    with make.work():
        row = Reader(
            interview_id=elin.interview().id,
            person_id=boss.person_id,
            seat=Seat.READER,
            from_circle=0,
        )
        db.session.add(row)
    browser.as_(boss).go(path(app, elin), status=404)


def test_a_named_reader_does_not_decide_on_that_persons_application(
    browser: Browser, make: Make
) -> None:
    """As the pages have it: the reader is told that a colleague must decide, and not why."""
    seen = scene(make)
    petra, olle = make.staff(Role.HR, name="Petra Öhrn"), make.staff(Role.HR, name="Olle Berg")
    with make.work():
        about = Interview(track=Track.QUESTIONNAIRE, person_id=seen.amira.person_id)
        db.session.add(about)
        db.session.flush()
        readers.name(about, [(petra.person_id, Seat.READER)])
    place = f"/applications/{apply(make, seen.amira, seen.opening)}"
    assert "En kollega måste avgöra det här" in browser.as_(petra).go(place)
    assert "En kollega måste avgöra det här" not in browser.as_(olle).go(place)
