"""The public page, its editor with a preview, and the poster."""

import re

from alumni_portal.core.permissions import Role
from tests.insights.making_actions import WORDS, action, backed, published
from tests.support.browser import Browser
from tests.support.make import Make


def test_hr_writes_and_takes_down(browser: Browser, make: Make) -> None:
    made = action(make)
    backed(make)
    stranger = browser.another()
    hr = browser.as_(make.staff(Role.HR))
    page = hr.get("insights.action", public_id=made.public_id).follow("Berätta för alla")
    page = page.submit("Spara och visa hur det ser ut", heard_sv="Ett utkast.", done_sv="Vi gör.")
    assert "Ett utkast." in page.texts("[lang=sv] .stack")[0]
    assert "Ett utkast." not in stranger.get("insights.what_changed")
    published(make, made)
    page = hr.get("insights.action", public_id=made.public_id)
    assert "Alla kan läsa om det" in page
    assert WORDS["done_sv"] in stranger.get("insights.what_changed")
    page.submit("Ta bort från sidan")
    assert WORDS["done_sv"] not in stranger.get("insights.what_changed")


def test_everybody_reads_in_their_language(browser: Browser, make: Make) -> None:
    published(make, action(make))
    english = Browser(browser.app, language="en").get("insights.what_changed")
    assert english.language == "en"
    assert WORDS["heard_en"] in english
    assert WORDS["heard_sv"] not in english
    swedish = browser.get("insights.what_changed")
    assert WORDS["heard_sv"] in swedish
    for account in (make.alumnus(), make.staff(Role.RECRUITER)):
        assert WORDS["done_sv"] in browser.another().as_(account).get("insights.what_changed")


def test_no_name_of_an_owner_reaches_the_public_page(browser: Browser, make: Make) -> None:
    made = published(make, action(make, owner=make.staff(Role.MANAGER, name="Osynlig Chef")))
    for place in ("insights.what_changed", "insights.poster"):
        page = browser.get(place)
        assert WORDS["heard_sv"] in page
        assert "Osynlig" not in page.html
        assert made.goal not in page.html


def test_search_engines_may_keep_the_page(browser: Browser) -> None:
    answer = browser.open("/what-changed")
    assert answer.headers["X-Robots-Tag"] == "all"


def test_the_poster_has_a_code_that_leads_to_the_page(browser: Browser, make: Make) -> None:
    published(make, action(make))
    page = browser.get("insights.poster")
    assert "http://localhost/what-changed" in page
    drawn = page.one(".poster__foot svg")
    assert re.search(r"stroke=\"#000\"", str(drawn))
    assert "style" not in drawn.attrs


def test_text_is_shown_as_text(browser: Browser, make: Make) -> None:
    published(make, action(make), heard_sv="<script>alert(1)</script>")
    page = browser.get("insights.what_changed")
    assert "<script>alert(1)</script>" in page
    assert not page.all("main script")
