"""What came with the employment goes with it, the day after the last day (S27)."""

from collections.abc import Callable

import pytest
import time_machine
from flask import Flask
from sqlalchemy import update

from alumni_portal.accounts import queries
from alumni_portal.accounts.models import Account
from alumni_portal.core.clock import today
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.core.transaction import unit
from alumni_portal.people import services as people
from alumni_portal.people.models import Employment
from alumni_portal.people.rules import AddressKind
from tests.accounts.making import ask, replay
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make, days

WORK = "anna.ek@sundmark.example"


@pytest.fixture
def last_day_is_today(app: Flask, make: Make, browser: Browser) -> str:
    """Make a recruiter whose last day is today and return her account's public id."""
    person = make.person("Anna Ek", work=WORK)
    make.employment(person)
    account = make.account(person, Role.RECRUITER)
    browser.as_(account)
    with app.app_context(), unit():
        db.session.execute(
            update(Employment).where(Employment.person_id == person.id).values(ends_on=today())
        )
    return account.public_id


def roles(app: Flask, public_id: str) -> frozenset[Role]:
    with app.app_context():
        account = queries.account(public_id)
        return queries.roles_of(account.id) if account else frozenset()


@pytest.mark.both_databases
@covers("S27")
def test_a_leaver_loses_role_and_session_the_day_after(
    app: Flask, browser: Browser, work: Callable[[], int], last_day_is_today: str
) -> None:
    cookies = browser.cookies
    work()
    assert roles(app, last_day_is_today) == {Role.RECRUITER}
    assert replay(browser, cookies).status_code == 200
    with time_machine.travel(days(1), tick=False):
        browser.as_(_account(app, last_day_is_today))
        work()
        assert roles(app, last_day_is_today) == frozenset()
        assert browser.open("/account").status_code == 303


def _account(app: Flask, public_id: str) -> Account:
    with app.app_context():
        account = queries.account(public_id)
        assert account is not None
        return account


@pytest.mark.both_databases
@covers("S27")
def test_a_work_address_given_to_a_newcomer_opens_nothing_old(
    app: Flask,
    browser: Browser,
    make: Make,
    outbox: Outbox,
    work: Callable[[], int],
    last_day_is_today: str,
) -> None:
    with time_machine.travel(days(1), tick=False):
        work()
        ask(browser.another(), WORK)
        assert outbox.letters() == []
        newcomer = make.person("Anna Eklund")
        with app.app_context(), unit():
            found = db.session.merge(newcomer, load=False)
            address = people.give_address(
                found, WORK, AddressKind.WORK, work_domains=("sundmark.example",), by=SYSTEM
            )
            people.prove_address(address, by=SYSTEM)
            assert queries.let_in_by(WORK) is None
        make.account(newcomer)
        with app.app_context():
            let_in = queries.let_in_by(WORK)
            assert let_in is not None
            assert let_in[0].public_id != last_day_is_today


def test_a_consultant_without_employment_keeps_the_role(
    app: Flask, make: Make, work: Callable[[], int]
) -> None:
    account = make.account(make.person("Kim Konsult", work=WORK), Role.RECRUITER)
    work()
    assert roles(app, account.public_id) == {Role.RECRUITER}
