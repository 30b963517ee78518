"""What every answer says to the browser (S3, S43, S44), over all routes, roles and errors."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from alumni_portal.core.headers import TRANSPORT
from alumni_portal.core.permissions import Role, public
from alumni_portal.core.settings import Settings
from tests.core.walking import address, rules
from tests.support.app import made_app, settings_for
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make

PUBLIC_COPIES = {"/brand.css"}
#: What search engines may keep, as strangers see it.
INDEXED = {"/openings", "/what-changed"}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


def problems(answer: TestResponse, path: str) -> list[str]:
    headers = answer.headers
    found = [name for name, value in ALWAYS.items() if headers.get(name) != value]
    if path in INDEXED and headers.get("X-Robots-Tag") == "all":
        found.remove("X-Robots-Tag")
    policy = headers.get("Content-Security-Policy", "")
    parts = ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
    if "unsafe" in policy or not all(part in policy for part in parts):
        found.append(f"policy: {policy}")
    if headers.get("Referrer-Policy") not in {"same-origin", "no-referrer"}:
        found.append("Referrer-Policy")
    if path not in PUBLIC_COPIES and headers.get("Cache-Control") != "no-store":
        found.append(f"Cache-Control: {headers.get('Cache-Control')}")
    if path not in PUBLIC_COPIES and "Cookie" not in headers.get("Vary", ""):
        found.append(f"Vary: {headers.get('Vary')}")
    return [f"{path} {answer.status_code}: {one}" for one in found]


@pytest.mark.parametrize("role", [None, Role.ALUMNUS, Role.HR, Role.ADMIN])
@covers("S3", "S43", "S44")
def test_every_answer_is_guarded(
    app: Flask, browser: Browser, make: Make, role: Role | None
) -> None:
    if role is Role.ALUMNUS:
        browser.as_(make.alumnus())
    elif role:
        browser.as_(make.staff(role))
    found = []
    for method in ("GET", "POST"):
        for rule in rules(app, method):
            path = address(app, rule)
            if path == "/sign-out":
                continue
            answer = browser.client.open(path, method=method, base_url=browser.base_url)
            found += problems(answer, path)
    assert not found, "\n".join(found)


@covers("S43")
def test_error_answers_are_guarded_too(app: Flask, browser: Browser) -> None:
    app.testing = False
    app.view_functions["core.healthz"] = _crash
    answers = {
        404: browser.open("/there-is-no-such-page"),
        405: browser.open("/sign-out"),
        400: browser.open("/sign-out", method="POST"),
        500: browser.open("/healthz"),
        413: browser.client.post("/sign-in", data=b"x" * 13_000_000, base_url=browser.base_url),
    }
    assert {status: answer.status_code for status, answer in answers.items()} == {
        status: status for status in answers
    }
    assert not [one for answer in answers.values() for one in problems(answer, "/error")]


@public
def _crash(*_given: object) -> str:
    raise ValueError("a secret word")


@covers("S47")
def test_a_crash_tells_nothing(
    capfd: pytest.CaptureFixture[str], app: Flask, browser: Browser
) -> None:
    app.testing = False
    app.view_functions["core.healthz"] = _crash
    answer = browser.open("/healthz")
    body = answer.get_data(as_text=True)
    assert answer.status_code == 500
    assert answer.headers["X-Request-ID"] in body
    for word in ("Traceback", "ValueError", "a secret word", "SELECT"):
        assert word not in body
    logged = capfd.readouterr().err
    assert '"event": "crash"' in logged
    assert "a secret word" not in logged


@covers("S47")
def test_a_guard_that_breaks_lets_nobody_through(
    app: Flask, browser: Browser, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.testing = False
    browser.as_(make.staff(Role.HR))
    monkeypatch.setattr("alumni_portal.core.permissions.allows", _crash)
    assert browser.open("/account").status_code == 500


@covers("S43")
def test_over_tls_the_cookie_and_the_transport_are_strict(tmp_path: Path) -> None:
    settings = settings_for(f"sqlite:///{tmp_path}/p.sqlite3", tmp_path)
    strict = replace(settings, base_url="https://localhost")
    with made_app(strict) as app:
        assert app.config["SESSION_COOKIE_NAME"] == "__Host-alumni"
        client = app.test_client()
        answer = client.get("/healthz", base_url="https://localhost")
        assert answer.headers["Strict-Transport-Security"] == TRANSPORT
        page = client.get("/sign-in/lost", base_url="https://localhost")
        cookie = page.headers["Set-Cookie"]
        for part in ("__Host-alumni=", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
            assert part in cookie
        assert "Domain" not in cookie


@covers("S44")
def test_search_engines_are_asked_to_stay_out(browser: Browser) -> None:
    asked = browser.open("/robots.txt").get_data(as_text=True)
    assert asked.startswith("User-agent: *\nDisallow: /\n")


def test_files_may_be_kept(settings: Settings, browser: Browser) -> None:
    with browser.open("/static/portal.css") as plain:
        assert "no-store" not in plain.headers["Cache-Control"]
    with browser.open("/static/portal.css?v=abc") as marked:
        assert "immutable" in marked.headers["Cache-Control"]
