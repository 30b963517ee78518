"""What the tests of accounts share: a second process, the way in by mail, a saved cookie."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from flask import Flask
from werkzeug.test import TestResponse

from alumni_portal.accounts import queries, services
from alumni_portal.accounts.models import Account
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.settings import Settings
from alumni_portal.core.transaction import unit
from tests.support.app import made_app
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.page import Page

PASSWORD = "kaffe med grädde på altanen"


@contextmanager
def another_process(settings: Settings) -> Iterator[Browser]:
    """Return a browser at a second application that shares the database."""
    with made_app(settings) as app:
        yield Browser(app)


def ask(browser: Browser, address: str) -> Page:
    """Ask for a sign-in link."""
    return browser.get("accounts.sign_in").submit("Skicka inloggningslänk", email=address)


def link_to(outbox: Outbox, address: str) -> str:
    """Return the path of the newest sign-in link sent to an address."""
    return outbox.last(address).find(r"https?://[^/]+(/sign-in/link/\S+)")


def code_to(outbox: Outbox, address: str) -> str:
    return outbox.last(address).find(r"började: ([A-Z0-9]{8})")


def with_password(app: Flask, account: Account, password: str = PASSWORD) -> None:
    """Give an account a password."""
    with app.app_context(), unit():
        found = queries.account(account.public_id)
        assert found is not None
        services.set_password(found, password, by=SYSTEM)


def replay(browser: Browser, cookies: Mapping[str, str], path: str = "/account") -> TestResponse:
    """Ask for a page with saved cookies, as a thief of them would."""
    thief = browser.another()
    for name, value in cookies.items():
        thief.client.set_cookie(name, value, domain="localhost")
    return thief.open(path)


def token_in(path: str) -> str:
    found = re.search(r"/sign-in/(?:link|new-address)/(\S+)$", path)
    assert found, path
    return found[1]
