"""The page where a member answers, the question on the home page, and what it refuses."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from time_machine import travel

from alumni_portal.accounts.models import Account
from alumni_portal.consents.models import Purpose
from alumni_portal.consents.queries import standing
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.people.models import Person
from alumni_portal.rehire import queries, rules
from alumni_portal.rehire.models import Hours, Interest, Level
from tests.rehire.making import FOR_JOBS, answer, candidate
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make, days

BUTTON = "Spara mitt svar"
OUT_OF_REACH = "Välj en dag från i dag och högst två år fram."
AN_ID = "Det ser ut som ett personnummer. Det ska inte stå här."


def answer_of(app: Flask, account: Account) -> Interest | None:
    with app.app_context():
        return queries.interest_of(account.person_id)


def test_a_member_answers_with_all_there_is_to_say(
    app: Flask, browser: Browser, make: Make
) -> None:
    employer = make.unit("Sundmark AB")
    unit = make.unit("Elkraft", parent=employer)
    make.unit("Elnät Syd", parent=unit)
    me = make.alumnus(agreed_to=FOR_JOBS)
    page = browser.as_(me).get("rehire.interest")
    assert "Du syns inte, för du har inget svar som gäller." in page
    assert page.texts("fieldset#units .check") == ["Elkraft", "Elkraft › Elnät Syd"]
    page = page.submit(
        BUTTON, level="open", start="3", hours="part", places="Malmö", units=[unit.public_id]
    )
    assert page.flashes == ["Ditt svar är sparat."]
    assert "Elkraft" in page
    assert "Deltid" in page
    found = answer_of(app, me)
    assert found is not None
    assert (found.level, found.hours, found.places) == (Level.OPEN, Hours.PART, "Malmö")
    assert found.from_on == rules.months_ahead(clock.today(), 3)


def test_the_page_never_asks_about_pay(browser: Browser, make: Make) -> None:
    page = browser.as_(make.alumnus(agreed_to=FOR_JOBS)).get("rehire.interest")
    names = {str(one.get("name")) for one in page.all("main [name]")}
    asked = {"level", "start", "from_on", "hours", "places"}
    assert names == {*asked, "only_level", "wording", "csrf_token"}


def test_the_consent_that_is_missing_is_offered_on_the_same_page(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    me = make.alumnus()
    page = browser.as_(me).get("rehire.interest")
    box = page.all("input[name=agree]")[0]
    assert not box.has_attr("checked")
    assert "Jag samtycker till att rekryterare på Sundmark söker fram min profil" in page
    page = page.submit(BUTTON, level="looking")
    assert "Just nu ser ingen ditt svar" in page
    page = page.submit(BUTTON, level="looking", agree="y")
    assert not page.all("input[name=agree]")
    assert "Just nu ser ingen ditt svar" not in page
    with app.app_context():
        assert Purpose.RECRUITER_CONTACT in standing(me.person_id or 0)
    assert "söker fram min profil" in outbox.last().text


def test_a_yes_is_a_yes_to_the_words_on_the_page(app: Flask, browser: Browser, make: Make) -> None:
    me = make.alumnus()
    page = browser.as_(me).get("rehire.interest")
    page = page.submit(BUTTON, level="looking", places="Lund", agree="y", wording="en annan text")
    assert page.errors == [
        "Rekryterare får kontakta mig om jobb: Texten har ändrats. Läs den och kryssa igen."
    ]
    assert page.value("places") == "Lund"
    assert answer_of(app, me) is None
    with app.app_context():
        assert Purpose.RECRUITER_CONTACT not in standing(me.person_id or 0)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"level": None}, "Vill du komma tillbaka till oss? Välj ett av svaren."),
        ({"start": "day", "from_on": ""}, "Dag: Välj en dag."),
        (
            {"start": "day", "from_on": "2001-01-01"},
            f"Dag: {OUT_OF_REACH}",
        ),
        (
            {"start": "day", "from_on": "2099-01-01"},
            f"Dag: {OUT_OF_REACH}",
        ),
        ({"places": f"{19811228}-{9874}"}, f"Var vill du arbeta? {AN_ID}"),
    ],
)
def test_bad_input_is_said_at_its_field_and_nothing_typed_is_lost(
    app: Flask, browser: Browser, make: Make, typed: dict[str, Any], said: str
) -> None:
    me = make.alumnus(agreed_to=FOR_JOBS)
    page = browser.as_(me).get("rehire.interest")
    page = page.submit(BUTTON, **{"level": "open", "hours": "full", "places": "Malmö", **typed})
    assert page.errors == [said]
    assert page.value("places") == typed.get("places", "Malmö")
    assert page.all("select[name=hours] option[selected]")[0]["value"] == "full"
    assert answer_of(app, me) is None


def test_the_home_page_asks_and_keeps_the_rest_of_the_answer(
    app: Flask, browser: Browser, make: Make
) -> None:
    me, unit = make.alumnus(agreed_to=FOR_JOBS), make.unit("Elkraft")
    answer(make, me, Level.CURIOUS, places="Malmö", unit_ids=[unit.id], from_on=days(40))
    page = browser.as_(me).get("home.alumnus")
    assert "Du svarade" in page
    page = page.submit(BUTTON, level="looking")
    assert page.flashes == ["Ditt svar är sparat."]
    found = answer_of(app, me)
    assert found is not None
    assert (found.level, found.places, found.from_on) == (Level.LOOKING, "Malmö", days(40))
    with app.app_context():
        assert [one.name for one in queries.units_wanted(me.person_id or 0)] == ["Elkraft"]


def test_not_now_keeps_nothing_else(app: Flask, browser: Browser, make: Make) -> None:
    me = candidate(make)
    page = browser.as_(me).get("rehire.interest")
    page = page.submit(BUTTON, level="not_now", places="Malmö", start="6")
    assert "det ser inga rekryterare" in page
    found = answer_of(app, me)
    assert found is not None
    assert (found.level, found.places, found.from_on) == (Level.NOT_NOW, "", None)


def test_an_answer_that_has_expired_is_said_and_asked_for_again(
    app: Flask, browser: Browser, make: Make
) -> None:
    me = candidate(make)
    with travel(clock.now() + rules.LASTS + timedelta(days=1)):
        page = browser.as_(me).get("home.alumnus")
        assert "Nu hittas du inte." in page
        assert not page.all("input[name=level][checked]")
        assert "Ditt svar har gått ut" in browser.get("rehire.interest")


def test_who_has_left_the_network_is_told_and_may_not_answer(
    app: Flask, browser: Browser, make: Make
) -> None:
    outsider = make.alumnus(agreed_to=())
    page = browser.as_(outsider).get("rehire.interest")
    assert "Du är inte med i nätverket just nu" in page
    token = browser.get("consents.centre").value("csrf_token")
    answered = {"level": "open", "csrf_token": token}
    page = browser.go("/interest", method="POST", data=answered)
    assert answer_of(app, outsider) is None


@covers("S24")
def test_figures_are_for_those_who_look_for_candidates(browser: Browser, make: Make) -> None:
    candidate(make)
    for role, is_shown in ((Role.RECRUITER, True), (Role.HR, True), (Role.MANAGER, False)):
        page = browser.another().as_(make.staff(role)).get("home.staff")
        assert ("Så har alumnerna svarat" in page) is is_shown


def test_the_page_speaks_english(app: Flask, make: Make) -> None:
    me = make.alumnus(agreed_to=FOR_JOBS)
    with make.work():
        db.session.get_one(Person, me.person_id).language = "en"
    page = Browser(app, language="en").as_(me).get("rehire.interest")
    assert page.heading == "Would you like to come back?"
