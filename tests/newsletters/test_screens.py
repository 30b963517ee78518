"""Newsletters and segments on every screen, with scripts and without."""

from datetime import time
from urllib.parse import urlsplit

import pytest
from flask import Flask

from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.mail.models import Mailing
from alumni_portal.newsletters import services
from alumni_portal.newsletters.models import Newsletter
from alumni_portal.newsletters.queries import Kind
from alumni_portal.newsletters.services import Block
from alumni_portal.newsletters.services.from_letters import web_linker
from alumni_portal.people.models import Person
from tests.newsletters.making import content, letter, now, reader, text_block
from tests.support.browser import Browser
from tests.support.chromium import DESK, PHONE_WITHOUT_SCRIPTS, Live
from tests.support.letters import run_jobs
from tests.support.make import Make


@pytest.mark.chromium
def test_hr_gets_around(live: Live, make: Make, browser: Browser, app: Flask) -> None:
    reader(make)
    hr = make.staff(Role.HR)
    blocks = [text_block(), *(Block(id=f"tom{kind}", kind=kind) for kind in Kind)]
    draft = letter(app, content(*blocks, english=True))
    sent = letter(app, title="Novemberbrevet")
    browser.as_(hr).get("newsletters.send", public_id=sent.public_id).submit("Skicka till 1 person")
    run_jobs(app)
    live.sign_in(hr)
    pages = ("edit", "send", "plan", "discard", "text/sv", "test")
    own = [f"/newsletters/{draft.public_id}/{page}" for page in pages]
    gone = [
        f"/newsletters/{sent.public_id}{page}"
        for page in ("", "/progress", "/deliveries", "/again", "/reminder", "/cancel")
    ]
    shared = (
        "/newsletters/manage",
        "/newsletters/testers",
        "/newsletters/new",
        "/newsletters",
        "/audiences",
    )
    for path in (*shared, "/audiences/new", *own, *gone):
        live.look(path)


@pytest.mark.chromium
def test_the_letter_on_the_web_and_a_mailing_that_rests(live: Live, make: Make, app: Flask) -> None:
    anna, sent = reader(make), letter(app, title="Novemberbrevet")
    with make.work():
        known = db.session.get_one(Newsletter, sent.id)
        services.send(known, expected=None, by=SYSTEM)
        mailing = db.session.get_one(Mailing, known.mailing_id)
        mailing.quiet_from, mailing.quiet_until = time(0), time(23, 59, 59)
        person = db.session.get_one(Person, anna.person_id)
        url = web_linker()(person.public_id, known.public_id)
    live.look(urlsplit(url).path)
    live.sign_in(make.staff(Role.HR))
    live.look(f"/newsletters/{sent.public_id}/progress")


@pytest.mark.chromium
@pytest.mark.parametrize("screen", [DESK], ids=str)
def test_what_is_typed_is_kept_and_shown_while_it_is_typed(
    live: Live, make: Make, app: Flask
) -> None:
    made = letter(app)
    live.sign_in(make.staff(Role.HR))
    tab = live.open(f"/newsletters/{made.public_id}/edit")
    frame = tab.frame_locator("#preview")
    tab.get_by_label("Text på svenska").fill("Nu har **bron** öppnat.")
    frame.get_by_text("Nu har bron öppnat.").wait_for()
    assert now(app, made).content.blocks[0].says("sv").text == "Nu har **bron** öppnat."
    tab.get_by_role("status").get_by_text("Sparat", exact=True).wait_for()
    tab.get_by_label("Ämnesrad på svenska").fill("Bron är här")
    tab.locator(".mailhead").get_by_text("Bron är här").wait_for()
    tab.get_by_label("Svar går till").fill("ingen adress")
    tab.get_by_text("Inte sparat än. Tryck på Spara.").wait_for()
    tab.get_by_label("Svar går till").fill("")
    tab.get_by_role("button", name="Lägg till block").click()
    tab.get_by_text("2. Rubrik och ingress").wait_for()
    assert tab.get_by_label("Text på svenska").first.input_value() == "Nu har **bron** öppnat."
    assert not live.complaints


@pytest.mark.chromium
@pytest.mark.parametrize("screen", [DESK], ids=str)
def test_who_is_signed_out_by_now_is_not_told_that_it_is_saved(
    live: Live, make: Make, app: Flask
) -> None:
    made = letter(app)
    live.sign_in(make.staff(Role.HR))
    tab = live.open(f"/newsletters/{made.public_id}/edit")
    live.context.clear_cookies()
    tab.get_by_label("Ämnesrad på svenska").fill("Bron är här")
    tab.locator("#saved:not(:empty)").wait_for()
    assert tab.locator("#saved").inner_text() == "Inte sparat än. Tryck på Spara."


@pytest.mark.chromium
@pytest.mark.parametrize("screen", [PHONE_WITHOUT_SCRIPTS], ids=str)
def test_a_letter_is_written_and_sent_without_scripts(live: Live, make: Make, app: Flask) -> None:
    reader(make)
    made = letter(app)
    live.sign_in(make.staff(Role.HR))
    tab = live.open(f"/newsletters/{made.public_id}/edit")
    tab.get_by_label("Ämnesrad på svenska").fill("Bron har öppnat")
    tab.get_by_role("button", name="Spara").click()
    tab.get_by_text("Utkastet är sparat.").wait_for()
    tab.get_by_role("button", name="Gå vidare och skicka").click()
    tab.get_by_role("button", name="Skicka till 1 person").click()
    tab.get_by_role("heading", name="Decemberbrevet").wait_for()
    assert now(app, made).content.head("sv").subject == "Bron har öppnat"
    assert now(app, made).mailing_id
