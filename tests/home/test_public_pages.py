"""The small pages of the footer: complete, honest, in both languages."""

import pytest
from flask import Flask

from alumni_portal.core.settings import Settings
from alumni_portal.home.views import register
from tests.support.app import made_app, settings_for
from tests.support.browser import Browser

PAGES = {
    "/privacy": "Så hanterar vi dina uppgifter",
    "/accessibility": "Tillgänglighet",
    "/contact": "Kontakta oss",
}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_footer_is_open_to_everybody(browser: Browser, path: str) -> None:
    page = browser.get(path)
    assert page.heading == PAGES[path]
    assert set(PAGES.values()) <= set(page.texts(".foot a"))


def test_whatever_a_model_holds_is_told_in_plain_words(inside: Flask) -> None:
    """A new purpose or a new time of keeping needs its sentence in `home/views/register.py`."""
    held = register.annotations()
    assert not {one.purpose for one in held} - set(register.WHY)
    assert not {one.keep for one in held} - set(register.KEPT)
    assert {one.basis for one in held} <= set(register.GROUNDS)


def test_no_sentence_is_about_something_that_is_gone(inside: Flask) -> None:
    held = register.annotations()
    assert not set(register.WHY) - {one.purpose for one in held}
    assert not set(register.KEPT) - {one.keep for one in held}


def test_the_register_stands_on_the_page(browser: Browser) -> None:
    page = browser.get("/privacy")
    rows = page.table("Ändamål, laglig grund och hur länge")
    assert len(rows) == len(register.lines())
    assert all(row["Laglig grund"] and row["Hur länge"] for row in rows)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("security@sundmark.example", "mailto:security@sundmark.example"),
        ("https://sundmark.example/report", "https://sundmark.example/report"),
    ],
)
def test_who_finds_a_hole_is_told_where_to_report_it(
    settings: Settings, given: str, said: str
) -> None:
    told = settings_for(settings.database_url, settings.instance, SECURITY_CONTACT=given)
    with made_app(told) as app:
        answer = Browser(app).open("/.well-known/security.txt")
    assert answer.mimetype == "text/plain"
    assert answer.text.startswith(f"Contact: {said}\nExpires: 2")


def test_no_place_to_report_to_is_no_file(browser: Browser) -> None:
    assert browser.open("/.well-known/security.txt").status_code == 404
