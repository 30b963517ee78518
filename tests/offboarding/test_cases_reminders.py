"""Reminders, one letter per person and day; and what else happens by the clock."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import true
from time_machine import travel

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import COMMAND_LINE as HR
from alumni_portal.core.permissions import Role
from alumni_portal.offboarding import services
from alumni_portal.offboarding.models import CaseState, TaskOwner
from alumni_portal.offboarding.queries import cases as queries
from alumni_portal.offboarding.queries.cases import NextTask
from tests.offboarding.making import Leaver, change, leaver, load, open_for
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make, days


@pytest.fixture
def who(make: Make, outbox: Outbox) -> Leaver:
    """Return somebody of whose case nothing but the equipment (the last day) is left."""
    made = leaver(make, outbox)
    with make.work():
        case = load(made.public_id)
        for task in case.tasks:
            if task.key != "equipment":
                task.done_at = clock.now()
    return made


def later(number: int) -> travel:
    return travel(clock.now() + timedelta(days=number), tick=True)


def reminders(outbox: Outbox, to: str) -> int:
    return len([one for one in outbox.letters(to) if "påminnelse" in one.subject.lower()])


def test_a_leaver_is_reminded_seven_and_two_days_before(outbox: Outbox, who: Leaver) -> None:
    who.link()
    told = []
    for day in range(16, 29):
        before = reminders(outbox, who.address)
        with later(day):
            if reminders(outbox, who.address) > before:
                told.append(day)
    assert told == [17, 22]


def test_a_late_leaver_is_reminded_every_day(outbox: Outbox, who: Leaver) -> None:
    make = who.make
    with make.work():
        case = load(who.public_id)
        services.add_task(case, "Ring Bosse", owner=TaskOwner.LEAVER, due_on=days(1), by=HR)
    who.link()
    told = []
    for day in (1, 2, 3, 4):
        before = reminders(outbox, who.address)
        with later(day):
            told.append(reminders(outbox, who.address) - before)
    assert told == [0, 1, 1, 1]


def test_a_leaver_without_a_link_hears_nothing(outbox: Outbox, who: Leaver) -> None:
    with later(17):
        assert outbox.letters(who.address) == []


def test_an_owner_gets_one_letter_a_day_for_everything(make: Make, outbox: Outbox) -> None:
    unit = make.unit("Konstruktion")
    make.manager_of(unit)
    for name in ("Elin Bergström", "Bo Al"):
        open_for(make, make.leaver(name, unit=unit))
    with later(1):
        letters = [one for one in outbox.letters() if one.subject.startswith("Avslut:")]
        mine = [one for one in letters if "Elin Bergström: Berätta för gruppen" in one.text]
    assert len(mine) == 1
    assert "Bo Al: Gör en plan för överlämningen" in mine[0].text
    with later(1):
        assert len([o for o in outbox.letters() if o.subject.startswith("Avslut:")]) == len(letters)
    with later(2):
        assert len([o for o in outbox.letters(mine[0].to) if o.subject.startswith("Avslut:")]) == 2


def test_a_new_manager_gets_the_reminders_from_now_on(make: Make, outbox: Outbox) -> None:
    public_id = open_for(make, make.leaver())
    new = make.employee("Dag Ek")
    with make.work():
        person = db.session.merge(new, load=False)
        services.assign(load(public_id), hr=None, manager=person, by=HR)
    with later(1):
        found = [one for one in outbox.letters() if "Berätta för gruppen" in one.text]
    assert [one.subject.startswith("Avslut:") for one in found] == [True]


def test_it_and_payroll_are_reminded_through_hr(make: Make, outbox: Outbox) -> None:
    make.staff(Role.HR, name="Maria Stenberg")
    open_for(make, make.leaver())
    with later(1):
        found = [one for one in outbox.letters() if "Lista behörigheter" in one.text]
    assert len(found) == 1


def test_a_finished_case_closes_itself_after_the_last_day(
    app: Flask, make: Make, outbox: Outbox, who: Leaver
) -> None:
    with make.work():
        for task in load(who.public_id).tasks:
            task.done_at = task.done_at or clock.now()
    with later(23):
        outbox.letters()
        with app.app_context():
            assert load(who.public_id).is_open
    with later(25):
        outbox.letters()
        with app.app_context():
            assert load(who.public_id).state is CaseState.CLOSED


def test_a_case_with_something_left_stays_open(app: Flask, outbox: Outbox, who: Leaver) -> None:
    with later(40):
        outbox.letters()
        with app.app_context():
            assert load(who.public_id).is_open


def test_ticking_in_a_case_that_was_cancelled_meanwhile_is_explained(
    browser: Browser, make: Make, outbox: Outbox
) -> None:
    made = leaver(make, outbox)
    page = browser.as_(make.staff(Role.HR)).get("offboarding.case", public_id=made.public_id)
    box = str(page.all("input[name=done]:not([disabled])")[0]["value"])
    change(make, made.public_id, services.withdraw_notice)
    page = page.submit("Spara", done=[box], expects=409)
    assert "inte öppet längre" in page


def test_the_next_task_of_a_row_is_the_first_that_is_left(inside: Flask, make: Make) -> None:
    open_for(make, make.leaver())
    page = queries.listed(queries.Wanted(), true(), may_read_ground=True)
    assert page.rows[0].next == NextTask("agree_what_to_tell", "", days(0))
