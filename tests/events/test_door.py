"""At the door: a code that the host's phone reads, the list, and those who came without a reply."""

from urllib.parse import urlsplit

import pytest
from flask import Flask

from alumni_portal.accounts.models import Account
from alumni_portal.core import access_log
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.events import emails, queries
from alumni_portal.events.models import Event, EventKind, Reply
from tests.events.making import event, guest, guests, later, link_of, says
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make


@pytest.fixture
def host(make: Make) -> Account:
    return make.staff(Role.RECRUITER, name="Ylva Norén")


def code_of(app: Flask, made: Event, who: Account) -> str:
    with app.app_context():
        found = queries.invitation(made.id, who.person_id or 0)
        assert found is not None
        return urlsplit(str(emails.pass_link(found))).path


def is_here(app: Flask, made: Event, who: Account) -> bool:
    with app.app_context():
        return db.session.get_one(Reply, (made.id, who.person_id)).checked_in_at is not None


@covers("S17")
def test_a_host_opens_the_code_sees_who_it_is_and_ticks_off(
    app: Flask, browser: Browser, make: Make, host: Account
) -> None:
    made, amira = event(make, host_id=host.person_id), guest(make)
    says(make, made, amira)
    path = code_of(app, made, amira)
    with later(days=20):
        phone = browser.as_(host)
        phone.go(path)
        page = phone.go(path)
        assert page.heading == "Amira Haddad"
        assert not is_here(app, made, amira), "looking changes nothing"
        page = page.submit("Pricka av")
        assert page.flashes == ["Amira Haddad är avprickad."]
        assert "Redan avprickad" in phone.go(path)
    assert is_here(app, made, amira)
    with app.app_context():
        assert access_log.times_seen(amira.person_id or 0) > 0


@covers("S18")
def test_a_code_means_something_to_the_hosts_only(
    app: Flask, browser: Browser, make: Make, host: Account
) -> None:
    made, amira = event(make, host_id=host.person_id), guest(make)
    says(make, made, amira)
    path = code_of(app, made, amira)
    for other in (amira, make.staff(Role.RECRUITER, name="Bo Ek")):
        assert browser.another().as_(other).open(path).status_code == 404
    assert browser.another().open(path).status_code == 303
    assert browser.another().as_(host).open(f"{path}x").status_code == 404
    reply = urlsplit(link_of(make, made, amira)).path.rpartition("/")[2]
    assert browser.another().as_(host).open(f"/events/door/{reply}").status_code == 404


def test_before_the_day_and_without_a_seat_nobody_is_ticked_off(
    app: Flask, browser: Browser, make: Make, host: Account
) -> None:
    made, amira = event(make, host_id=host.person_id), guest(make)
    says(make, made, amira)
    path = code_of(app, made, amira)
    page = browser.as_(host).go(path)
    assert "Inte i dag" in page
    assert "Pricka av" not in page.buttons()
    says(make, made, amira, comes=False)
    with later(days=20):
        page = browser.another().as_(host).go(path)
        assert "Har ingen plats" in page
        assert "Pricka av" not in page.buttons()


@pytest.mark.parametrize(
    ("kind", "is_shown"), [(EventKind.MEETING, True), (EventKind.DIGITAL, False)]
)
def test_who_comes_to_a_door_has_the_code_on_the_page_and_in_the_letter(
    browser: Browser, make: Make, outbox: Outbox, *, kind: EventKind, is_shown: bool
) -> None:
    made, amira = event(make, kind=kind, online_url="https://moten.example/1"), guest(make)
    path = link_of(make, made, amira)
    assert not browser.go(path).all(".qr svg")
    says(make, made, amira)
    assert bool(browser.go(path).all(".qr svg")) is is_shown
    pictures = [
        one for one in outbox.last().message.iter_attachments() if one.get_filename() == "kod.png"
    ]
    assert bool(pictures) is is_shown


def test_who_came_without_a_reply_is_a_number(
    app: Flask, browser: Browser, make: Make, host: Account
) -> None:
    made = event(make, host_id=host.person_id)
    with later(days=20):
        page = browser.as_(host).get("events.attendance", public_id=made.public_id)
        page = page.submit("Spara antalet", number="många")
        assert page.errors
        assert page.value("number") == "många"
        page = page.submit("Spara antalet", number="3")
        assert page.flashes == ["Antalet är sparat."]
    with app.app_context():
        assert db.session.get_one(Event, made.id).walk_ins == 3


def test_somebody_in_line_is_let_in_and_keeps_nobody_elses_seat(
    app: Flask, browser: Browser, make: Make, host: Account
) -> None:
    made, (amira, johan) = event(make, capacity=1, host_id=host.person_id), guests(make, 2)
    says(make, made, amira)
    says(make, made, johan)
    with later(days=20):
        page = browser.as_(host).get("events.attendance", public_id=made.public_id)
        ref = str(page.all("ol input[name=here]")[0]["value"])
        page.submit("Släpp in de markerade", here=[ref])
    assert is_here(app, made, johan)
    with app.app_context():
        assert db.session.get_one(Event, made.id).seats_taken == 1


def test_hr_sees_which_share_stayed_away(app: Flask, browser: Browser, make: Make) -> None:
    made, people, hr = event(make), guests(make, 4), make.staff(Role.HR)
    for who in people:
        says(make, made, who)
    with later(days=20, hours=1):
        page = browser.as_(hr).get("events.attendance", public_id=made.public_id)
        refs = [str(one["value"]) for one in page.all("input[name=here]")][:3]
        page.submit("Spara avprickningen", here=refs)
    with later(days=21):
        (row,) = browser.another().as_(hr).get("events.manage").table("Träffar som varit")
        assert row["Uteblev"] == "25 %"
