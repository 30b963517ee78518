"""The letter before an answer lapses, and the link in it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from time_machine import travel

from alumni_portal.accounts.models import Account
from alumni_portal.consents import services as consents
from alumni_portal.consents.models import How, Purpose
from alumni_portal.consents.queries import standing
from alumni_portal.core import clock, tokens
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.people.models import Person
from alumni_portal.rehire import queries, rules, services
from alumni_portal.rehire.emails import RENEWAL
from alumni_portal.rehire.models import Level
from tests.rehire.making import candidate
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make

BUTTON = "Ja, det stämmer i ett halvår till"
SUBJECT = "Vill du fortfarande kunna hittas av Sundmark?"


def ask(make: Make) -> int:
    with make.work():
        return services.ask_if_still_so()


def later(**distance: float) -> travel:
    return travel(clock.now() + timedelta(**distance), tick=True)


def ends(app: Flask, account: Account) -> datetime:
    with app.app_context():
        found = queries.interest_of(account.person_id)
        assert found is not None
        return found.expires_at


@pytest.fixture
def me(make: Make) -> Account:
    return candidate(make, private="amira@post.example")


@pytest.fixture
def link(me: Account, make: Make, outbox: Outbox) -> Callable[[], str]:
    """Return what sends the reminder and returns its link."""

    def asked() -> str:
        assert ask(make) == 1
        return next(one.link for one in outbox.letters("amira") if one.subject == SUBJECT)

    return asked


def test_one_reminder_goes_out_two_weeks_before(make: Make, outbox: Outbox, me: Account) -> None:
    with later(days=168):
        assert ask(make) == 0
    with later(days=169, minutes=5):
        assert ask(make) == 1
        assert ask(make) == 0
        assert outbox.subjects("amira").count(SUBJECT) == 1
    with later(days=175):
        assert ask(make) == 0


def test_the_clock_asks_by_itself(outbox: Outbox, me: Account) -> None:
    with later(days=170):
        assert SUBJECT in outbox.subjects("amira")


def test_nobody_is_reminded_of_an_answer_that_says_not_now_or_of_anothers(make: Make) -> None:
    candidate(make, level=Level.NOT_NOW)
    gone = candidate(make, "Bo Berg")
    with make.work():
        consents.withdraw(
            db.session.get_one(Person, gone.person_id),
            Purpose.MEMBERSHIP,
            how=How.CONSENT_CENTRE,
            by=SYSTEM,
        )
    with later(days=175):
        assert ask(make) == 0


@covers("S4")
def test_looking_at_the_link_changes_nothing(
    app: Flask, browser: Browser, me: Account, link: Callable[[], str]
) -> None:
    before = ends(app, me)
    with later(days=170):
        address = link()
        for method in ("HEAD", "GET", "GET"):
            seen = browser.open(address, method=method)
            assert seen.status_code == 200
            assert seen.headers["Referrer-Policy"] == "no-referrer"
            assert "post.example" not in seen.text
    assert ends(app, me) == before


def test_one_click_renews_for_six_months_and_the_second_visit_says_so(
    app: Flask, browser: Browser, me: Account, link: Callable[[], str]
) -> None:
    with later(days=170):
        address = link()
        page = browser.go(address).submit(BUTTON)
        assert page.heading == "Ditt svar gäller"
        assert ends(app, me) - clock.now() > rules.LASTS - timedelta(minutes=1)
        after = ends(app, me)
    with later(days=175):
        assert browser.go(address).heading == "Ditt svar gäller"
    assert ends(app, me) == after


def test_the_consent_that_lapses_with_it_is_renewed_only_when_ticked(
    app: Flask, browser: Browser, me: Account, link: Callable[[], str]
) -> None:
    def until() -> datetime | None:
        with app.app_context():
            return standing(me.person_id or 0)[Purpose.RECRUITER_CONTACT].until

    before = until()
    with later(days=170):
        page = browser.go(link())
        assert not page.all("input[name=agree]")[0].has_attr("checked")
        page.submit(BUTTON, agree="y")
        assert until() != before


def test_the_link_renews_an_answer_that_has_just_expired(
    app: Flask, browser: Browser, me: Account, link: Callable[[], str]
) -> None:
    with later(days=170):
        address = link()
    with later(days=190):
        assert browser.go(address).submit(BUTTON).heading == "Ditt svar gäller"
        assert ends(app, me) > clock.now()


@covers("S5")
@pytest.mark.parametrize("change", ["cut", "other purpose", "other key"])
def test_a_link_that_is_not_ours_opens_nothing(
    app: Flask, browser: Browser, me: Account, link: Callable[[], str], change: str
) -> None:
    with later(days=170):
        token = link().rpartition("/")[2]
        with app.app_context():
            value = tokens.unsign(RENEWAL, token)
            forged = {
                "cut": token[:-2],
                "other purpose": tokens.sign("consent-renewal", value),
                "other key": tokens.sign("profile-still-right", value),
            }[change]
        assert browser.go(f"/interest/renew/{forged}", status=410).heading == (
            "Länken går inte att läsa"
        )


@covers("S24")
def test_who_has_left_since_the_letter_renews_nothing(
    browser: Browser, make: Make, me: Account, link: Callable[[], str]
) -> None:
    with later(days=170):
        address = link()
        page = browser.go(address)
        with make.work():
            consents.withdraw(
                db.session.get_one(Person, me.person_id),
                Purpose.MEMBERSHIP,
                how=How.CONSENT_CENTRE,
                by=SYSTEM,
            )
        token = page.value("csrf_token")
        answered = browser.open(address, method="POST", data={"csrf_token": token})
        assert answered.status_code == 410
        assert "Länken har gått ut" in answered.text
