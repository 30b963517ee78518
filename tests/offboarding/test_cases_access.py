"""Who may know what of a case."""

from datetime import timedelta

import pytest
from flask import Flask
from time_machine import travel

from alumni_portal.consents.models import Purpose
from alumni_portal.core import access_log, clock
from alumni_portal.core.access_log import Look
from alumni_portal.core.db import db
from alumni_portal.core.permissions import COMMAND_LINE as HR
from alumni_portal.core.permissions import Role
from alumni_portal.offboarding import services
from alumni_portal.people import services as people
from alumni_portal.people.models import ExitGround, Person, Unit
from tests.offboarding.making import Leaver, change, leaver, load, task
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make, days
from tests.support.page import Page


@pytest.fixture
def unit(make: Make) -> Unit:
    return make.unit("Konstruktion")


@pytest.fixture
def who(make: Make, outbox: Outbox, unit: Unit) -> Leaver:
    return leaver(make, outbox, unit=unit, ground=ExitGround.REDUNDANCY)


@pytest.fixture
def hr(browser: Browser, make: Make) -> Browser:
    return browser.as_(make.staff(Role.HR, name="Maria Stenberg"))


@pytest.fixture
def boss(browser: Browser, make: Make, unit: Unit) -> Browser:
    return browser.another().as_(make.manager_of(unit))


def show(reader: Browser, who: Leaver, show: str = "all") -> Page:
    return reader.get("offboarding.case", public_id=who.public_id, show=show)


def box(page: Page, title: str) -> str:
    found = [tag for tag in page.all("label.check") if title in tag.get_text()]
    return str(found[0].select("input")[0]["value"])


def test_a_manager_sees_own_cases_without_the_exit_ground(boss: Browser, who: Leaver) -> None:
    page = show(boss, who)
    for text in ("Arbetsbrist", "LAS", "företrädesrätt", "omställning", "arbetsgivarintyg"):
        assert text not in page.html
    assert "Gör en plan för överlämningen" in page
    assert "Ändra sista dag" not in page.links()


def test_a_manager_does_not_learn_what_a_leaver_answered_about_the_network(
    hr: Browser, boss: Browser, who: Leaver
) -> None:
    change(who.make, who.public_id, services.answer, {Purpose.MEMBERSHIP}, language="sv")
    for reader, sees in ((hr, True), (boss, False)):
        page = show(reader, who)
        assert ("Elin har sagt ja till en inbjudan" in page) is sees
        assert ("Svarade om nätverket" in page) is sees


def test_a_manager_learns_nothing_about_other_units_or_deaths(
    make: Make, outbox: Outbox, boss: Browser, who: Leaver, unit: Unit
) -> None:
    other = leaver(make, outbox, name="Bo Al", unit=make.unit("Elkraft"))
    gone = leaver(make, outbox, name="Ada Ek", unit=unit)
    change(make, gone.public_id, services.note_death, on=days(0))
    page = boss.get("offboarding.cases")
    assert page.texts("tbody th a") == ["Elin Bergström"]
    for hidden in (other, gone):
        assert boss.open(f"/offboarding/{hidden.public_id}").status_code == 404


def test_a_deputy_sees_the_case_and_the_unit_that_was_left_decides(
    browser: Browser, make: Make, who: Leaver, unit: Unit
) -> None:
    account = make.staff(Role.MANAGER, name="Dag Ek")
    reader = browser.another().as_(account)
    show_status = reader.open(f"/offboarding/{who.public_id}").status_code
    with make.work():
        people.appoint_lead(
            db.session.merge(unit, load=False),
            db.session.get_one(Person, account.person_id),
            is_deputy=True,
            from_on=days(-1),
            by=HR,
        )
    assert show_status == 404
    assert show(reader, who).heading == "Elin Bergström"


def test_a_manager_ticks_the_managers_tasks_and_no_others(
    app: Flask, boss: Browser, who: Leaver
) -> None:
    page = show(boss, who)
    own = box(page, "Gör en plan för överlämningen")
    page = page.submit("Spara", done=[own])
    assert page.flashes == ["Sparat: 1 steg."]
    with app.app_context():
        foreign = task(load(who.public_id), "nda").public_id
    sent = {"done": foreign, "csrf_token": page.value("csrf_token")}
    boss.open(f"/offboarding/{who.public_id}/tasks", method="POST", data=sent)
    with app.app_context():
        assert task(load(who.public_id), "handover_plan").done_at is not None
        assert task(load(who.public_id), "nda").done_at is None


@pytest.mark.parametrize("role", [Role.RECRUITER, Role.ADMIN, Role.DPO, Role.INTERVIEWER])
def test_nobody_else_sees_cases(browser: Browser, make: Make, who: Leaver, role: Role) -> None:
    reader = browser.another().as_(make.staff(role))
    assert reader.open("/offboarding").status_code == 404
    assert reader.open(f"/offboarding/{who.public_id}").status_code == 404


def test_every_look_at_a_case_is_shown_to_the_leaver(
    app: Flask, hr: Browser, boss: Browser, who: Leaver
) -> None:
    show(hr, who)
    boss.get("offboarding.cases")
    with app.app_context():
        looks = [one.look for one in access_log.seen(load(who.public_id).person_id)]
    assert looks == [Look.CASE_LIST, Look.CASE]


def test_a_manager_sees_closed_cases_of_units_led_and_of_no_other(
    browser: Browser, make: Make, outbox: Outbox, unit: Unit
) -> None:
    own = leaver(make, outbox, name="Ada Ek", unit=unit)
    below = leaver(make, outbox, name="Bo Al", unit=make.unit("Ritningar", parent=unit))
    other = leaver(make, outbox, name="Cy Dal", unit=make.unit("Elkraft"))
    nowhere = leaver(make, outbox, name="Di Eng")
    with travel(clock.now() + timedelta(days=25), tick=True):
        for one in (own, below, other, nowhere):
            change(make, one.public_id, services.close_case)
        boss = browser.as_(make.manager_of(unit))
        for leaf in ("", "/dates.ics"):
            asked = [f"/offboarding/{one.public_id}{leaf}" for one in (own, below, other, nowhere)]
            assert [boss.open(path).status_code for path in asked] == [200, 200, 404, 404]
        listed = boss.get("offboarding.cases", show="done").texts("tbody th a")
    assert sorted(listed) == ["Ada Ek", "Bo Al"]
