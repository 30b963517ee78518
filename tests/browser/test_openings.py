"""Openings and tips in Chromium: usable on every screen, by strangers, alumni and recruiters."""

from playwright.sync_api import expect

from alumni_portal.core.permissions import Role
from alumni_portal.openings.models import OpeningState
from tests.openings.making import opening
from tests.referrals.making import confirmed, path, tip
from tests.support.chromium import Live
from tests.support.letters import Outbox
from tests.support.make import Make


def test_a_stranger_reads_what_is_open_and_what_has_closed(live: Live, make: Make) -> None:
    made, closed = opening(make, names_recruiter=True), opening(make, state=OpeningState.CLOSED)
    live.look("/openings")
    tab = live.open(f"/openings/{made.public_id}")
    live.check(tab)
    live.look(f"/openings/{closed.public_id}")


def test_an_alumnus_tips_and_the_tipped_person_says_yes(
    live: Live, make: Make, outbox: Outbox
) -> None:
    made = opening(make)
    live.sign_in(make.alumnus())
    tab = live.open(f"/openings/{made.public_id}")
    tab.get_by_role("link", name="Tipsa någon").click()
    live.check(tab)
    tab.get_by_label("Vem tänker du på?").fill("Erik Sandell")
    tab.get_by_label("Personens e-postadress").fill("erik@hemma.example")
    tab.get_by_role("button", name="Skicka tipset").click()
    expect(tab.locator(".summary")).to_contain_text("Fråga personen först.")
    live.check(tab)
    tab.get_by_label("Jag har frågat").check()
    tab.get_by_role("button", name="Skicka tipset").click()
    expect(tab.locator("h1")).to_have_text("Dina tips")
    live.check(tab)
    tab = live.open(path(outbox))
    live.check(tab)
    tab.get_by_role("button", name="Ja, ni får höra av er").click()
    expect(tab.locator("h1")).to_have_text("Tack, vi hör av oss")
    live.check(tab)


def test_a_recruiter_writes_checks_and_sees_tips(live: Live, make: Make) -> None:
    account, made = make.alumnus(), opening(make)
    confirmed(make, account, made)
    tip(make, account, address="tyst@hemma.example")
    draft = opening(make, state=OpeningState.DRAFT, pay_from=None, pay_to=None)
    live.sign_in(make.staff(Role.RECRUITER, name="Sofia Lindqvist"))
    for place in ("/openings/manage", "/referrals", f"/openings/{made.public_id}"):
        live.look(place)
    live.look(f"/openings/{draft.public_id}/publish")
    live.look(f"/openings/{made.public_id}/close")
    tab = live.open(f"/openings/{draft.public_id}/edit")
    tab.get_by_role("button", name="Spara och granska").click()
    expect(tab.locator(".summary")).to_contain_text("Lägsta lön")
    live.check(tab)
    tab.get_by_label("Lägsta lön").fill("42 000")
    tab.get_by_label("Högsta lön").fill("55 000")
    tab.get_by_role("button", name="Spara och granska").click()
    tab.get_by_role("button", name="Publicera").click()
    expect(tab.locator(".flashes")).to_contain_text("Alla kan läsa den nu.")
    live.check(tab)
