"""Every part of the look in all its states: sound HTML, and easy to use on every screen."""

import pytest
from flask import Flask

from alumni_portal import demo
from alumni_portal.demo.styleguide import ERRORS, PAGES
from tests.support.browser import Browser
from tests.support.chromium import Live

SHELLS = [f"/styleguide/{name}" for name in PAGES]
FAULTS = [f"/styleguide/error-{code}" for code in ERRORS]


@pytest.fixture
def app(app: Flask) -> Flask:
    """Return the application with the pages that only a demo has."""
    if "styleguide" not in app.blueprints:
        demo.install(app)
    return app


@pytest.mark.parametrize("address", ["/styleguide/", *SHELLS, *FAULTS])
def test_each_page_of_the_style_guide_is_sound(browser: Browser, address: str) -> None:
    """A page is checked when it is opened: HTML, ids, labels, forms, links, nothing inline."""
    assert browser.get(address).heading


def test_every_part_is_easy_to_use_on_every_screen(live: Live) -> None:
    for address in ["/styleguide/", *SHELLS]:
        tab = live.open(address)
        tab.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
        live.check(tab)


def test_every_error_page_is_easy_to_use_on_every_screen(live: Live) -> None:
    for address in FAULTS:
        live.look(address)
