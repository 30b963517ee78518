"""What moves with the last day, what stays with the unit that was left, what a talk prepares by."""

from datetime import date, timedelta

import pytest
from flask import Flask
from time_machine import travel

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import COMMAND_LINE, SYSTEM, Role
from alumni_portal.exit_interviews import queries, services
from alumni_portal.exit_interviews.models import Reach, Track
from alumni_portal.exit_interviews.queries import interviews as lookups
from alumni_portal.exit_interviews.rules import ReleaseRow
from alumni_portal.exit_interviews.rules.timing import closes_on
from alumni_portal.exit_interviews.services.booking import Talk
from alumni_portal.insights import services as insights
from alumni_portal.insights.rules.population import latest_closed
from alumni_portal.offboarding import services as offboarding
from alumni_portal.people import services as people
from alumni_portal.people.models import ExitGround, Person, Unit
from tests.exit_interviews.making import Asked, asked
from tests.insights.leavers import row
from tests.offboarding.making import change, leaver
from tests.support.browser import Browser
from tests.support.hours import on_day
from tests.support.letters import Outbox
from tests.support.make import Make, days


@pytest.fixture
def company(make: Make) -> Unit:
    return make.unit("Bolaget")


@pytest.fixture
def unit(make: Make, company: Unit) -> Unit:
    return make.unit("Lager", parent=company)


@pytest.fixture
def elin(make: Make, outbox: Outbox, unit: Unit) -> Asked:
    found = asked(make, outbox, unit=unit)
    found.choose(Reach.HR_ONLY)
    return found


def move(make: Make, public_id: str, day: date) -> None:
    """Give a case another last day."""
    own = ExitGround.OWN_REQUEST
    change(make, public_id, offboarding.move_last_day, ends_on=day, notice_on=days(-60), ground=own)


def at(day: date) -> travel:
    return on_day(day)


def test_closing_moves_with_the_last_day(app: Flask, make: Make, elin: Asked) -> None:
    later = days(60)
    move(make, elin.who.public_id, later)
    with app.app_context():
        assert elin.interview().closes_on == closes_on(later)
    with at(closes_on(later)), make.work():
        assert services.close_due() == 0
    with at(closes_on(later) + timedelta(days=1)), make.work():
        assert services.close_due() == 1


def test_an_earlier_last_day_closes_earlier_and_the_page_says_so(
    browser: Browser, make: Make, elin: Asked
) -> None:
    sooner = days(10)
    move(make, elin.who.public_id, sooner)
    assert str(closes_on(sooner).day) in browser.go(elin.path).one("[data-saved]").text
    with at(closes_on(sooner) + timedelta(days=1)), make.work():
        assert services.close_due() == 1


def test_who_is_not_asked_yet_is_asked_by_the_new_last_day(
    make: Make, outbox: Outbox, unit: Unit, elin: Asked
) -> None:
    kim = leaver(make, outbox, name="Kim Ask", unit=unit, ends=days(16))
    move(make, kim.public_id, days(40))
    with at(days(3)), make.work():
        assert services.open_due() == 0
    with at(days(26)), make.work():
        assert services.open_due() == 1


def rows(elin: Asked) -> list[ReleaseRow]:
    with elin.make.work():
        services.close_due()
    with elin.make.work():
        return queries.release_rows(until=clock.today())


def test_a_unit_that_moves_after_the_exit_leaves_the_exit_where_it_was(
    make: Make, elin: Asked, company: Unit, unit: Unit
) -> None:
    """I7: the unit at the exit date counts, with what was above it then."""
    new_home = make.unit("Nya divisionen", parent=company)
    last = elin.who.employment.ends_on or date.max
    with at(last + timedelta(days=120)):
        before = rows(elin)
        with make.work():
            people.change_unit(
                db.session.get_one(Unit, unit.id),
                name="Lager",
                parent_id=new_home.id,
                on=clock.today(),
                by=COMMAND_LINE,
            )
        assert rows(elin) == before
    assert before[0].unit_path == (company.public_id, unit.public_id)


def release(make: Make, path: tuple[str, ...]) -> None:
    """Publish a quarter in which half of forty leavers of a unit name pay, half workload."""
    quarter = latest_closed(clock.today())
    released = [
        row(f"t{n}", quarter=quarter, unit_path=path, reasons=("pay",) if n % 2 else ("workload",))
        for n in range(40)
    ]
    with make.work():
        insights.release_from(released, quarter, by=SYSTEM, theme_of=queries.reason_themes())


def test_a_talk_is_prepared_by_the_latest_release_and_never_by_an_answer(
    app: Flask, browser: Browser, make: Make, outbox: Outbox, company: Unit, unit: Unit
) -> None:
    release(make, (company.public_id, unit.public_id))
    elin = asked(make, outbox, unit=unit)
    elin.choose(Reach.HR_ONLY)
    elin.save(workload="1", stay_open="kanariefågel")
    elin.do(services.send_in)
    holder = make.staff(Role.INTERVIEWER, name="Ida Holm")
    with make.work():
        who = db.session.get_one(Person, holder.person_id)
        talk = Talk(starts_at=clock.now() + timedelta(days=2), place="Rum 4")
        services.book(elin.case(), Track.HR, who, talk, by=COMMAND_LINE)
    with app.app_context():
        found = lookups.of_case_and_track(elin.case().id, Track.HR)
        assert found is not None
        place = f"/exit-interviews/{found.public_id}/notes"
    page = browser.as_(holder).go(place)
    assert "Arbetsbelastning" in page
    assert "50 %" in page.text.replace("\xa0", " ")
    assert "kanariefågel" not in page
