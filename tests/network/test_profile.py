"""The own profile: filled in, confirmed once a year, forgotten after leaving."""

from datetime import timedelta

import time_machine
from flask import Flask
from sqlalchemy import func, select

from alumni_portal.consents import services as consents
from alumni_portal.consents.models import How, Purpose
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.network import queries
from alumni_portal.network.models import DirectoryWord, PersonSkill, Profile, Skill
from alumni_portal.people.models import Person
from tests.network.making import profile
from tests.support.browser import Browser
from tests.support.letters import Outbox, run_jobs
from tests.support.make import Make


def test_a_member_tells_what_is_new_and_sees_the_next_step(browser: Browser, make: Make) -> None:
    browser.as_(make.alumnus("Amira Haddad"))
    page = browser.get("network.profile")
    assert "0 av 6" in page
    page = page.follow("Skriv vad du gör nu")
    page = page.submit(
        "Spara profilen",
        now_title="Sektionschef",
        now_employer="Nordlys Energi",
        skills_since="Ledarskap, python ,Python",
        skills_then="Relä och skydd",
        topics=["grid"],
    )
    assert page.flashes == ["Profilen är sparad."]
    assert "Sektionschef, Nordlys Energi" in page
    assert page.texts(".tag--hit") == ["Ledarskap", "python"]
    assert "4 av 6" in page
    assert "Skriv var du bor" in page.links()


def test_a_link_that_is_none_is_explained_and_the_rest_is_kept(
    browser: Browser, make: Make
) -> None:
    browser.as_(make.alumnus())
    page = browser.get("network.edit_profile")
    page = page.submit("Spara profilen", city="Lund", links="javascript:alert(1)")
    assert page.errors == ["Länkar: Skriv hela adressen, den börjar med https://"]
    assert page.value("city") == "Lund"
    assert browser.get("network.edit_profile").value("city") == ""


def test_who_is_no_member_is_told_so_and_nothing_is_kept(
    browser: Browser, make: Make, app: Flask
) -> None:
    browser.as_(make.staff(Role.RECRUITER))
    assert "Du är inte med i nätverket" in browser.get("network.profile")
    assert "Därför sparar vi ingen profil" in browser.get("network.edit_profile")
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Profile)) == 0


def test_one_press_says_that_the_profile_still_holds(browser: Browser, make: Make) -> None:
    me = make.alumnus()
    with time_machine.travel(clock.now() + timedelta(days=400), tick=False):
        page = browser.as_(me).get("network.profile").submit("Ja, den stämmer")
        assert page.flashes == ["Tack! Nu syns det att profilen stämmer."]
        with browser.app.app_context():
            assert queries.profile_of(me.person_id).confirmed_at == clock.now()


def test_once_a_year_a_letter_asks_and_its_link_answers_without_signing_in(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    me = make.alumnus("Amira Haddad", private="amira@post.example")
    profile(make, me, now_title="Sektionschef", city="Malmö")
    with time_machine.travel(clock.now() + timedelta(days=366)):
        run_jobs(app)
        run_jobs(app)
        asked = [one for one in outbox.letters("amira@post.example") if "Stämmer" in one.subject]
        assert len(asked) == 1
        assert "Sektionschef" in asked[0].text
        page = browser.go(asked[0].link)
        with app.app_context():
            before = queries.profile_of(me.person_id).confirmed_at
        page = page.submit("Ja, det stämmer")
        assert page.heading == "Tack, då vet vi"
        with app.app_context():
            assert queries.profile_of(me.person_id).confirmed_at > before
        assert browser.go(asked[0].link).heading == "Tack, då vet vi"
        browser.go(asked[0].link + "x", status=410)


def test_a_profile_is_forgotten_thirty_days_after_leaving_and_kept_until_then(
    app: Flask, make: Make
) -> None:
    me = make.alumnus()
    profile(make, me, city="Malmö", then=("Relä och skydd",))
    with make.work():
        person = db.session.get_one(Person, me.person_id)
        consents.withdraw(person, Purpose.MEMBERSHIP, how=How.CONSENT_CENTRE, by=SYSTEM)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(DirectoryWord)) == 0
    for days, left in ((29, 1), (31, 0)):
        with time_machine.travel(clock.now() + timedelta(days=days)):
            run_jobs(app)
        with app.app_context():
            counts = [
                db.session.scalar(select(func.count()).select_from(table))
                for table in (Profile, PersonSkill, Skill)
            ]
        assert counts == [left] * 3


def test_a_skill_of_one_person_is_not_suggested_to_others(inside: Flask, make: Make) -> None:
    for number in range(3):
        profile(make, make.alumnus(f"Bo B{number}"), then=("Relä och skydd",))
    profile(make, make.alumnus("Eva Ek"), then=("Falkenering",))
    assert queries.suggested_skills() == ["Relä och skydd"]


def test_home_shows_colleagues_from_the_same_time(browser: Browser, make: Make) -> None:
    unit = make.unit("Elkraft")
    make.alumnus("Johan Bergqvist", unit=unit)
    browser.as_(make.alumnus("Amira Haddad", unit=unit))
    page = browser.get("home.alumnus")
    assert "Kollegor från din tid" in page
    assert "Johan Bergqvist" in page.links()
