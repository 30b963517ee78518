"""What was mailed, at /dev/mail: readable, its links to be followed, shut off from the portal."""

import pytest
from flask import Flask

from alumni_portal.core import jobs
from alumni_portal.core.settings import Settings
from alumni_portal.core.transaction import unit
from alumni_portal.mail import services
from alumni_portal.mail.services import Draft
from tests.support.app import made_app
from tests.support.browser import Browser
from tests.support.page import Page


def write_letters(app: Flask) -> None:
    """Do what is due; one job of the demo gave up long ago, so failures are not looked for."""
    with app.app_context():
        jobs.run_due()


def asked_for_link(browser: Browser) -> Page:
    """Return the letter after a member has asked to sign in."""
    browser.get("/sign-in").submit("Skicka inloggningslänk", email="alumn@sundmark.example")
    write_letters(browser.app)
    return browser.get("/dev/mail").follow("Din inloggningslänk till Sundmark Alumni")


def test_a_letter_is_shown_and_its_link_signs_in(browser: Browser) -> None:
    letter = asked_for_link(browser)
    links = letter.texts(".devmail__link a")
    assert len(links) == 1
    door = browser.go(links[0])
    assert door.submit("Logga in").heading == "Hej igen, Amira"


def test_the_html_runs_nothing_and_loads_nothing(browser: Browser) -> None:
    letter = asked_for_link(browser)
    frame = letter.one("iframe")
    assert frame.get_attribute_list("sandbox") == ["allow-top-navigation-by-user-activation"]
    answer = browser.open(str(frame["src"]))
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy
    assert "sandbox" in policy
    assert b'<base target="_top">' in answer.data


def test_the_newest_letter_comes_first(app: Flask, browser: Browser) -> None:
    asked_for_link(browser)
    with app.app_context(), unit():
        services.post(Draft(kind="accounts/sign_in", to="zz@post.example", values=VALUES))
    write_letters(app)
    assert "zz@post.example" in browser.get("/dev/mail").texts(".mate")[0]


VALUES = {"name": "Zz", "url": "http://localhost/x", "code": "ABCD2345"}


def test_an_empty_mailbox_says_what_to_do(browser: Browser) -> None:
    assert "Inga brev än" in browser.get("/dev/mail")


def test_only_letters_are_read(browser: Browser) -> None:
    for name in ("missing", "..%2F..%2Fetc%2Fpasswd", "portal.sqlite3", "A" * 200):
        browser.get(f"/dev/mail/{name}", status=404)


@pytest.mark.parametrize("path", ["/dev/mail", "/styleguide/"])
def test_outside_the_demo_there_is_neither_mailbox_nor_style_guide(
    settings: Settings, path: str
) -> None:
    """The pages come by `demo.install`, which only a demo calls."""
    with made_app(settings) as plain:
        assert plain.test_client().get(path, base_url="http://localhost").status_code == 404
