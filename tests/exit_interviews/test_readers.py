"""Who reads is HR lead's choice before the leaver's, and the leaver's afterwards (§2, I6)."""

import pytest
from flask import Flask
from sqlalchemy import select

from alumni_portal.accounts.models import Account, Recusal
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import COMMAND_LINE, Role
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.models import Reach, Seat
from tests.exit_interviews.making import Asked, asked
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make

ASKS = "Får någon annan läsa dina svar?"


@pytest.fixture
def lead(make: Make) -> Account:
    return make.staff(Role.HR_LEAD, name="Astrid Wall")


@pytest.fixture
def sven(make: Make) -> Account:
    return make.staff(Role.HR, name="Sven Åkerlund")


def names(elin: Asked, seat: Seat) -> set[str]:
    with elin.make.work():
        return {r.person.name for r in elin.interview().readers if r.seat is seat and r.is_let_in}


def path(elin: Asked) -> str:
    return f"/offboarding/{elin.who.public_id}/exit-interview/questionnaire/readers"


def swap(elin: Asked, new: Account) -> None:
    """Let somebody else be the one reader and coder."""
    with elin.make.work():
        who = [new.person_id]
        services.change_readers(elin.interview(), elin.case(), who, who, by=COMMAND_LINE)


def test_hr_lead_chooses_who_reads_from_the_next_interview_on(
    browser: Browser, make: Make, outbox: Outbox, lead: Account, sven: Account
) -> None:
    page = browser.as_(lead).go("/exit-interviews").follow("Läsare och kodare")
    options = {o.text: o["value"] for o in page.all("#reader_1 option")}
    page = page.submit(
        "Spara",
        reader_1=options["Sven Åkerlund"],
        reader_2="",
        coder_1=options["Astrid Wall"],
        coder_2="",
    )
    assert page.flashes == ["De står som läsare från och med nästa samtal."]
    elin = asked(make, outbox)
    assert names(elin, Seat.READER) == {"Sven Åkerlund"}
    assert names(elin, Seat.CODER) == {"Astrid Wall"}


def test_nobody_chosen_is_said_at_the_field(browser: Browser, lead: Account) -> None:
    page = browser.as_(lead).go("/exit-interviews/readers").submit("Spara", reader_1="")
    assert page.errors == ["Läsare: Välj minst en läsare."]


def test_only_hr_lead_chooses(browser: Browser, elin: Asked) -> None:
    browser.as_(elin.hr).go("/exit-interviews/readers", status=404)
    browser.go(path(elin), status=404)


def test_who_is_near_the_leaver_never_reads_though_chosen(make: Make, outbox: Outbox) -> None:
    unit = make.unit("HR")
    near = make.staff(Role.HR, name="Nära Kollega", unit=unit)
    with make.work():
        services.choose_usual([near.person_id], [near.person_id], by=COMMAND_LINE)
    elin = asked(make, outbox, unit=unit)
    assert "Nära Kollega" not in names(elin, Seat.READER) | names(elin, Seat.CODER)
    with make.work(), pytest.raises(Refusal, match="egna teamet"):
        services.change_readers(
            elin.interview(), elin.case(), [near.person_id], [], by=COMMAND_LINE
        )


def test_before_the_leaver_chooses_hr_lead_may_name_others(
    browser: Browser, outbox: Outbox, elin: Asked, lead: Account, sven: Account
) -> None:
    page = browser.as_(lead).go(path(elin))
    options = {o.text: o["value"] for o in page.all("#reader_1 option")}
    page.submit("Spara", reader_1=options["Sven Åkerlund"], reader_2="", coder_2="")
    assert names(elin, Seat.READER) == {"Sven Åkerlund"}
    assert ASKS not in outbox.subjects(elin.who.address)


def test_names_that_change_under_the_leavers_eyes_are_looked_at_again(
    app: Flask, browser: Browser, elin: Asked, sven: Account
) -> None:
    page = browser.go(elin.path)
    swap(elin, sven)
    page = page.submit("Börja svara", reach="hr_only")
    assert page.flashes == ["De som läser har ändrats. Se namnen och välj igen."]
    with app.app_context():
        assert elin.interview().reach is None
    assert "Sven Åkerlund" in page


@pytest.fixture
def elin(make: Make, outbox: Outbox) -> Asked:
    return asked(make, outbox)


@pytest.fixture
def spoken(elin: Asked, sven: Account) -> Asked:
    """Return a leaver who has said something before HR lead puts Sven in Petra's place."""
    elin.choose(Reach.HR_ONLY)
    elin.save(stay_open="kanariefågel")
    elin.do(services.send_in)
    swap(elin, sven)
    return elin


def test_a_new_reader_reads_nothing_before_the_leaver_agrees(
    app: Flask, browser: Browser, outbox: Outbox, spoken: Asked, sven: Account
) -> None:
    with app.app_context():
        own = f"/exit-interviews/{spoken.interview().public_id}"
        assert sven.person_id not in set(db.session.scalars(select(Recusal.person_id)))
    browser.as_(sven).go(own, status=404)
    assert "kanariefågel" not in browser.go("/exit-interviews/coding")
    browser.as_(spoken.hr).go(own, status=404)
    assert ASKS in outbox.subjects(spoken.who.address)
    page = browser.another().go(spoken.path)
    assert "Får Sven Åkerlund också läsa?" in page
    assert "I stället för" in page


def test_a_new_reader_reads_what_is_said_afterwards_and_never_backwards(
    app: Flask, browser: Browser, spoken: Asked, sven: Account
) -> None:
    page = browser.go(spoken.path).submit("Ja, det går bra Sven Åkerlund")
    assert "Får Sven Åkerlund också läsa?" not in page
    spoken.save(stay_open="kanariefågel", change_open="Nya datorer.")
    with app.app_context():
        own = f"/exit-interviews/{spoken.interview().public_id}"
        assert sven.person_id in set(db.session.scalars(select(Recusal.person_id)))
    page = browser.another().as_(sven).go(own)
    assert "Nya datorer." in page
    assert "kanariefågel" not in page
    assert "kanariefågel" not in browser.as_(sven).go("/exit-interviews/coding")


def test_a_no_leaves_nobody_new(app: Flask, browser: Browser, spoken: Asked) -> None:
    page = browser.go(spoken.path).submit("Nej Sven Åkerlund")
    assert "Sven Åkerlund" not in page
    with app.app_context():
        assert "Sven Åkerlund" not in {r.person.name for r in spoken.interview().readers}
