"""The board, the list, the application's page, moves, endings: who sees and does what."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from alumni_portal.accounts.models import Account
from alumni_portal.applications.models import Stage
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.openings.models import Opening, OpeningState
from alumni_portal.people.models import Employment
from tests.applications.making import Scene, apply, load, person, put, scene
from tests.openings.making import opening
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.hours import on_day
from tests.support.letters import Outbox
from tests.support.make import Make, days
from tests.support.page import Page

MOVE = "Flytta Amira Haddad"
SHOW, SEND_DECLINE = "Visa mejlet", "Avsluta och skicka"


@pytest.fixture
def here(make: Make) -> Scene:
    return scene(make)


@pytest.fixture
def ref(make: Make, here: Scene) -> str:
    return apply(make, here.amira, here.opening)


@pytest.fixture
def sofia(browser: Browser, here: Scene) -> Browser:
    """Return the browser of the recruiter."""
    return browser.another().as_(here.recruiter)


def lanes(page: Page) -> dict[str, list[str]]:
    return {
        str(lane["data-stage"]): [card.get_text(" ", strip=True) for card in lane.select("h3")]
        for lane in page.all(".lane")
    }


def test_the_board_shows_who_stands_where(sofia: Browser, ref: str) -> None:
    page = sofia.get("applications.board")
    assert lanes(page) == {
        "submitted": ["Amira Haddad"], "screening": [], "interview": [], "offer": [], "hired": [],
    }  # fmt: skip
    assert "Sektionschef, Nordlys Energi" in page


def test_a_letter_is_read_before_it_goes_with_the_move(
    app: Flask, sofia: Browser, ref: str, outbox: Outbox
) -> None:
    outbox.clear()
    page = sofia.get("applications.board").submit(MOVE, to="screening")
    assert page.heading == "Flytta Amira Haddad till Samtal"
    shown = page.texts("pre")[0]
    assert shown.startswith("Hej Amira! Vi har läst din ansökan")
    with app.app_context():
        assert load(ref).stage is Stage.SUBMITTED
    page = page.submit("Flytta och skicka")
    assert page.flashes == ["Amira Haddad flyttades till Samtal. Mejlet är på väg."]
    assert page.one(".flashes")["role"] == "status"
    assert lanes(page)["screening"] == ["Amira Haddad"]
    letter = outbox.last("amira@post.example")
    assert " ".join(letter.text.split()) == shown


def test_a_changed_greeting_is_shown_again_before_it_goes(
    sofia: Browser, ref: str, outbox: Outbox
) -> None:
    outbox.clear()
    page = sofia.get("applications.board").submit(MOVE, to="interview")
    page = page.submit("Flytta och skicka", greeting="Hej igen, Amira!")
    assert page.texts("pre")[0].startswith("Hej igen, Amira!")
    assert len(outbox) == 0
    page.submit("Flytta och skicka")
    assert "Hej igen, Amira!" in outbox.last("amira@post.example").text


def test_a_step_back_sends_nothing(sofia: Browser, make: Make, ref: str, outbox: Outbox) -> None:
    put(make, ref, Stage.INTERVIEW)
    outbox.clear()
    page = sofia.get("applications.board").submit(MOVE, to="screening")
    assert page.flashes == ["Amira Haddad flyttades till Samtal."]
    assert len(outbox) == 0


def test_a_card_moved_by_somebody_else_is_not_moved_twice(
    app: Flask, sofia: Browser, make: Make, ref: str
) -> None:
    page = sofia.get("applications.board").submit(MOVE, to="interview")
    put(make, ref, Stage.SCREENING)
    page = page.submit("Flytta och skicka")
    assert page.flashes == ["Någon hann före. Ansökan står nu i Samtal."]
    with app.app_context():
        assert load(ref).stage is Stage.SCREENING


@pytest.mark.parametrize("to", ["hired", "withdrawn", "submitted", "rejected", "", "no-rehire"])
def test_what_the_table_does_not_have_cannot_be_posted(
    app: Flask, sofia: Browser, ref: str, to: str
) -> None:
    token = sofia.get("applications.board").value("csrf_token")
    data = {"csrf_token": token, "to": to, "send": "1"}
    page = sofia.go(f"/applications/{ref}/move", method="POST", data=data)
    assert page.flashes == ["Dit kan ansökan inte flyttas härifrån."]
    with app.app_context():
        assert load(ref).stage is Stage.SUBMITTED


def ended(sofia: Browser, here: Scene) -> Page:
    page = sofia.get("applications.board").submit(MOVE, to="declined")
    assert page.heading == "Avsluta med skäl: Amira Haddad"
    return page


def test_an_ending_asks_for_the_criterion_that_decided(
    app: Flask, sofia: Browser, here: Scene, ref: str, outbox: Outbox
) -> None:
    outbox.clear()
    page = ended(sofia, here)
    assert page.texts(".choice b")[:2] == [
        "Högskoleexamen inom elkraft",
        "Har projekterat ställverk",
    ]
    page = page.submit(SHOW)
    assert [error.partition("?")[0] for error in page.errors] == [
        "Vilket krav avgjorde", "Hur då",
        "Förklara med en mening: Skriv en mening om varför, som den sökande får läsa.",
    ]  # fmt: skip
    chosen = str(page.all("input[name=criterion]")[1]["value"])
    page = page.submit(SHOW, criterion=chosen, measure="better_met", reason="En annan har fler.")
    assert "En annan har fler." in page.texts("pre")[0]
    assert len(outbox) == 0
    page = page.submit(SEND_DECLINE)
    assert page.flashes == ["Ansökan är avslutad. Mejlet med skälet är på väg."]
    assert "Har projekterat ställverk" in outbox.last("amira@post.example").text
    with app.app_context():
        assert load(ref).measure == "better_met"


@covers("S93")
def test_no_negative_word_about_a_person_can_be_entered(
    app: Flask, sofia: Browser, here: Scene, ref: str
) -> None:
    page = ended(sofia, here)
    chosen = str(page.all("input[name=criterion]")[0]["value"])
    data = {
        "csrf_token": page.value("csrf_token"), "criterion": chosen, "measure": "do_not_rehire",
        "reason": "x", "send": "1", "rehire": "no", "score": "1", "flag": "black",
    }  # fmt: skip
    answer = sofia.go(f"/applications/{ref}/decline", method="POST", data=data)
    assert "Hur då" in answer.errors[0]
    foreign = {**data, "measure": "not_met", "criterion": "n0such"}
    answer = sofia.go(f"/applications/{ref}/decline", method="POST", data=foreign)
    assert "Välj vilket av tjänstens krav som avgjorde." in answer.errors[0]
    with app.app_context():
        assert load(ref).stage is Stage.SUBMITTED


def test_the_list_has_everybody_the_ended_too(sofia: Browser, make: Make, ref: str) -> None:
    put(make, ref, Stage.DECLINED)
    assert lanes(sofia.get("applications.board")) == {}
    page = sofia.get("applications.listing", stage="declined")
    assert page.table("Ansökningar")[0]["Namn"] == "Amira Haddad"
    page = sofia.get("applications.application", public_id=ref)
    assert "En annan sökande uppfyllde kravet bättre" in page


def test_waiting_for_more_than_five_working_days_is_late(
    sofia: Browser, make: Make, ref: str
) -> None:
    assert "Nya ansökningar" in sofia.get("home.staff")
    with on_day(days(10)):
        sofia.as_(sofia_of(make, ref))
        page = sofia.get("applications.board")
        assert "har väntat för länge" in page
        assert "mål 5" in page.texts(".kcard .late")[0]
        assert "Sökande har väntat för länge" in sofia.get("home.staff")


def sofia_of(make: Make, ref: str) -> Account:
    with make.work():
        recruiter_id = load(ref).opening.recruiter_id
        return db.session.scalars(select(Account).where(Account.person_id == recruiter_id)).one()


def hired(page: Page, **changes: Any) -> Page:
    return page.submit(SHOW, first_day=days(40).isoformat(), **changes)


def test_a_hire_is_a_new_employment_on_the_same_person(
    app: Flask, sofia: Browser, make: Make, here: Scene, ref: str, outbox: Outbox
) -> None:
    put(make, ref, Stage.OFFER)
    page = sofia.get("applications.board").submit(MOVE, to="hired")
    assert page.heading == "Återanställ Amira Haddad"
    assert "Tidigare hos oss" in page.texts("h2")
    assert page.submit(SHOW).errors
    page = hired(page, title="Sektionschef")
    assert "du börjar som Sektionschef den" in page.texts("pre")[0]
    page = page.submit("Återanställ och skicka")
    assert page.flashes == ["Amira Haddad är återanställd. Mejlet är på väg."]
    assert lanes(page)["hired"] == ["Amira Haddad"]
    assert outbox.last("amira@post.example").subject == "Välkommen tillbaka till Sundmark!"
    with app.app_context():
        rows = db.session.scalars(
            select(Employment).where(Employment.person_id == here.amira.person_id)
        ).all()
        assert [row.title for row in rows] == ["Projektledare", "Sektionschef"]
        assert db.session.get_one(Opening, here.opening.id).state is OpeningState.FILLED


@pytest.mark.parametrize(("day", "words"), [(-1, "Välj en dag"), (400, "Välj en dag")])
def test_a_first_day_that_cannot_be_is_refused_at_its_field(
    sofia: Browser, make: Make, ref: str, day: int, words: str
) -> None:
    put(make, ref, Stage.OFFER)
    page = sofia.get("applications.board").submit(MOVE, to="hired")
    page = page.submit(SHOW, first_day=days(day).isoformat(), title="Chef").submit(
        "Återanställ och skicka"
    )
    assert words in page.errors[0]
    assert page.value("title") == "Chef"


def test_the_others_stay_to_be_decided_when_the_seats_are_filled(
    sofia: Browser, make: Make, here: Scene, ref: str
) -> None:
    other = apply(make, make.alumnus("Oskar Lindmark"), here.opening)
    put(make, ref, Stage.HIRED)
    place = here.opening.public_id
    assert "1 sökande väntar på besked" in sofia.get("openings.opening", public_id=place)
    put(make, other, Stage.OFFER)
    page = sofia.get("applications.board").submit("Flytta Oskar Lindmark", to="hired")
    page = hired(page, number="X1").submit("Återanställ och skicka")
    assert page.errors == ["Alla platser för tjänsten är tillsatta."]


def test_a_filter_by_opening_and_by_whose_it_is(
    browser: Browser, make: Make, here: Scene, ref: str
) -> None:
    second = opening(make, title="Sektionschef, elnät Syd", recruiter=person(here.recruiter))
    apply(make, make.alumnus("Oskar Lindmark"), second)
    hr = browser.as_(make.staff(Role.HR))
    assert lanes(hr.get("applications.board"))["submitted"] == ["Amira Haddad", "Oskar Lindmark"]
    page = hr.get("applications.board", opening=second.public_id)
    assert lanes(page)["submitted"] == ["Oskar Lindmark"]
    assert lanes(hr.get("applications.board", who="me")) == {}
    assert len(hr.get("applications.listing").table("Ansökningar")) == 2
