"""Answering on a phone from the mail, with and without scripts, and every page on every screen."""

import re

import pytest
from playwright.sync_api import expect

from alumni_portal.core.permissions import Role
from alumni_portal.events.models import EventKind
from tests.events.making import event, guest, guests, link_of, says, starts
from tests.events.test_door import code_of
from tests.events.test_series import series as dates
from tests.support.chromium import PHONE, PHONE_WITHOUT_SCRIPTS, Live, Screen
from tests.support.make import Make

pytestmark = pytest.mark.chromium
NARROW = [Screen(320), Screen(320, "dark")]


@pytest.mark.parametrize("screen", [PHONE, PHONE_WITHOUT_SCRIPTS], ids=str)
def test_a_reply_on_a_phone_from_the_mail(live: Live, make: Make) -> None:
    made, amira = event(make, capacity=40, guests_allowed=1), guest(make)
    tab = live.open(link_of(make, made, amira))
    live.check(tab)
    tab.get_by_text("Ja, jag kommer").click()
    tab.get_by_label("Tar du med någon?").select_option("1")
    tab.get_by_role("button", name="Spara mitt svar").click()
    expect(tab.get_by_text("Du är anmäld. Vi har mejlat en bekräftelse.")).to_be_visible()
    expect(tab.get_by_text("38 platser kvar").first).to_be_visible()
    live.check(tab)


def test_the_last_seat_goes_while_somebody_fills_the_form_in(live: Live, make: Make) -> None:
    made, (amira, johan) = event(make, capacity=1), guests(make, 2)
    tab = live.open(link_of(make, made, amira))
    tab.get_by_text("Ja, jag kommer").click()
    tab.get_by_label(re.compile("Mat och tillgänglighet")).fill("Äter inte nötter")
    says(make, made, johan)
    tab.get_by_role("button", name="Spara mitt svar").click()
    expect(tab.get_by_text("Träffen blev full innan ditt svar kom fram").first).to_be_visible()
    expect(tab.get_by_label(re.compile("Mat och"))).to_have_value("Äter inte nötter")
    live.check(tab)
    tab.get_by_role("button", name="Spara mitt svar").click()
    expect(tab.get_by_text("Nummer 1", exact=True)).to_be_visible()
    live.check(tab)


def visit(live: Live, make: Make) -> None:
    made = event(make, capacity=2, directions="Buss 3.", online_url="https://moten.example/1")
    event(make, title="Fråga vd", starts_at=starts(30), is_open=False)
    amira, johan, linnea = guests(make, 3)
    for who in (amira, johan, linnea):
        says(make, made, who, needs="Vegetariskt")
    (series, date) = dates(make, 27, kind=EventKind.HYBRID, online_url="https://moten.example/2")
    says(make, series, amira)
    for who in (linnea, amira):
        live.context.clear_cookies()
        live.sign_in(who)
        own = ("/events/calendar", f"/events/{series.public_id}")
        for path in ("/events", f"/events/{made.public_id}", "/home", *own):
            live.look(path)
    live.context.clear_cookies()
    live.sign_in(make.staff(Role.HR))
    base = f"/events/{made.public_id}"
    pages = ("attendance", "edit", "invitation", "cancellation", "dates", "door")
    for path in ("/events/manage", "/events/new", "/start", *(f"{base}/{one}" for one in pages)):
        live.look(path)
    live.look(code_of(live.app, made, amira))
    live.look(f"/events/{date.public_id}/announcement")
    tab = live.open("/events/new")
    tab.get_by_role("button", name="Spara").click()
    live.check(tab)


def test_members_and_hr_get_around(live: Live, make: Make) -> None:
    visit(live, make)
