"""Two people take names and dates out; a quote needs them and the leaver's yes (A9, §3)."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from alumni_portal.accounts.models import Account
from alumni_portal.accounts.queries import account_of
from alumni_portal.core.db import db
from alumni_portal.core.errors import NotFound
from alumni_portal.core.permissions import Actor, Role
from alumni_portal.exit_interviews import queries, services
from alumni_portal.exit_interviews.models import Answer, InterviewState, Reach, Redaction, Seat
from alumni_portal.exit_interviews.services import redacting
from tests.exit_interviews.making import Asked, asked
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make

SAID = "Anna på lagret fick gå den 3 maj, och lönen stod stilla."
CLEAN = "En kollega fick gå, och lönen stod stilla."


@pytest.fixture
def elin(browser: Browser, make: Make, outbox: Outbox) -> Asked:
    """Return a leaver who has said something that may be quoted."""
    found = asked(make, outbox)
    found.choose(Reach.HR_ONLY)
    browser.go(found.path).submit("Lämna in svaren", stay_open=SAID, quote="stay_open")
    return found


def coders(app: Flask, elin: Asked) -> list[Account]:
    with app.app_context():
        ids = [one.person_id for one in elin.interview().readers if one.seat is Seat.CODER]
        found = [account_of(one) for one in ids]
    return [one for one in found if one is not None]


def code_as_all(elin: Asked, codes: list[str]) -> None:
    with elin.make.work():
        found = elin.interview()
        for one in [r for r in found.readers if r.seat is Seat.CODER]:
            by = Actor(person_id=one.person_id)
            services.code(found.public_id, "stay_open", codes, by=by)


def close(elin: Asked) -> None:
    with elin.make.work():
        elin.interview().state = InterviewState.CLOSED


def quotes(app: Flask) -> list[str]:
    with app.app_context():
        return queries.quotes_allowed("pay", until=date(2100, 1, 1))


def cleaned(app: Flask, browser: Browser, elin: Asked) -> None:
    first, second = coders(app, elin)
    page = browser.as_(first).go("/exit-interviews/coding").submit("Föreslå texten", text=CLEAN)
    assert page.flashes == ["Förslaget väntar på den andra kodaren."]
    page = browser.another().as_(second).go("/exit-interviews/coding")
    assert CLEAN in page
    assert page.submit("Godkänn").flashes == ["Texten är ersatt."]


def test_the_original_is_replaced_once_both_have_agreed(
    app: Flask, browser: Browser, elin: Asked
) -> None:
    cleaned(app, browser, elin)
    with app.app_context():
        assert services.opened(elin.interview()) == {"stay_open": CLEAN}
        assert db.session.scalars(select(Redaction)).all() == []


def test_one_person_is_not_two(app: Flask, browser: Browser, elin: Asked) -> None:
    first = coders(app, elin)[0]
    page = browser.as_(first).go("/exit-interviews/coding").submit("Föreslå texten", text=CLEAN)
    assert "Godkänn" not in page.buttons()
    action = page.one("form[action$='/text']")["action"]
    data = {"csrf_token": page.value("csrf_token"), "do": "agree"}
    browser.open(str(action), method="POST", data=data)
    with app.app_context():
        assert services.opened(elin.interview()) == {"stay_open": SAID}


def test_an_empty_text_is_refused(app: Flask, browser: Browser, elin: Asked) -> None:
    page = browser.as_(coders(app, elin)[0]).go("/exit-interviews/coding")
    page = page.submit("Föreslå texten", text=" ")
    assert page.flashes == ["Skriv texten utan namn och datum, högst 4 000 tecken."]


def test_who_does_not_code_redacts_nothing(app: Flask, make: Make, elin: Asked) -> None:
    other = make.staff(Role.HR)
    with app.app_context():
        public_id, by = elin.interview().public_id, Actor(person_id=other.person_id)
        with pytest.raises(NotFound):
            redacting.propose(public_id, "stay_open", "x", by=by)


def test_a_quote_needs_the_leaver_two_people_and_both_coders(
    app: Flask, browser: Browser, elin: Asked
) -> None:
    assert quotes(app) == []
    cleaned(app, browser, elin)
    close(elin)
    assert quotes(app) == []
    code_as_all(elin, ["pay"])
    assert quotes(app) == [CLEAN]


def test_without_the_leavers_yes_nothing_is_quoted(
    app: Flask, browser: Browser, elin: Asked
) -> None:
    cleaned(app, browser, elin)
    code_as_all(elin, ["pay"])
    browser.another().go(elin.path).submit("Spara och fortsätt senare", quote=[])
    close(elin)
    assert quotes(app) == []


def test_a_text_that_the_leaver_changes_is_read_anew(
    app: Flask, browser: Browser, elin: Asked
) -> None:
    cleaned(app, browser, elin)
    elin.save(stay_open="Anna igen.")
    with app.app_context():
        assert db.session.scalars(select(Answer.is_cleaned)).all() == [False]


def test_nobody_agrees_to_a_proposal_that_they_have_not_seen(
    app: Flask, browser: Browser, elin: Asked
) -> None:
    first, second = coders(app, elin)
    page = browser.as_(first).go("/exit-interviews/coding")
    page.submit("Föreslå texten", text=CLEAN)
    seen = browser.another().as_(second).go("/exit-interviews/coding")
    page.submit("Föreslå texten", text="Anna fick gå den 3 maj.")
    said = seen.submit("Godkänn")
    assert said.flashes == ["Förslaget har ändrats. Läs det nya och godkänn igen."]
    with app.app_context():
        assert services.opened(elin.interview()) == {"stay_open": SAID}
