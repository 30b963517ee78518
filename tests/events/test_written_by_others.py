"""What planners and guests write comes out as text on every page, and codes open one door only."""

from typing import Any

import pytest
from flask import Flask

from alumni_portal.core.permissions import Role
from tests.events.making import event, guest, later, link_of, says
from tests.events.test_door import code_of
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make

EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
FIELDS = ("title", "title_en", "place", "address")
MARKED = ("text", "text_en", "directions", "thanks")
PAGES = ("event", "attendance", "edit", "invite", "cancel", "add_date")


@covers("S29")
def test_tags_in_any_field_come_out_as_text(app: Flask, browser: Browser, make: Make) -> None:
    marked = f"{EVIL} [k](javascript:alert(3)) ![b](https://x.example/t.png)"
    fields: dict[str, Any] = dict.fromkeys(FIELDS, EVIL) | dict.fromkeys(MARKED, marked)
    made = event(make, guests_allowed=2, agenda=f"08.00 {EVIL} | {EVIL}", **fields)
    amira = guest(make)
    says(make, made, amira, guests=2, guest_names=EVIL, needs=EVIL)
    hr = browser.as_(make.staff(Role.HR))
    pages = [hr.get(f"events.{name}", public_id=made.public_id) for name in PAGES]
    pages.append(browser.another().get(link_of(make, made, amira)))
    with later(days=20):
        hr = browser.another().as_(make.staff(Role.HR))
        pages.append(hr.get("events.attendance", public_id=made.public_id))
        pages.append(hr.go(code_of(app, made, amira)))
    for page in pages:
        assert "<script>alert" not in page.html
        assert not page.all("img[onerror]")
        assert not page.all("a[href^=javascript]")


@covers("S18")
def test_the_code_of_another_event_leads_to_that_event_and_ticks_nobody_off_here(
    app: Flask, browser: Browser, make: Make
) -> None:
    here, there = event(make, title="Här"), event(make, title="Där")
    amira = guest(make)
    says(make, there, amira)
    host = make.staff(Role.HR)
    with later(days=20):
        code = code_of(app, there, amira)
        page = browser.as_(host).go(f"/events/{here.public_id}/door?q=http://localhost{code}")
        assert "Ingen med det namnet" in page
        assert "Där" in browser.go(code)


@covers("S52")
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_scanner_that_follows_every_link_of_the_letters_answers_nothing(
    app: Flask, browser: Browser, make: Make, method: str
) -> None:
    made, amira = event(make), guest(make)
    path = link_of(make, made, amira)
    for link in (path, f"{path}/calendar.ics", f"{path}?answer=yes&answer=no"):
        for _time in range(3):
            assert browser.open(link, method=method).status_code == 200
    page = browser.as_(make.staff(Role.HR)).get("events.attendance", public_id=made.public_id)
    assert "Ingen har anmält sig än" in page
