"""Who reads a sent letter: in the archive, and by the link in their own copy."""

import pytest
from flask import Flask

from alumni_portal.accounts.models import Account
from alumni_portal.audiences import services as audiences
from alumni_portal.audiences.models import Wanted
from alumni_portal.consents import services as consents
from alumni_portal.consents.rules import How, Purpose
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.newsletters import services
from alumni_portal.newsletters.models import Newsletter
from alumni_portal.people.models import Person
from tests.newsletters.making import NEWS, content, letter, reader, text_block
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make

pytestmark = pytest.mark.both_databases
HELLO = "Hej {{first_name}}!"


@pytest.fixture
def hr(browser: Browser, make: Make) -> Browser:
    return browser.as_(make.staff(Role.HR))


def to_the_english(app: Flask, make: Make, *, shown: bool = False) -> Newsletter:
    """Return a letter to those who read English, written in Swedish."""
    made = letter(app, content(text_block(HELLO)))
    with make.work():
        known = db.session.get_one(Newsletter, made.id)
        wanted = Wanted(language="en")
        english = audiences.save_segment(None, name="En", goal="", wanted=wanted, by=SYSTEM)
        known.segment_id = english.id
        services.show_to_all(known, yes=shown)
    return made


def english_reader(make: Make) -> Account:
    ellen = make.alumnus("Ellen Ray", private="ellen@post.example", agreed_to=NEWS)
    with make.work():
        db.session.get_one(Person, ellen.person_id).language = "en"
    return ellen


@pytest.mark.parametrize("shown", [False, True])
def test_a_letter_to_a_segment_is_its_own_unless_hr_shows_it_to_all(
    app: Flask, hr: Browser, make: Make, outbox: Outbox, *, shown: bool
) -> None:
    english_reader(make)
    anna = reader(make)
    made = to_the_english(app, make, shown=shown)
    hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 1 person")
    assert len(outbox.letters("ellen@post.example")) == 1
    assert "Hej" in hr.get("newsletters.read", public_id=made.public_id)
    others = hr.another().as_(anna)
    assert ("Luleå är klart" in others.get("newsletters.archive")) is shown
    assert ("Luleå är klart" in others.get("home.alumnus")) is shown
    others.get("newsletters.read", public_id=made.public_id, status=200 if shown else 404)


def test_who_got_it_finds_it_in_the_archive(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    ellen = english_reader(make)
    made = to_the_english(app, make)
    hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 1 person")
    own = hr.another().as_(ellen)
    assert "Luleå är klart" not in own.get("newsletters.archive")  # not before it has gone
    assert len(outbox.letters("ellen@post.example")) == 1
    assert "Luleå är klart" in own.get("newsletters.archive")
    assert "Hej Ellen!" in own.get("newsletters.read", public_id=made.public_id)


def test_the_link_in_the_copy_shows_it_without_signing_in_while_one_is_a_member(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    anna = reader(make)
    made = letter(app, content(text_block(HELLO)))
    hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 1 person")
    url = outbox.last("anna@post.example").find(r"Läs brevet på webben: (\S+)")
    stranger, path = hr.another(), url.removeprefix(hr.base_url)
    page = stranger.go(path)
    assert page.heading == "Luleå är klart"
    assert "Hej Anna!" in page
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.response.headers["X-Robots-Tag"]
    stranger.go(path[:-2], status=404)
    answering = path.rpartition("/")[2]
    stranger.go(f"/newsletters/from-letter/{answering}/events/x", status=404)
    with make.work():
        person = db.session.get_one(Person, anna.person_id)
        consents.withdraw(person, Purpose.MEMBERSHIP, how=How.CONSENT_CENTRE, by=SYSTEM)
    stranger.go(path, status=404)


def test_hr_chooses_in_the_composer_who_reads_it(app: Flask, hr: Browser, make: Make) -> None:
    made = to_the_english(app, make)
    page = hr.get("newsletters.edit", public_id=made.public_id)
    page.submit("Spara", shown_to_all="y")
    with app.app_context():
        assert db.session.get_one(Newsletter, made.id).shown_to_all
