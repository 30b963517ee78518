"""HR with a phone in the hand: a newsletter is written and sent, a meeting planned and asked to.

With and without scripts; nothing is wider than the screen, and axe finds nothing on the way.
"""

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from alumni_portal.consents.models import Purpose
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.mail.models import Mailing
from tests.support.chromium import PHONE, PHONE_WITHOUT_SCRIPTS, Live
from tests.support.letters import Outbox
from tests.support.make import Make

pytestmark = [
    pytest.mark.chromium,
    pytest.mark.parametrize("screen", [PHONE, PHONE_WITHOUT_SCRIPTS], ids=str),
]
HOME = "amira@post.example"
AGREED = (Purpose.MEMBERSHIP, Purpose.NEWSLETTER, Purpose.EVENTS)


def press(tab: Page, name: str) -> None:
    tab.get_by_role("button", name=name).first.click()


def writes_and_sends_a_newsletter(live: Live) -> None:
    tab = live.open("/newsletters/new")
    tab.get_by_label("Vad ska brevet heta?").fill("Vinterbrevet")
    press(tab, "Börja skriva")
    tab.get_by_label("Ämnesrad på svenska").fill("Bron har öppnat")
    press(tab, "Lägg till block")
    tab.get_by_label("Rubrik på svenska").fill("Bron")
    tab.get_by_label("Text på svenska").fill("Nu har **bron** öppnat.")
    press(tab, "Spara")
    expect(tab.get_by_text("Utkastet är sparat.")).to_be_visible()
    live.check(tab)
    press(tab, "Gå vidare och skicka")
    live.check(tab)
    press(tab, "Skicka till 1 person")
    expect(tab.get_by_role("heading", name="Vinterbrevet")).to_be_visible()


def plans_an_event_and_invites(live: Live) -> None:
    tab = live.open("/events/new")
    tab.get_by_label("Rubrik").first.fill("Fika på verkstaden")
    tab.get_by_label("Dag", exact=True).fill((clock.today() + timedelta(days=20)).isoformat())
    tab.get_by_label("Börjar").fill("15:00")
    tab.get_by_label("Sluttid").fill("17:00")
    tab.locator("input[name=place]").fill("Verkstaden, Malmö")
    tab.get_by_label("Om träffen").first.fill("Kom och se den nya hallen.")
    live.check(tab)
    press(tab, "Spara")
    press(tab, "Öppna för svar")
    tab.get_by_role("link", name="Bjud in").first.click()
    live.check(tab)
    press(tab, "Skicka 1 inbjudan")
    expect(tab.get_by_text("1 inbjudan är på väg.")).to_be_visible()


@pytest.mark.usefixtures("by_day")
def test_hr_sends_a_newsletter_and_invites_from_a_phone(
    live: Live, make: Make, app: Flask, outbox: Outbox
) -> None:
    make.alumnus("Amira Haddad", private=HOME, agreed_to=AGREED)
    live.sign_in(make.staff(Role.HR))
    writes_and_sends_a_newsletter(live)
    plans_an_event_and_invites(live)
    with app.app_context():
        kinds = list(db.session.scalars(select(Mailing.kind).order_by(Mailing.id)))
    assert kinds == ["newsletters/issue", "events/invitation"]
    subjects = outbox.subjects(HOME)
    assert "Bron har öppnat" in subjects
    assert any("Fika på verkstaden" in one for one in subjects)
