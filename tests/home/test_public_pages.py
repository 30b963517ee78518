"""The small pages of the footer: complete, honest, in both languages."""

import pytest
from flask import Flask

from alumni_portal.home.views import register
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
