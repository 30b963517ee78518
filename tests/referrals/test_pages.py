"""Tips on the pages: made on a phone, answered by the tipped person, seen by a recruiter."""

import pytest
from flask import Flask
from sqlalchemy import select

from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.openings import services as openings
from alumni_portal.referrals.models import Referral, ReferralState
from tests.openings.making import opening
from tests.referrals.making import ERIK, confirmed, path, tip, tip_by_form
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make


@pytest.fixture
def amira(browser: Browser, make: Make) -> Browser:
    return browser.as_(make.alumnus("Amira Haddad", private="amira@post.example"))


def state(app: Flask) -> ReferralState:
    with app.app_context():
        return db.session.scalars(select(Referral.state)).one()


def test_a_tip_goes_from_the_opening_to_the_recruiter(
    amira: Browser, make: Make, outbox: Outbox
) -> None:
    made = opening(make)
    page = amira.get("openings.opening", public_id=made.public_id).follow("Tipsa någon")
    assert page.value("opening") == made.public_id
    page = page.submit("Skicka tipset", name="Erik Sandell", address=ERIK, agreed=True, why="Bra.")
    assert page.heading == "Dina tips"
    assert "Väntar på svar" in page
    assert "Erik" not in page
    erik = amira.another()
    page = erik.go(path(outbox))
    assert page.heading == "Amira Haddad har tipsat om dig"
    assert page.submit("Ja, ni får höra av er").heading == "Tack, vi hör av oss"
    recruiter = amira.another().as_(make.staff(Role.RECRUITER))
    page = recruiter.get("openings.opening", public_id=made.public_id)
    assert "Tips som tackat ja" in page.texts("h2")
    assert ERIK in page
    page = page.submit("Jag har hört av mig till Erik Sandell")
    assert page.heading == made.title
    assert "Kontaktad" in page
    page = page.submit("Blev anställd Erik Sandell")
    assert page.texts(".mate .pill") == ["Anställd"]
    assert "Erik Sandell" in amira.get("referrals.mine")


@covers("S57")
def test_the_notice_says_all_that_article_14_asks(
    amira: Browser, make: Make, outbox: Outbox
) -> None:
    made = opening(make)
    tip_by_form(amira, opening=made.public_id, why="Läs mer på https://lura.example")
    letter = outbox.last(ERIK)
    assert letter.subject == "Amira Haddad har tipsat om dig"
    for part in (
        "Ansvarig är Sundmark",
        "namn, din e-postadress och en rad om varför",
        "De kom från Amira Haddad",
        "artikel 6.1 f",
        "Utan svar raderas de efter 30 dagar",
        "se, rätta och radera uppgifterna och invända",
        "Integritetsskyddsmyndigheten",
        made.title,
    ):
        assert part in letter.text, part
    assert "lura.example" not in letter.text
    page = amira.another().go(path(outbox))
    assert "lura.example" in page, "who was tipped sees what was written"
    assert "lura.example" not in " ".join(page.links().values())


def test_looking_at_the_link_answers_nothing(app: Flask, amira: Browser, outbox: Outbox) -> None:
    tip_by_form(amira)
    for method in ("HEAD", "GET", "GET"):
        answer = amira.another().open(path(outbox), method=method)
        assert answer.status_code == 200
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert state(app) is ReferralState.TOLD


def test_delete_me_now_leaves_nothing_and_back_and_again_change_nothing(
    app: Flask, amira: Browser, outbox: Outbox
) -> None:
    tip_by_form(amira)
    erik = amira.another()
    page = erik.go(path(outbox))
    gone = page.submit("Radera mina uppgifter nu", expects=410)
    assert gone.heading == "Vi har inga uppgifter om dig här"
    again = page.submit("Ja, ni får höra av er", expects=410)
    assert again.text == gone.text
    assert state(app) is ReferralState.DECLINED
    assert "Erik" not in gone.html


def test_a_link_that_is_not_ours_says_nothing(browser: Browser) -> None:
    page = browser.get("/referrals/answer/n0such", status=410)
    assert page.heading == "Vi har inga uppgifter om dig här"


def test_without_the_tipped_persons_yes_the_tip_is_refused_and_nothing_is_lost(
    app: Flask, amira: Browser
) -> None:
    page = tip_by_form(amira, agreed=False, why="Ritar bäst i Malmö.")
    said = "Fråga personen först. Utan ett ja kan vi inte ta emot tipset."
    assert page.errors == [f"Jag har frågat, och personen vill bli tipsad: {said}"]
    assert (page.value("name"), page.value("why")) == ("Erik Sandell", "Ritar bäst i Malmö.")
    with app.app_context():
        assert db.session.scalars(select(Referral)).all() == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"address": "amira@post.example"}, "Personens e-postadress: Det är din egen adress."),
        ({"address": "erik"}, "Personens e-postadress: Det där ser inte ut som en e-postadress."),
        ({"name": "www.lura.example"}, "Vem tänker du på? Skriv bara ditt namn"),
    ],
)
def test_bad_input_is_explained_at_its_field(
    amira: Browser, fields: dict[str, str], said: str
) -> None:
    page = tip_by_form(amira, **{"why": "Bra.", **fields})
    assert [line for line in page.errors if line.startswith(said)]
    assert page.value("why") == "Bra."


def test_an_opening_that_closes_while_somebody_writes_is_said_so(
    amira: Browser, make: Make
) -> None:
    made = opening(make)
    page = amira.get("referrals.new", opening=made.public_id)
    with make.work():
        openings.close(made, by=SYSTEM)
    page = page.submit("Skicka tipset", name="Erik", address=ERIK, agreed=True, why="Bra.")
    assert page.errors[0].startswith("Vilken tjänst? Tjänsten har stängt.")
    assert page.value("why") == "Bra."
    assert page.submit("Skicka tipset", opening="", agreed=True).heading == "Dina tips"


def test_the_eleventh_tip_is_stopped_with_all_that_was_typed(
    amira: Browser, make: Make, outbox: Outbox
) -> None:
    for number in range(10):
        tip_by_form(amira, f"nr{number}@hemma.example")
    page = tip_by_form(amira, "nr11@hemma.example")
    assert page.errors == ["Du har lämnat tio tips det senaste dygnet. Kom tillbaka i morgon."]
    assert page.value("address") == "nr11@hemma.example"
    assert len(outbox.letters()) == 10


def test_a_recruiter_sees_only_who_said_yes_and_of_the_rest_a_number(
    browser: Browser, make: Make
) -> None:
    account = make.alumnus()
    tip(make, account, address="tyst@hemma.example")
    made = confirmed(make, account, opening(make))
    page = browser.as_(make.staff(Role.RECRUITER)).get("referrals.index")
    assert ERIK in page
    assert "tyst@hemma.example" not in page.html
    assert page.texts(".kpi__v") == ["1", "1", "0", "0"]
    assert made.public_id in page.html


def test_who_may_not_read_tips_finds_no_page(browser: Browser, make: Make) -> None:
    made = confirmed(make, make.alumnus(), opening(make))
    for role in (Role.MANAGER, Role.ADMIN, Role.DPO):
        reader = browser.another().as_(make.staff(role))
        reader.get("referrals.index", status=404)
        answer = reader.open(f"/referrals/{made.public_id}/contacted", method="POST")
        assert answer.status_code in {400, 404}
    browser.as_(make.alumnus("Bo Ek")).get("referrals.index", status=404)


def test_a_tipped_outsider_is_found_by_no_search(browser: Browser, make: Make) -> None:
    confirmed(make, make.alumnus(), opening(make))
    browser.as_(make.staff(Role.HR))
    for place in ("people.index", "network.directory"):
        assert "Erik Sandell" not in browser.get(place, q="Sandell")
