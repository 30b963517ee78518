"""Log lines say what happened, never who or what was written (S34)."""

import json

import pytest
from flask import Flask

from alumni_portal.core.logs import log
from alumni_portal.core.permissions import Role
from tests.accounts.making import PASSWORD, ask, code_to, link_to, with_password
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make

CANARIES = ["Kanariefågel", "kanarie@post.example", "070-174 06 05", PASSWORD, "hemlig orsak"]


@covers("S34")
def test_no_flow_leaves_personal_data_in_the_log(
    capfd: pytest.CaptureFixture[str],
    app: Flask,
    browser: Browser,
    make: Make,
    outbox: Outbox,
) -> None:
    account = make.alumnus("Kanariefågel Test", private="kanarie@post.example")
    with_password(app, account)
    ask(browser, "kanarie@post.example")
    path, code = link_to(outbox, "kanarie@post.example"), code_to(outbox, "kanarie@post.example")
    browser.get("accounts.check_mail").submit("Logga in", code="fel kod här")
    browser.go(path).submit("Logga in")
    hr = browser.another().as_(make.staff(Role.HR))
    hr.get("/people?q=Kanariefågel")
    hr.get("people.edit", public_id=account.person.public_id).submit("Spara", phone=CANARIES[2])
    browser.another().open("/sign-in?next=/home%3Fx%3Dhemlig+orsak")
    lines = capfd.readouterr().err.splitlines()
    assert len(lines) > 10
    assert all(json.loads(line) for line in lines)
    secrets = [*CANARIES, path.rsplit("/", 1)[1], code]
    assert not [line for line in lines for one in secrets if one in line]


@covers("S34")
def test_nobody_writes_a_line_of_their_own(
    capfd: pytest.CaptureFixture[str], browser: Browser
) -> None:
    browser.open("/there-is%0a%7B%22event%22%3A%22forged%22%7D")
    browser.client.get(
        "/", headers={"User-Agent": "x {'event': 'forged'}"}, base_url="http://localhost"
    )
    lines = capfd.readouterr().err.splitlines()
    assert len(lines) == 2
    assert {json.loads(line)["event"] for line in lines} == {"request"}


@covers("S34")
def test_values_with_telling_names_are_blanked(
    capfd: pytest.CaptureFixture[str], app: Flask
) -> None:
    log.info("test", email="a@b.example", password="x", my_token="y", person_name="z", count=3)
    told = json.loads(capfd.readouterr().err)
    assert {told[one] for one in ("email", "password", "my_token", "person_name")} == {"…"}
    assert told["count"] == 3
