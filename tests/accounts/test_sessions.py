from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from alumni_portal.accounts import queries, rules, services
from alumni_portal.accounts.models import Account
from alumni_portal.core.clock import now
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.core.settings import Settings
from alumni_portal.core.transaction import unit
from alumni_portal.people import services as people
from alumni_portal.people.models import EmailAddress
from alumni_portal.people.rules import AddressKind
from tests.accounts.making import PASSWORD, another_process, replay, with_password
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make, days

Event = Callable[[Account], None]


def by_role_change(account: Account) -> None:
    services.grant(account, Role.RECRUITER, by=SYSTEM)


def by_role_loss(account: Account) -> None:
    services.revoke(account, Role.HR, by=SYSTEM)


def by_closing(account: Account) -> None:
    services.close_account(account, by=SYSTEM)


def by_everywhere(account: Account) -> None:
    services.end_all_sessions(account, by=SYSTEM)


def by_password(account: Account) -> None:
    services.set_password(account, PASSWORD, by=SYSTEM)


def by_new_address(account: Account) -> None:
    address = people.give_address(
        account.person, "ny@post.example", AddressKind.PRIVATE, work_domains=(), by=SYSTEM
    )
    people.prove_address(address, by=SYSTEM)


def by_death(account: Account) -> None:
    people.note_death(account.person, on=days(-1), by=SYSTEM)


EVENTS = [
    by_role_change,
    by_role_loss,
    by_closing,
    by_everywhere,
    by_password,
    by_new_address,
    by_death,
]


@pytest.mark.both_databases
@pytest.mark.parametrize("event", EVENTS)
@covers("S1")
def test_a_saved_cookie_is_worth_nothing_after(
    event: Event, app: Flask, settings: Settings, browser: Browser, make: Make
) -> None:
    account = make.staff(Role.HR)
    cookies = browser.as_(account).cookies
    with another_process(settings) as other:
        assert replay(other, cookies).status_code == 200
        with app.app_context(), unit():
            found = queries.account(account.public_id)
            assert found is not None
            event(found)
        assert replay(other, cookies).status_code == 303


@pytest.mark.both_databases
@covers("S1")
def test_a_saved_cookie_is_worth_nothing_after_signing_out(
    settings: Settings, browser: Browser, make: Make
) -> None:
    cookies = browser.as_(make.staff(Role.HR)).cookies
    browser.get("accounts.account").submit("Logga ut", within=".rail__foot")
    with another_process(settings) as other:
        assert replay(other, cookies).status_code == 303


def test_a_changed_password_renews_the_session_in_use_too(
    app: Flask, browser: Browser, make: Make
) -> None:
    account = make.staff(Role.HR)
    with_password(app, account)
    cookies = browser.as_(account).cookies
    page = browser.get("accounts.account").submit(
        "Byt lösenord", current=PASSWORD, password="en helt annan mening om hav"
    )
    assert page.heading == "Ditt konto"
    assert page.flashes
    assert replay(browser, cookies).status_code == 303


@covers("S1")
def test_signing_in_starts_a_new_session_id(app: Flask, browser: Browser, make: Make) -> None:
    account = make.staff(Role.HR)
    with_password(app, account)
    first = browser.as_(account).cookies["alumni"]
    browser.get("accounts.account").submit("Logga ut", within=".rail__foot")
    with app.app_context():
        address = db.session.scalars(
            select(EmailAddress).where(EmailAddress.person_id == account.person_id)
        ).one()
    page = browser.get("accounts.sign_in")
    page.submit("Logga in med lösenord", email=address.address, password=PASSWORD)
    assert browser.cookies["alumni"] != first
    assert browser.open("/account").status_code == 200


LIVES = [
    (Role.ALUMNUS, timedelta(days=14), timedelta(days=30)),
    (Role.HR, timedelta(minutes=60), timedelta(hours=12)),
    (Role.RECRUITER, timedelta(minutes=60), timedelta(hours=12)),
    (Role.HR_LEAD, timedelta(minutes=30), timedelta(hours=12)),
    (Role.ADMIN, timedelta(minutes=30), timedelta(hours=12)),
]
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(("role", "idle", "longest"), LIVES)
@covers("S2")
def test_a_session_ends_to_the_second(role: Role, idle: timedelta, longest: timedelta) -> None:
    start = datetime(2026, 11, 22, 12, tzinfo=UTC)
    roles = frozenset({role})
    assert rules.is_alive(start, start, roles, start + idle - SECOND)
    assert not rules.is_alive(start, start, roles, start + idle)
    late = start + longest
    assert rules.is_alive(start, late - 2 * SECOND, roles, late - SECOND)
    assert not rules.is_alive(start, late - 2 * SECOND, roles, late)


@pytest.mark.both_databases
@covers("S2")
def test_the_edge_of_rest_holds_over_http(browser: Browser, make: Make) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        browser.as_(make.staff(Role.HR))
        clock.shift(timedelta(minutes=59, seconds=59))
        assert browser.open("/account").status_code == 200
        clock.shift(timedelta(minutes=60))
        assert browser.open("/account").status_code == 303


@covers("S2")
def test_use_never_extends_a_session_beyond_its_longest(browser: Browser, make: Make) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        browser.as_(make.staff(Role.HR))
        for _half_hour in range(23):
            clock.shift(timedelta(minutes=30))
            assert browser.open("/account").status_code == 200
        clock.shift(timedelta(minutes=30))
        assert browser.open("/account").status_code == 303


@covers("S2")
def test_a_clock_set_back_lets_nobody_stay_longer(browser: Browser, make: Make) -> None:
    start = now()
    with time_machine.travel(start, tick=False) as clock:
        browser.as_(make.staff(Role.HR))
        clock.move_to(start - timedelta(hours=2))
        assert browser.open("/account").status_code == 303
        clock.move_to(start + timedelta(minutes=60))
        assert browser.open("/account").status_code == 303


def test_a_person_sees_and_ends_their_own_sessions_only(browser: Browser, make: Make) -> None:
    account, other = make.staff(Role.HR), make.staff(Role.HR)
    phone = browser.another().as_(account)
    page = browser.as_(account).get("accounts.account")
    assert page.text.count("Firefox, Linux") >= 2
    browser.another().as_(other)
    with browser.app.app_context():
        foreign = queries.sessions_of(other.id)[0].public_id
    page.submit("Logga ut enheten Firefox, Linux")
    assert phone.open("/account").status_code == 303
    token = page.value("csrf_token")
    answer = browser.open(
        f"/account/sessions/{foreign}/end", method="POST", data={"csrf_token": token}
    )
    assert answer.status_code == 404
