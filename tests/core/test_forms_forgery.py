"""Nobody makes a browser change something for somebody else (S15)."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from tests.core.walking import address, rules
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make

#: What a read may write: that a session is in use, who looked, and that in the audit chain.
READS_WRITE = {"sign_in_session", "access", "access_subject", "audit_entry", "limit_hit"}
FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "http://localhost.evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]


def rows(app: Flask) -> dict[str, int]:
    with app.app_context():
        return {
            name: db.session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in db.metadata.tables.items()
            if name not in READS_WRITE
        }


def changing(app: Flask) -> list[tuple[str, str]]:
    """Return every address that changes something and is meant for browsers."""
    return [
        (method, address(app, rule))
        for method in ("POST", "PUT", "PATCH", "DELETE")
        for rule in rules(app, method)
        if not getattr(app.view_functions[rule.endpoint], "__cross_site__", False)
    ]


@covers("S15")
def test_nothing_is_changed_without_the_token(app: Flask, browser: Browser, make: Make) -> None:
    browser.as_(make.staff(Role.HR, Role.ADMIN, Role.DPO))
    before = rows(app)
    let_through = [
        path
        for method, path in changing(app)
        if browser.client.open(path, method=method, base_url=browser.base_url).status_code != 400
    ]
    assert not let_through
    assert rows(app) == before


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@covers("S15")
def test_nothing_is_changed_for_another_site(
    app: Flask, browser: Browser, make: Make, headers: dict[str, str]
) -> None:
    browser.as_(make.staff(Role.HR, Role.ADMIN, Role.DPO))
    token = browser.get("accounts.account").value("csrf_token")
    let_through = []
    for method, path in changing(app):
        answer = browser.client.open(
            path,
            method=method,
            data={"csrf_token": token},
            headers=headers,
            base_url=browser.base_url,
        )
        if answer.status_code != 400:
            let_through.append(f"{path} {answer.status_code}")
    assert not let_through


@covers("S15")
def test_json_as_plain_text_is_no_way_around(browser: Browser, make: Make) -> None:
    browser.as_(make.staff(Role.HR))
    answer = browser.client.post(
        "/theme",
        data='{"theme": "dark"}',
        content_type="text/plain",
        base_url=browser.base_url,
    )
    assert answer.status_code == 400


@pytest.mark.parametrize("role", [Role.ALUMNUS, Role.HR, Role.ADMIN, Role.DPO, Role.MANAGER])
@covers("S15")
def test_reading_changes_nothing(app: Flask, browser: Browser, make: Make, role: Role) -> None:
    account = make.alumnus() if role is Role.ALUMNUS else make.staff(role)
    browser.as_(account)
    person = account.person.public_id
    before = rows(app)
    for rule in rules(app, "GET"):
        path = address(app, rule)
        browser.client.get(path, base_url=browser.base_url)
        browser.client.get(path.replace("n0such", person), base_url=browser.base_url)
    assert rows(app) == before
