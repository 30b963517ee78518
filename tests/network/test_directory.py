"""The directory: members find members, by what each of them shows."""

from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from alumni_portal.consents import services as consents
from alumni_portal.consents.models import How, Purpose
from alumni_portal.core import access_log, clock
from alumni_portal.core.access_log import Look
from alumni_portal.core.audit import AuditEntry
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.network import queries
from alumni_portal.network.models import Topic
from alumni_portal.network.queries import Viewer, Wanted
from alumni_portal.people.models import Person
from tests.network.making import profile
from tests.support.alike import alike
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make, days
from tests.support.page import Page


def names(page: Page) -> list[str]:
    return page.texts(".hit h3")


@pytest.mark.both_databases
def test_an_alumnus_finds_colleagues_in_swedish_order(browser: Browser, make: Make) -> None:
    for name in ("Örjan Ek", "Åsa Ål", "Ärla Äng", "Zoe Zetterberg", "Bo Öst", "Ed Ekman"):
        make.alumnus(name)
    browser.as_(make.alumnus("Amira Haddad"))
    page = browser.get("network.directory")
    assert names(page) == [
        "Örjan Ek",
        "Ed Ekman",
        "Amira Haddad",
        "Zoe Zetterberg",
        "Åsa Ål",
        "Ärla Äng",
        "Bo Öst",
    ]
    assert "7 kollegor" in page


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "typed",
    ["åkerström", "akerstrom", "ÅKER", "linnea ak", "Akerstrm", "akerstorm", "nordlys", "elkraft"],
)
def test_words_are_found_without_accents_by_their_beginnings_and_with_a_slip(
    browser: Browser, make: Make, typed: str
) -> None:
    unit = make.unit("Elkraft")
    profile(make, make.alumnus("Linnéa Åkerström", unit=unit), now_employer="Nordlys Energi")
    browser.as_(make.alumnus("Amira Haddad"))
    assert names(browser.get("network.directory", q=typed)) == ["Linnéa Åkerström"]


@pytest.mark.both_databases
def test_filters_narrow_the_list_by_what_is_shown(browser: Browser, make: Make) -> None:
    elkraft, rail = make.unit("Elkraft"), make.unit("Järnväg")
    grid = make.unit("Elnät", parent=elkraft)
    early = make.alumnus("Eva Ek", unit=grid, begins=date(2001, 1, 1), left=date(2005, 1, 1))
    late = make.alumnus("Bo Berg", unit=rail, begins=date(2015, 1, 1), left=date(2020, 1, 1))
    profile(make, early, city="Luleå", then=("Relä och skydd",), topics=(Topic.RAILWAY,))
    profile(make, late, city="Malmö", since=("Python",))
    browser.as_(make.alumnus("Amira Haddad"))
    found = {
        "unit": names(browser.get("network.directory", unit=elkraft.public_id)),
        "years": names(browser.get("network.directory", from_year="1999", to_year="2002")),
        "city": names(browser.get("network.directory", city="lulea")),
        "skill": names(browser.get("network.directory", skill="python")),
        "topic": names(browser.get("network.directory", topic="railway")),
    }
    eva, bo = ["Eva Ek"], ["Bo Berg"]
    assert found == {"unit": eva, "years": eva, "city": eva, "skill": bo, "topic": eva}


@pytest.mark.both_databases
def test_colleagues_from_my_time_shared_a_unit_and_a_time(browser: Browser, make: Make) -> None:
    unit, other = make.unit("Elkraft"), make.unit("Järnväg")
    begins, left = date(2015, 1, 1), date(2020, 1, 1)
    make.alumnus("Johan Bergqvist", unit=unit, begins=date(2019, 1, 1), left=date(2022, 1, 1))
    make.alumnus("Sen Senare", unit=unit, begins=date(2020, 2, 1), left=date(2022, 1, 1))
    make.alumnus("Annan Avdelning", unit=other, begins=begins, left=left)
    browser.as_(make.alumnus("Amira Haddad", unit=unit, begins=begins, left=left))
    assert names(browser.get("network.directory", mine="y")) == ["Johan Bergqvist"]


@pytest.mark.both_databases
def test_every_page_leads_on_and_shows_everybody_once(inside: Flask, make: Make) -> None:
    viewer = make.alumnus("Amira Haddad")
    everybody = {viewer.person_id} | {make.alumnus(f"Bo B{n:03}").person_id for n in range(104)}
    seen: list[int] = []
    after: str | None = None
    while True:
        me = Viewer(viewer.person_id, is_alumnus=True)
        found = queries.find(me, Wanted(), after=after)
        assert found.total == 105
        seen += [one.person.id for one in found.page.rows]
        after = found.page.next
        if after is None:
            break
    assert sorted(seen) == sorted(everybody)


@covers("S24")
@pytest.mark.both_databases
def test_who_withdraws_between_list_and_click_is_missing_like_anybody_else(
    browser: Browser, make: Make
) -> None:
    other = make.alumnus("Bo Berg")
    browser.as_(make.alumnus("Amira Haddad"))
    page = browser.get("network.directory")
    link = page.links()["Bo Berg"]
    with make.work():
        person = db.session.get_one(Person, other.person_id)
        consents.withdraw(person, Purpose.MEMBERSHIP, how=How.CONSENT_CENTRE, by=SYSTEM)
    gone = browser.open(link)
    never = browser.open("/colleagues/" + "x" * 14)
    assert gone.status_code == never.status_code == 404
    hide = (link.rsplit("/", 1)[1], "x" * 14)
    assert alike(gone.text, *hide) == alike(never.text, *hide)
    assert "Bo Berg" not in names(browser.get("network.directory"))


def test_whoever_is_employed_again_or_lapsed_is_not_found(browser: Browser, make: Make) -> None:
    back, gone = make.alumnus("Bo Berg"), make.alumnus("Eva Ek")
    with make.work():
        make.employment(db.session.get_one(Person, back.person_id), begins=days(5))
    me = make.alumnus("Amira Haddad")
    assert names(browser.as_(me).get("network.directory")) == ["Bo Berg", "Eva Ek", "Amira Haddad"]
    with time_machine.travel(clock.now() + timedelta(days=6)):
        assert names(browser.as_(me).get("network.directory")) == ["Eva Ek", "Amira Haddad"]
    with make.work():
        person = db.session.get_one(Person, gone.person_id)
        consents.withdraw(person, Purpose.MEMBERSHIP, how=How.CONSENT_CENTRE, by=SYSTEM)
    assert names(browser.as_(me).get("network.directory")) == ["Bo Berg", "Amira Haddad"]


def test_an_old_profile_is_left_out_unless_asked_for_and_marked(
    browser: Browser, make: Make
) -> None:
    old = make.alumnus("Bo Berg")
    with time_machine.travel(clock.now() + timedelta(days=700)), make.work():
        person = db.session.get_one(Person, old.person_id)
        consents.give(person, Purpose.MEMBERSHIP, language="sv", how=How.MAIL_LINK, by=SYSTEM)
    with time_machine.travel(clock.now() + timedelta(days=740)):
        browser.as_(make.alumnus("Amira Haddad"))
        assert names(browser.get("network.directory")) == ["Amira Haddad"]
        page = browser.get("network.directory", older="y")
        assert names(page) == ["Bo Berg", "Amira Haddad"]
        assert "Äldre uppgifter" in page.texts(".hit")[0]


@covers("S23")
def test_a_script_is_stopped_and_leaves_a_row_of_alarm(
    browser: Browser, make: Make, app: Flask
) -> None:
    other, me = make.alumnus("Bo Berg"), make.alumnus("Amira Haddad")
    browser.as_(me)
    with make.work():
        address = f"/colleagues/{db.session.get_one(Person, other.person_id).public_id}"
    answers = [browser.open(address).status_code for _ in range(303)]
    assert answers == [200] * 300 + [429] * 3
    with app.app_context():
        alarms = [line for line in actions() if line == "directory.limit_reached"]
    assert len(alarms) == 1
    answers = [browser.open("/colleagues").status_code for _ in range(102)]
    assert answers == [200] * 100 + [429] * 2


def actions() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.action)))


@covers("S17")
def test_every_look_is_noted_for_the_one_who_was_looked_at(
    browser: Browser, make: Make, app: Flask
) -> None:
    other = make.alumnus("Bo Berg")
    browser.as_(make.staff(Role.RECRUITER, name="Sofia Lindqvist"))
    browser.get("network.directory").follow("Bo Berg")
    with app.app_context():
        looks = [(seen.look, seen.roles) for seen in access_log.seen(other.person_id)]
    assert looks == [(Look.CARD, ("recruiter",)), (Look.DIRECTORY, ("recruiter",))]


def test_staff_find_members_and_administrators_have_no_directory(
    browser: Browser, make: Make
) -> None:
    make.alumnus("Bo Berg")
    for role in (Role.RECRUITER, Role.HR, Role.MANAGER):
        page = browser.another().as_(make.staff(role)).get("network.directory")
        assert names(page) == ["Bo Berg"]
    browser.as_(make.staff(Role.ADMIN)).get("network.directory", status=404)


def test_what_cannot_be_understood_is_said_and_the_rest_is_kept(
    browser: Browser, make: Make
) -> None:
    browser.as_(make.alumnus("Amira Haddad"))
    page = browser.get("network.directory", q="amira", from_year="nittio", unit="finns-inte")
    assert "Skriv årtal med fyra siffror." in page
    assert page.value("q") == "amira"
    page = browser.get("network.directory", q="qqqqqq")
    assert "Ingen träff" in page
    browser.get("network.directory", after="!!!", q="%_'\"\\")
