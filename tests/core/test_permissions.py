"""Refused unless allowed (S17, S47)."""

import pytest
from flask import Blueprint, Flask

from alumni_portal.core import permissions
from alumni_portal.core.errors import NotStarted
from alumni_portal.core.permissions import MATRIX, Actor, Permission, Role
from alumni_portal.core.settings import Settings
from tests.core.walking import address, rules
from tests.support.app import made_app
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make


@covers("S17")
def test_a_view_without_a_declaration_stops_the_start(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = Blueprint("bare", __name__)
    bare.add_url_rule("/bare", view_func=lambda: "", endpoint="bare")
    monkeypatch.setattr("alumni_portal.app.SLICES", (bare,))
    with pytest.raises(NotStarted, match=r"bare\.bare"), made_app(settings):
        pass


@covers("S17")
def test_a_stranger_sees_public_pages_only(app: Flask, browser: Browser) -> None:
    for rule in rules(app, "GET"):
        needed = permissions.needed_by(app, rule.endpoint)
        assert needed is not None
        if needed.kind in {"permission", "signed in"}:
            answer = browser.open(address(app, rule))
            assert answer.status_code == 303, rule.endpoint
            assert answer.headers["Location"].startswith("/sign-in?next="), rule.endpoint


@covers("S17")
@pytest.mark.parametrize("role", list(Role))
def test_a_role_reaches_what_the_matrix_gives_it(
    app: Flask, browser: Browser, make: Make, role: Role
) -> None:
    account = make.alumnus() if role is Role.ALUMNUS else make.staff(role)
    browser.as_(account)
    held = MATRIX[role]
    wrong = []
    for rule in rules(app, "GET"):
        needed = permissions.needed_by(app, rule.endpoint)
        if needed is None or needed.kind != "permission" or rule.arguments:
            continue
        status = browser.client.get(address(app, rule), base_url=browser.base_url).status_code
        allowed = any(one in held for one in needed.permissions)
        if (status == 404) is allowed:
            wrong.append(f"{rule.endpoint} {status}, {'allowed' if allowed else 'refused'}")
    assert not wrong


def test_rights_add_up_over_roles() -> None:
    both = Actor(account_id=1, roles=frozenset({Role.RECRUITER, Role.DPO}))
    assert both.may(Permission.AUDIT_VERIFY)
    assert both.may(Permission.DIRECTORY_READ)
    assert not both.may(Permission.PEOPLE_READ)
    assert both.permissions == MATRIX[Role.RECRUITER] | MATRIX[Role.DPO]


def test_the_admin_reads_no_content() -> None:
    content = {"cases:read", "people:read", "contact_details:read", "consents:read", "audit:read"}
    assert not {str(one) for one in MATRIX[Role.ADMIN]} & content
