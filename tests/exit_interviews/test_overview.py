"""HR's list of interviews: what is left to do first, narrowed, page by page (§2)."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from alumni_portal.core import clock, paging
from alumni_portal.core.db import db
from alumni_portal.core.permissions import COMMAND_LINE, Role
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.models import InterviewState, Reach, Track
from alumni_portal.exit_interviews.rules import timing
from alumni_portal.exit_interviews.services.booking import Talk
from alumni_portal.people.models import Person
from tests.exit_interviews.making import Asked, asked
from tests.support.browser import Browser
from tests.support.hours import on_day
from tests.support.letters import Outbox
from tests.support.make import Make
from tests.support.page import Page

pytestmark = pytest.mark.both_databases

LIST = "/exit-interviews"


def names(page: Page) -> list[str]:
    return [one.split(" ")[0] for one in page.texts("tbody th[scope=row]")]


def narrowed(page: Page, field: str, words: str) -> Page:
    option = next(one for one in page.all(f"#{field} option") if words in one.text)
    chosen: dict[str, Any] = {field: option["value"]}
    return page.submit("Visa", **chosen)


def close(leaver: Asked) -> None:
    with leaver.make.work():
        leaver.interview().state = InterviewState.CLOSED


def book(leaver: Asked, holder: Person) -> None:
    with leaver.make.work():
        talk = Talk(starts_at=clock.now() + timedelta(days=3), place="Kaj 3")
        who = db.session.get_one(Person, holder.id)
        services.book(leaver.case(), Track.HR, who, talk, by=COMMAND_LINE)


@pytest.fixture
def elin(make: Make, outbox: Outbox) -> Asked:
    return asked(make, outbox, unit=make.unit("Hamnen"))


@pytest.fixture
def kim(make: Make, outbox: Outbox) -> Asked:
    return asked(make, outbox, name="Kim Ask", unit=make.unit("Lagret"))


def test_what_is_closed_does_not_fill_the_list(browser: Browser, elin: Asked, kim: Asked) -> None:
    close(kim)
    page = browser.as_(elin.hr).go(LIST)
    assert names(page) == ["Elin"]
    assert names(page.follow("Stängda 1")) == ["Kim"]
    assert set(names(page.follow("Alla 2"))) == {"Elin", "Kim"}


def test_whose_talk_is_not_booked_stands_to_be_booked(
    browser: Browser, make: Make, elin: Asked, kim: Asked
) -> None:
    holder = make.staff(Role.INTERVIEWER, name="Ines Holm").person
    page = browser.as_(elin.hr).go(LIST).follow("Att boka 2")
    assert set(names(page)) == {"Elin", "Kim"}
    assert page.follow("Boka samtal Kim Ask").heading
    book(kim, holder)
    assert names(browser.go(LIST + "?show=to_book")) == ["Elin"]
    page = narrowed(browser.go(LIST), "holder", "Ines Holm")
    assert names(page) == ["Kim"]


def test_a_unit_narrows_all_four(browser: Browser, elin: Asked, kim: Asked) -> None:
    page = narrowed(browser.as_(elin.hr).go(LIST), "unit", "Lagret")
    assert names(page) == ["Kim"]
    assert names(page.follow("Att boka 1")) == ["Kim"]
    assert "Ingen träff" in page.follow("Stängda 0")


def test_pages_go_on_and_back_and_a_mark_of_another_list_is_none(
    app: Flask,
    browser: Browser,
    make: Make,
    outbox: Outbox,
    monkeypatch: pytest.MonkeyPatch,
    elin: Asked,
) -> None:
    for number in range(4):
        asked(make, outbox, name=f"Leaver{number} Ros")
    monkeypatch.setattr(paging, "SIZE", 2)
    first = browser.as_(elin.hr).go(LIST)
    second = first.follow("Nästa")
    third = second.follow("Nästa")
    seen = [*names(first), *names(second), *names(third)]
    assert len(seen) == len(set(seen)) == 5
    assert names(third.follow("Föregående")) == names(second)
    assert "Nästa" not in third.links()
    assert names(browser.go(LIST + "?after=" + paging.encode(["x", 1]))) == names(first)


def test_nobody_finds_their_own_exit(browser: Browser, make: Make, outbox: Outbox) -> None:
    own = asked(make, outbox, name="Petra Ek")
    with own.make.work():
        person = db.session.get_one(Person, own.interview().person_id)
    page = browser.as_(make.account(person, Role.HR)).go(LIST + "?show=all")
    assert names(page) == []
    assert names(page.follow("Att boka 0")) == []


def test_an_answer_changes_no_place_in_the_list(browser: Browser, elin: Asked, kim: Asked) -> None:
    before = names(browser.as_(elin.hr).go(LIST))
    elin.choose(Reach.HR_ONLY)
    elin.save(workload="3")
    elin.do(services.send_in)
    assert names(browser.go(LIST)) == before


def test_who_left_long_ago_is_not_to_be_booked_any_more(browser: Browser, elin: Asked) -> None:
    assert names(browser.as_(elin.hr).go(LIST + "?show=to_book")) == ["Elin"]
    over = timing.closes_on(elin.who.employment.ends_on or clock.today())
    with on_day(over + timedelta(days=1)):
        assert names(browser.as_(elin.hr).go(LIST + "?show=to_book")) == []
