"""Links lead to us and clients are who they are, whatever a request claims (S13, S14)."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from alumni_portal.core.db import db
from alumni_portal.core.limits import Hit, network_of
from alumni_portal.core.permissions import Role
from alumni_portal.core.settings import Settings
from tests.support.app import made_app
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make

TRICKS = [
    {"Host": "evil.example"},
    {"Host": "localhost.evil.example"},
    {"Host": "localhost@evil.example"},
    {"X-Forwarded-Host": "evil.example"},
    {"Forwarded": "host=evil.example;proto=https"},
    {"X-Original-Host": "evil.example", "X-Host": "evil.example"},
]


@pytest.mark.parametrize("headers", TRICKS, ids=str)
@covers("S13")
def test_no_letter_leads_to_a_foreign_host(
    browser: Browser, make: Make, outbox: Outbox, headers: dict[str, str]
) -> None:
    make.alumnus(private="amira@post.example")
    token = browser.get("accounts.sign_in").value("csrf_token")
    answer = browser.open(
        "/sign-in",
        method="POST",
        data={"csrf_token": token, "email": "amira@post.example"},
        headers=headers,
    )
    letters = outbox.letters()
    assert answer.status_code == (400 if "Host" in headers else 303)
    assert all("evil" not in one.text + one.html for one in letters)
    assert all("http://localhost/sign-in/link/" in one.text for one in letters)
    assert "evil" not in answer.headers.get("Location", "")


@pytest.mark.parametrize("headers", TRICKS, ids=str)
@covers("S13")
def test_no_letter_of_hr_leads_to_a_foreign_host(
    browser: Browser, make: Make, outbox: Outbox, headers: dict[str, str]
) -> None:
    person = make.former("Åke Ångström")
    browser.as_(make.staff(Role.HR))
    path = f"/people/{person.public_id}/private-address"
    token = browser.go(path).value("csrf_token")
    data = {"csrf_token": token, "new": "ny@post.example", "checked": "y"}
    browser.open(path, method="POST", data=data, headers=headers)
    letters = outbox.letters()
    assert len(letters) == (0 if "Host" in headers else 1)
    assert all("http://localhost/sign-in/new-address/" in one.text for one in letters)
    assert all("evil" not in one.text + one.html for one in letters)


def clients_counted(app: Flask) -> int:
    with app.app_context():
        query = select(func.count()).where(Hit.key.startswith("sign-in-client"))
        return db.session.scalar(query) or 0


def knock(app: Flask, claimed: str) -> None:
    app.test_client().post(
        "/sign-in",
        headers={"X-Forwarded-For": claimed},
        base_url="http://localhost",
        environ_base={"REMOTE_ADDR": "192.0.2.1"},
    )


@covers("S14")
def test_a_hundred_claimed_addresses_are_counted_as_one(app: Flask) -> None:
    for number in range(100):
        knock(app, f"203.0.113.{number}")
    assert clients_counted(app) == 1


@covers("S14")
def test_behind_one_proxy_only_its_word_counts(settings: Settings, tmp_path: Path) -> None:
    with made_app(replace(settings, proxy_hops=1)) as app:
        for number in range(20):
            knock(app, f"203.0.113.{number}, 198.51.100.7")
        assert clients_counted(app) == 1
        knock(app, "198.51.100.8")
        assert clients_counted(app) == 2


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::2", True),
        ("2001:db8:0:0:1::1", "2001:db8::ffff", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("", "no address", True),
    ],
)
@covers("S14")
def test_a_network_is_an_address_or_a_64(one: str, other: str, *, same: bool) -> None:
    assert (network_of(one) == network_of(other)) is same
