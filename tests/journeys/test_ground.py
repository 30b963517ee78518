"""The shortest story: somebody signs in by mailed link, and out again."""

import re

from flask import Flask

from alumni_portal.core.jobs import run_due
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make


def deliver(app: Flask) -> None:
    with app.app_context():
        run_due()


def test_an_alumnus_signs_in_by_mailed_link_and_out_again(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    make.alumnus("Amira Haddad", private="amira@post.example")
    page = browser.get("accounts.sign_in").submit(
        "Skicka inloggningslänk", email=" Amira@Post.example"
    )
    assert page.heading == "Kolla mejlen"
    deliver(app)
    body = outbox.letters()[-1].get_body(("plain",))
    assert body is not None
    link = re.search(r"http://localhost(/sign-in/link/\S+)", body.get_content())
    assert link is not None
    page = browser.go(link[1]).submit("Logga in")
    assert page.address == "/home"
    page = page.submit("Logga ut")
    assert page.heading == "Logga in"
