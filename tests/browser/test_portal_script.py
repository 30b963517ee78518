"""What the page script adds: focus, menus, a password to look at, one sending, progress."""

import pytest
from flask import Flask
from playwright.sync_api import Route, expect

from alumni_portal import demo
from tests.support.chromium import PHONE, Live

pytestmark = pytest.mark.parametrize("screen", [PHONE], ids=str)


@pytest.fixture
def app(app: Flask) -> Flask:
    """Return the application with the pages that only a demo has."""
    if "styleguide" not in app.blueprints:
        demo.install(app)
    return app


def test_what_is_wrong_in_a_form_has_the_focus(live: Live) -> None:
    tab = live.open("/styleguide/form")
    expect(tab.locator("[data-focus]")).to_be_focused()
    tab.get_by_role("link", name="Namn").click()
    expect(tab.locator("[name$=name]")).to_be_focused()


def test_the_account_menu_closes_on_escape_and_gives_the_focus_back(live: Live) -> None:
    tab = live.open("/styleguide/form")
    button = tab.locator("details.menu > summary")
    button.click()
    expect(tab.locator(".menu__pop")).to_be_visible()
    tab.keyboard.press("Escape")
    expect(tab.locator(".menu__pop")).to_be_hidden()
    expect(button).to_be_focused()


def test_a_password_can_be_looked_at(live: Live) -> None:
    tab = live.open("/styleguide/")
    field = tab.get_by_label("Lösenord", exact=True)
    button = tab.get_by_role("button", name="Visa lösenordet")
    button.click()
    expect(field).to_have_attribute("type", "text")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(field).to_have_attribute("type", "password")


def test_a_form_pressed_twice_is_sent_once(live: Live) -> None:
    tab = live.open("/styleguide/door")
    sent: list[str] = []

    def swallow(route: Route) -> None:
        sent.append(route.request.method)
        route.fulfill(status=204)

    tab.route("**/language", swallow)
    button = tab.get_by_role("button", name="Skicka inloggningslänk")
    button.dblclick()
    expect(button).to_have_attribute("aria-disabled", "true")
    tab.wait_for_load_state("networkidle")
    assert sent == ["POST"]


def test_work_under_way_shows_by_itself_when_it_is_done(live: Live) -> None:
    tab = live.open("/styleguide/work")
    finished = "<title>Klar</title><section id=guide-work><h1>Alla rader är inlästa</h1></section>"
    tab.route(
        "**/styleguide/work",
        lambda route: route.fulfill(body=finished, content_type="text/html; charset=utf-8"),
    )
    expect(tab.get_by_role("heading", name="Alla rader är inlästa")).to_be_visible(timeout=10_000)
