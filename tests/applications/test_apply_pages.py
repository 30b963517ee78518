"""The application's page, the status page and everything that can go wrong on the way."""

import pytest
from flask import Flask

from alumni_portal.applications import queries
from alumni_portal.applications.models import Stage
from alumni_portal.consents import services as consents
from alumni_portal.consents.rules import How, Purpose
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.network import services as network
from alumni_portal.network.models import Since
from alumni_portal.openings import services as openings
from alumni_portal.openings.models import Opening, OpeningState
from alumni_portal.people.models import Person
from tests.applications.making import WHY, Scene, apply, load, put, scene, sent_by
from tests.openings.making import opening
from tests.support.alike import alike
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make
from tests.support.page import Page

SEND = "Skicka ansökan"
#: Never written out: nothing in the repository may look like one.
AN_ID = "Jag är {}-{}.".format("19811228", "9874")


@pytest.fixture
def here(make: Make) -> Scene:
    return scene(make)


def filled(make: Make, here: Scene) -> None:
    """Let the alumna have a profile, as somebody has who uses the network."""
    with make.work():
        me = db.session.get_one(Person, here.amira.person_id)
        texts = network.Texts(now_title="Sektionschef", now_employer="Nordlys Energi")
        network.describe(me, texts, by=SYSTEM)
        skills = {Since.SINCE_LEFT: ["Budgetansvar"], Since.THEN: ["AutoCAD"]}
        network.choose_skills(me, skills, by=SYSTEM)


def send(page: Page, **changes: object) -> Page:
    given = {"can_begin": "three_months", "hours": "full", "why": WHY, **changes}
    return page.submit(SEND, **given)  # type: ignore[arg-type]  # a test's own words


def from_home(browser: Browser, home: Page) -> Page:
    """Follow the one line of the alumnus's own applications."""
    return browser.go(str(home.one("section[aria-labelledby=applications-h] .list a")["href"]))


def test_everything_we_know_is_filled_in(browser: Browser, make: Make, here: Scene) -> None:
    filled(make, here)
    other = opening(make, title="Sektionschef, elnät Syd")
    page = browser.as_(here.amira).go(here.apply)
    assert page.value("opening") == here.opening.public_id
    assert other.title in page
    assert page.value("now_doing") == "Sektionschef, Nordlys Energi"
    checked = [tag["value"] for tag in page.all("input[name=learned][checked]")]
    assert checked == ["Budgetansvar"]
    offered = [tag["value"] for tag in page.all("input[name=learned]")]
    assert offered == ["Budgetansvar", "Relä och skydd"]
    assert page.value("history") == "yes"
    assert "amira@post.example" in page
    assert "Inte vad du hade i lön" in page


def test_a_returner_applies_and_follows_it(
    browser: Browser, make: Make, here: Scene, outbox: Outbox
) -> None:
    filled(make, here)
    page = send(browser.as_(here.amira).go(here.apply))
    assert page.flashes == ["Ansökan är skickad. Kvittot ligger i din mejl."]
    assert page.heading == "Vi har din ansökan"
    assert "Budgetansvar" in page
    home = browser.get("home.alumnus")
    assert from_home(browser, home).heading == "Vi har din ansökan"
    assert len(outbox.letters("amira@post.example")) == 1


def test_history_that_is_wrong_is_told_to_hr(browser: Browser, make: Make, here: Scene) -> None:
    page = browser.as_(here.amira).go(here.apply)
    page = send(page, history="no")
    assert "Skriv vad som är fel, så rättar HR." in page.errors[0]
    assert page.value("why") == WHY
    send(page, history="no", history_wrong="Jag slutade i maj.")
    hr = browser.another().as_(make.staff(Role.HR))
    assert "Sökande säger att historiken är fel" in hr.get("home.staff")
    seen = hr.get("applications.board").follow("Amira Haddad")
    assert "Jag slutade i maj." in seen
    seen = seen.submit("Klart, det är rättat")
    assert "HR har tittat på det" in seen
    assert "Sökande säger att historiken är fel" not in hr.get("home.staff")


def test_what_is_missing_is_said_at_its_field_and_kept_as_a_draft(
    app: Flask, browser: Browser, here: Scene
) -> None:
    page = browser.as_(here.amira).go(here.apply).submit(SEND, why=WHY, can_begin="one_month")
    assert page.errors == ["Hur mycket vill du arbeta? Välj hur mycket du vill arbeta."]
    assert (page.value("why"), page.value("can_begin")) == (WHY, "one_month")
    again = browser.go(here.apply)
    assert (again.value("why"), again.value("can_begin")) == (WHY, "one_month")
    with app.app_context():
        assert sent_by(here.amira) == []


def test_a_draft_is_kept_shown_at_home_and_can_be_thrown_away(
    browser: Browser, here: Scene
) -> None:
    page = browser.as_(here.amira).go(here.apply).submit("Spara utkast", why=WHY)
    assert page.flashes == ["Utkastet är sparat. Det finns kvar i 30 dagar."]
    assert page.value("why") == WHY
    home = browser.get("home.alumnus")
    assert "Utkast" in home
    page = from_home(browser, home)
    assert page.value("why") == WHY
    page = browser.get("applications.own").submit("Radera Projektledare stationer")
    assert page.flashes == ["Utkastet är raderat."]
    assert browser.go(here.apply).value("why") == ""


def test_too_long_a_reason_loses_nothing(browser: Browser, here: Scene) -> None:
    long = "x" * 601
    page = send(browser.as_(here.amira).go(here.apply), why=long)
    assert "Varför vill du komma tillbaka?" in page.errors[0]
    assert page.value("why") == long


@covers("S56")
def test_back_button_and_second_tab_lead_to_the_one_application(
    app: Flask, browser: Browser, here: Scene, outbox: Outbox
) -> None:
    browser.as_(here.amira)
    first_tab, second_tab = browser.go(here.apply), browser.go(here.apply)
    sent = send(first_tab)
    again = send(second_tab, why="En gång till")
    assert again.address == sent.address
    assert again.flashes == ["Ansökan var redan skickad. Den räknas en gång."]
    back = browser.go(here.apply)
    assert back.address == sent.address
    assert back.flashes == ["Du har redan sökt den här tjänsten. Så här går det."]
    assert len(outbox.letters("amira@post.example")) == 1
    with app.app_context():
        assert [one.why for one in sent_by(here.amira)] == [WHY]


def test_a_draft_saved_from_an_old_tab_after_sending_leaves_nothing(
    app: Flask, browser: Browser, here: Scene
) -> None:
    old = browser.as_(here.amira).go(here.apply)
    send(browser.go(here.apply))
    old.submit("Spara utkast", why="Gammal flik")
    with app.app_context():
        assert queries.drafts_by(here.amira.person_id) == []


def test_the_opening_closes_while_somebody_writes(
    app: Flask, browser: Browser, make: Make, here: Scene
) -> None:
    other = opening(make, title="Sektionschef, elnät Syd")
    page = browser.as_(here.amira).go(here.apply)
    with make.work():
        openings.close(db.session.get_one(Opening, here.opening.id), by=SYSTEM)
    page = send(page)
    assert "Projektledare stationer har stängt för ansökningar" in page
    assert page.value("why") == WHY
    page = send(page, opening=other.public_id)
    assert page.heading == "Vi har din ansökan"
    with app.app_context():
        assert [one.opening_id for one in sent_by(here.amira)] == [other.id]


def test_a_consent_withdrawn_meanwhile_does_not_stop_an_application(
    browser: Browser, make: Make, here: Scene
) -> None:
    page = browser.as_(here.amira).go(here.apply)
    with make.work():
        me = db.session.get_one(Person, here.amira.person_id)
        centre = How.CONSENT_CENTRE
        consents.withdraw(me, Purpose.RECRUITER_CONTACT, how=centre, by=SYSTEM)
    assert send(page).heading == "Vi har din ansökan"


def test_who_leaves_the_network_keeps_the_draft_and_may_still_apply(
    browser: Browser, make: Make, here: Scene
) -> None:
    """Leaving ends the session; behind the next sign-in everything is as it was."""
    browser.as_(here.amira).go(here.apply).submit("Spara utkast", why=WHY)
    with make.work():
        me = db.session.get_one(Person, here.amira.person_id)
        consents.withdraw(me, Purpose.MEMBERSHIP, how=How.CONSENT_CENTRE, by=SYSTEM)
    page = browser.as_(here.amira).go(here.apply)
    assert page.value("why") == WHY
    sent = page.submit(SEND, can_begin="talk", hours="talk")
    assert sent.heading == "Vi har din ansökan"
    assert "Projektledare stationer" in browser.get("applications.own")


def test_one_withdraws_in_one_step_and_may_come_back(browser: Browser, here: Scene) -> None:
    page = send(browser.as_(here.amira).go(here.apply)).submit("Ta tillbaka ansökan")
    assert page.heading == "Du har tagit tillbaka ansökan"
    assert WHY not in page
    page = send(page.follow("Sök tjänsten igen"))
    assert page.heading == "Vi har din ansökan"


def test_after_a_decline_the_objective_reason_stands_there(
    browser: Browser, make: Make, here: Scene
) -> None:
    ref = apply(make, here.amira, here.opening)
    put(make, ref, Stage.DECLINED)
    page = browser.as_(here.amira).get("applications.status", public_id=ref)
    assert "Har projekterat ställverk" in page
    assert "En annan sökande uppfyllde kravet bättre" in page
    assert "En annan har projekterat fler ställverk." in page
    assert "Ta tillbaka ansökan" not in page.buttons()


def test_who_works_here_is_told_politely(browser: Browser, make: Make, here: Scene) -> None:
    page = browser.as_(make.account(make.employee("Per Nyström"))).go(here.apply)
    assert "Du är redan här" in page
    assert SEND not in page.buttons()


@covers("S17")
def test_foreign_missing_and_draft_openings_look_the_same(
    browser: Browser, make: Make, here: Scene
) -> None:
    ref = apply(make, here.amira, here.opening)
    other = browser.as_(make.alumnus("Oskar Lindmark"))
    missing, foreign = (
        alike(other.get("applications.status", public_id=one, status=404).html, one)
        for one in ("n0such", ref)
    )
    assert missing == foreign
    path = f"/applications/mine/{ref}/withdrawal"
    token = other.go(here.apply).value("csrf_token")
    assert other.open(path, method="POST", data={"csrf_token": token}).status_code == 404
    hidden = opening(make, state=OpeningState.DRAFT)
    assert other.open(f"/openings/{hidden.public_id}/apply").status_code == 404


def test_the_page_speaks_english(app: Flask, make: Make, here: Scene) -> None:
    page = Browser(app, language="en").as_(here.amira)
    assert page.get("applications.own").heading
    with app.app_context():
        assert load(apply(make, here.amira, here.opening)).stage is Stage.SUBMITTED


def test_an_identity_number_is_refused_and_no_draft_keeps_it(
    app: Flask, browser: Browser, here: Scene
) -> None:
    page = send(browser.as_(here.amira).go(here.apply), why=AN_ID)
    assert "personnummer" in page.errors[0]
    assert page.value("why") == AN_ID
    with app.app_context():
        kept = queries.draft_of(here.amira.person_id, here.opening.id)
        assert kept is not None
        assert "9874" not in str(kept.answers)


def test_an_opening_that_was_never_shown_takes_neither_draft_nor_application(
    app: Flask, browser: Browser, make: Make, here: Scene
) -> None:
    hidden = opening(make, state=OpeningState.DRAFT)
    page = browser.as_(here.amira).go(here.apply)
    token = page.value("csrf_token")
    data = {"csrf_token": token, "opening": hidden.public_id, "draft": "1", "why": "x"}
    browser.go(here.apply, method="POST", data=data)
    with app.app_context():
        drafts = queries.drafts_by(here.amira.person_id)
        assert [one.opening_id for one in drafts] == [here.opening.id]
