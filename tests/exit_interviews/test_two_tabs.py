"""Two tabs, a stale page, a change meanwhile: nothing typed is lost, nothing taken back returns."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import COMMAND_LINE, SYSTEM, Actor
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.models import Coding, Reach, Seat, Track
from alumni_portal.exit_interviews.queries import interviews as lookups
from alumni_portal.exit_interviews.services.booking import Talk
from alumni_portal.offboarding import services as offboarding
from alumni_portal.people import services as people
from alumni_portal.people.models import Person
from tests.accounts.test_kept_forms import come_in, end_sessions
from tests.exit_interviews.making import Asked, asked
from tests.offboarding.making import change
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make
from tests.support.page import Page


@pytest.fixture
def elin(make: Make, outbox: Outbox) -> Asked:
    found = asked(make, outbox)
    found.choose(Reach.HR_ONLY)
    return found


def said(app: Flask, elin: Asked, track: Track = Track.QUESTIONNAIRE) -> dict[str, object]:
    with app.app_context():
        found = lookups.of_case_and_track(elin.case().id, track)
        assert found is not None
        return services.opened(found)


def test_a_page_from_before_takes_nothing_back(app: Flask, browser: Browser, elin: Asked) -> None:
    stale = browser.go(elin.path)
    browser.another().go(elin.path).submit(
        "Spara och fortsätt senare", workload="2", stay_open="Bättre lön."
    )
    stale.submit("Spara och fortsätt senare", balance="4")
    assert said(app, elin) == {"workload": 2, "stay_open": "Bättre lön.", "balance": 4}


def test_what_is_emptied_on_the_page_is_taken_back(
    app: Flask, browser: Browser, elin: Asked
) -> None:
    elin.save(stay_open="Bättre\nlön.", workload="2")
    browser.go(elin.path).submit("Spara och fortsätt senare", stay_open="")
    assert said(app, elin) == {"workload": 2}


def test_who_went_nameless_in_another_tab_is_shown_what_they_had_typed(
    browser: Browser, elin: Asked
) -> None:
    page = browser.go(elin.path)
    elin.choose(Reach.AGGREGATE)
    page = page.submit("Spara och fortsätt senare", expects=409, stay_open="Bättre lön.")
    assert "Bättre lön." in page
    assert "inte sparat" in page


def test_who_writes_past_the_closing_is_shown_what_they_had_typed(
    browser: Browser, elin: Asked
) -> None:
    page = browser.go(elin.path)
    elin.do(lambda one: setattr(one, "closes_on", clock.today() - timedelta(days=1)))
    page = page.submit("Spara och fortsätt senare", expects=409, stay_open="Bättre lön.")
    assert "Bättre lön." in page


@pytest.fixture
def talk(make: Make, elin: Asked) -> str:
    with make.work():
        holder = db.session.get_one(Person, elin.hr.person_id)
        at = Talk(starts_at=clock.now() + timedelta(days=3), place="Kaj 3")
        made = services.book(elin.case(), Track.HR, holder, at, by=COMMAND_LINE)
        return f"/exit-interviews/{made.public_id}/notes"


def leavers_page(elin: Asked) -> str:
    return elin.path.replace("/exit-interview", "/talk/hr")


def test_what_the_leaver_took_back_does_not_return_from_the_interviewers_tab(
    app: Flask, browser: Browser, elin: Asked, talk: str
) -> None:
    notes = browser.as_(elin.hr).go(talk).submit("Spara anteckningarna", good_open="Kollegorna.")
    browser.another().go(leavers_page(elin)).submit("Ta tillbaka alla svar")
    page = notes.submit("Spara anteckningarna", good_open="Kollegorna!")
    assert said(app, elin, Track.HR) == {}
    assert page.flashes == ["Den som slutar har tagit tillbaka svaren. De sparas inte igen."]
    assert "Spara anteckningarna" not in page.buttons()


def test_no_page_says_saved_to_an_interviewer_who_is_signed_out(
    browser: Browser, elin: Asked, talk: str
) -> None:
    """A form that saves itself gets no redirect that it would take for a yes."""
    page = browser.as_(elin.hr).go(talk)
    assert page.one("form[data-save]")["data-unsaved"]
    data = {"csrf_token": page.value("csrf_token"), "asked": "good_open", "good_open": "Lönen."}
    end_sessions(elin.make)
    answer = browser.open(talk, method="POST", data=data, headers={"Sec-Fetch-Dest": "empty"})
    assert answer.status_code == 401


def test_notes_come_back_to_an_interviewer_who_signs_in_again_without_scripts(
    app: Flask, browser: Browser, outbox: Outbox, make: Make, elin: Asked, talk: str
) -> None:
    page = browser.as_(elin.hr).go(talk)
    end_sessions(make)
    page.submit("Spara anteckningarna", good_open="Kollegorna på lagret.")
    page = come_in(make, outbox, browser, elin.hr).submit("Skicka det jag skrev")
    assert page.flashes == ["Anteckningarna är sparade."]
    assert said(app, elin, Track.HR) == {"good_open": "Kollegorna på lagret."}


def test_a_leaver_whose_browser_forgot_the_page_sends_the_same_again(
    app: Flask, browser: Browser, elin: Asked
) -> None:
    """A phone that was restarted keeps the page and what stands in it, not the cookie."""
    browser.go(elin.path)
    data = {"do": "save", "asked": "stay_open", "stay_open": "Bättre lön."}
    here = {"Sec-Fetch-Site": "same-origin"}
    phone = browser.another()
    answer = phone.open(elin.path, method="POST", data=data, headers=here)
    assert (answer.status_code, "Bättre lön." in answer.text) == (400, True)
    Page(answer, app, phone).submit("Skicka det jag skrev")
    assert said(app, elin) == {"stay_open": "Bättre lön."}


def test_what_the_leaver_corrected_stands(
    app: Flask, browser: Browser, elin: Asked, talk: str
) -> None:
    notes = browser.as_(elin.hr).go(talk).submit("Spara anteckningarna", good_open="Lönen.")
    browser.another().go(leavers_page(elin)).submit("Spara rättelserna", good_open="Kollegorna.")
    page = notes.submit("Spara anteckningarna", good_open="Lönen!", less_good_open="Skiften.")
    assert said(app, elin, Track.HR) == {"good_open": "Kollegorna.", "less_good_open": "Skiften."}
    assert "Rättat av den som slutar" in page


def test_a_changed_text_is_coded_anew(app: Flask, elin: Asked) -> None:
    elin.save(stay_open="Bättre lön.", change_open="Skiften.")
    elin.say_done()
    with elin.make.work():
        found = elin.interview()
        coder = next(r.person_id for r in found.readers if r.seat is Seat.CODER)
        for question in ("stay_open", "change_open"):
            services.code(found.public_id, question, ["pay"], by=Actor(person_id=coder))
    elin.save(stay_open="En annan chef.", change_open="")
    with app.app_context():
        assert db.session.scalars(select(Coding)).all() == []


def test_a_notice_taken_back_takes_the_talk_out_of_both_calendars(
    outbox: Outbox, make: Make, elin: Asked, talk: str
) -> None:
    assert talk
    change(make, elin.who.public_id, offboarding.withdraw_notice)
    outbox.letters()
    subjects = [one.subject for one in outbox.letters() if one.subject == "Samtalet är avbokat"]
    assert len(subjects) == 2


def test_a_death_is_told_to_who_was_to_hold_the_talk_alone(
    outbox: Outbox, make: Make, elin: Asked, talk: str
) -> None:
    assert talk
    with make.work():
        people.note_death(elin.case().person, on=clock.today(), by=SYSTEM)
    off = [one for one in outbox.letters() if one.subject == "Samtalet är avbokat"]
    assert len(off) == 1
    assert elin.who.address not in str(off[0].message["To"])
