"""Reading in an emergency: one record, a reason, a second person, half an hour, all told (S62)."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from time_machine import travel

from alumni_portal.accounts import services as accounts
from alumni_portal.accounts.models import Account, Recusal
from alumni_portal.core import access_log, audit, clock
from alumni_portal.core.access_log import Look
from alumni_portal.core.db import db
from alumni_portal.core.permissions import COMMAND_LINE, Role
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.models import Reach
from tests.exit_interviews.making import Asked, asked
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make
from tests.support.page import Page

WHY = "Anmälan om hot, ärende 2026-114: vi måste veta vem som är i fara."
LIST = "/exit-interviews/break-glass"


@pytest.fixture
def lead(make: Make) -> Account:
    return make.staff(Role.HR_LEAD, name="Astrid Wall")


@pytest.fixture
def officer(make: Make) -> Account:
    return make.staff(Role.DPO, name="Dag Palm")


def spoken(make: Make, outbox: Outbox, *, reach: Reach = Reach.HR_ONLY, **more: Any) -> Asked:
    found = asked(make, outbox, **more)
    found.choose(Reach.HR_ONLY)
    found.save(workload="2", stay_open="kanariefågel")
    found.do(services.send_in)
    if reach is not Reach.HR_ONLY:
        found.choose(reach)
    return found


@pytest.fixture
def elin(make: Make, outbox: Outbox, officer: Account) -> Asked:
    """Return a leaver whose readers were named before HR lead came."""
    return spoken(make, outbox)


def place(app: Flask, elin: Asked) -> str:
    with app.app_context():
        return f"/exit-interviews/{elin.interview().public_id}/break-glass"


def ask(app: Flask, browser: Browser, elin: Asked, lead: Account, why: str = WHY) -> Page:
    page = browser.as_(lead).go(place(app, elin))
    return page.submit("Be om att få läsa", reason=why)


def agree(browser: Browser, officer: Account, button: str = "Ja, i en halvtimme") -> Page:
    return browser.another().as_(officer).go(LIST).submit(button)


def actions(app: Flask) -> list[str]:
    with app.app_context():
        query = select(audit.AuditEntry.action).where(audit.AuditEntry.action.like("%.break_%"))
        return list(db.session.scalars(query.order_by(audit.AuditEntry.seq)))


@covers("S62")
def test_with_a_reason_and_a_second_person_one_record_opens_and_all_is_told(
    app: Flask, browser: Browser, outbox: Outbox, elin: Asked, lead: Account, officer: Account
) -> None:
    page = browser.as_(lead).go("/exit-interviews").follow("Nödläsning Elin Bergström")
    page = page.submit("Be om att få läsa", reason=WHY)
    assert page.flashes == ["Dataskyddsombudet har fått frågan."]
    browser.go(place(app, elin) + "/answers", status=404)
    assert "Beslut behövs: nödläsning av ett avgångssamtal" in outbox.subjects()
    agree(browser, officer)
    assert "kanariefågel" in browser.go(place(app, elin) + "/answers")
    subject = "Någon mer har fått läsa det du berättade när du slutade"
    assert subject in outbox.subjects(elin.who.address)
    assert actions(app) == [f"exit_answers.break_{what}" for what in ("asked", "agreed", "read")]
    with app.app_context():
        person_id = elin.interview().person_id
        assert person_id is not None
        assert Look.EXIT_ANSWERS in {one.look for one in access_log.seen(person_id)}
        assert lead.person_id in set(db.session.scalars(select(Recusal.person_id)))


@covers("S62")
def test_after_half_an_hour_it_is_over_and_reviewed(
    app: Flask, browser: Browser, elin: Asked, lead: Account, officer: Account
) -> None:
    ask(app, browser, elin, lead)
    agree(browser, officer)
    with travel(clock.now() + timedelta(minutes=31), tick=True):
        browser.as_(lead).go(place(app, elin) + "/answers", status=404)
        page = agree(browser, officer, "Jag har granskat")
        assert "Granskad" in page
    assert actions(app)[-1] == "exit_answers.break_reviewed"


@covers("S62")
@pytest.mark.parametrize(
    ("why", "error"),
    [
        ("", "Varför måste du läsa? Fyll i det här fältet."),
        ("Måste.", "Varför måste du läsa? Skriv varför, och i vilket ärende."),
    ],
    ids=["nothing", "too little"],
)
def test_without_a_reason_nothing_opens(
    app: Flask, browser: Browser, elin: Asked, lead: Account, why: str, error: str
) -> None:
    assert ask(app, browser, elin, lead, why).errors == [error]
    assert actions(app) == []


@covers("S62")
def test_a_second_record_waits(
    app: Flask,
    browser: Browser,
    make: Make,
    outbox: Outbox,
    elin: Asked,
    lead: Account,
) -> None:
    other = spoken(make, outbox, name="Kim Ask")
    ask(app, browser, elin, lead)
    page = ask(app, browser, other, lead)
    assert "Du har redan ett samtal öppet eller väntar på svar om ett." in page
    assert actions(app) == ["exit_answers.break_asked"]


def test_a_no_opens_nothing(
    app: Flask, browser: Browser, elin: Asked, lead: Account, officer: Account
) -> None:
    ask(app, browser, elin, lead)
    agree(browser, officer, "Nej")
    browser.as_(lead).go(place(app, elin) + "/answers", status=404)


def test_only_hr_lead_asks_and_only_the_officer_decides(
    app: Flask, browser: Browser, elin: Asked, lead: Account, officer: Account
) -> None:
    browser.as_(elin.hr).go(place(app, elin), status=404)
    browser.as_(officer).go(place(app, elin), status=404)
    browser.as_(lead).go(LIST, status=404)


def test_somebody_who_is_both_does_not_decide_alone(
    app: Flask, browser: Browser, make: Make, elin: Asked, officer: Account
) -> None:
    both = make.staff(Role.HR_LEAD, Role.DPO, name="Bo Ek")
    ask(app, browser, elin, both)
    page = browser.go(LIST).submit("Ja, i en halvtimme")
    assert page.flashes == ["Någon annan måste besluta."]


def test_answers_without_a_name_and_those_being_written_never_open(
    app: Flask, browser: Browser, make: Make, outbox: Outbox, lead: Account
) -> None:
    writing = asked(make, outbox)
    browser.as_(lead).go(place(app, writing), status=404)
    nameless = spoken(make, outbox, reach=Reach.AGGREGATE, name="Kim Ask")
    browser.go(place(app, nameless), status=404)


def test_who_manages_the_leaver_reads_nothing_even_so(
    app: Flask, browser: Browser, make: Make, outbox: Outbox, officer: Account
) -> None:
    unit = make.unit("HR")
    elin = spoken(make, outbox, unit=unit)
    boss = make.manager_of(unit, "Astrid Wall")
    with make.work():
        account = db.session.get_one(Account, boss.id)
        accounts.grant(account, Role.HR_LEAD, by=COMMAND_LINE)
    ask(app, browser, elin, boss)
    agree(browser, officer)
    browser.as_(boss).go(place(app, elin) + "/answers", status=404)


LATER = timedelta(minutes=11)
AGAIN = "Logga in igen"


@covers("S62")
def test_who_signed_in_a_while_ago_signs_in_again_and_comes_back(
    app: Flask, browser: Browser, elin: Asked, lead: Account
) -> None:
    browser.as_(lead)
    with travel(clock.now() + LATER, tick=True):
        page = browser.go(place(app, elin))
        assert page.title.startswith(AGAIN)
        page = page.submit(AGAIN)
        assert page.address == "/sign-in"
        browser.as_(lead)
        assert browser.go(place(app, elin)).title.startswith("Nödläsning")


@covers("S62")
def test_a_reason_typed_too_slowly_is_kept_and_asks_nobody(
    app: Flask, browser: Browser, elin: Asked, lead: Account
) -> None:
    page = browser.as_(lead).go(place(app, elin))
    with travel(clock.now() + LATER, tick=True):
        page = page.submit("Be om att få läsa", reason=WHY)
        assert "Logga in igen." in page
        assert WHY in page
    assert actions(app) == []


@covers("S62")
def test_neither_reading_nor_a_yes_goes_with_an_old_sign_in(
    app: Flask, browser: Browser, elin: Asked, lead: Account, officer: Account
) -> None:
    ask(app, browser, elin, lead)
    theirs = browser.another().as_(officer)
    page = theirs.go(LIST)
    with travel(clock.now() + LATER, tick=True):
        assert page.submit("Ja, i en halvtimme").flashes[0].endswith("Logga in igen.")
        assert AGAIN in theirs.go(LIST)
        agree(browser, officer)
        assert browser.go(place(app, elin) + "/answers").title.startswith(AGAIN)
    assert actions(app) == ["exit_answers.break_asked", "exit_answers.break_agreed"]


def test_the_officer_finds_what_waits_at_home_and_in_the_menu(
    app: Flask, browser: Browser, elin: Asked, lead: Account, officer: Account
) -> None:
    ask(app, browser, elin, lead)
    home = browser.another().as_(officer).go("/home")
    assert "Nödläsningar av avgångssamtal" in home
    assert home.follow("Nödläsningar 1 att hantera").address == LIST
