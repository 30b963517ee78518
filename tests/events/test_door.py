"""At the door: a code that the host's phone reads, the list, and those who came without a reply."""

from urllib.parse import urlsplit

import pytest
from flask import Flask

from alumni_portal.accounts.models import Account
from alumni_portal.consents.models import Purpose
from alumni_portal.core import access_log
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.events import emails, queries
from alumni_portal.events.models import Answer, Event, EventKind, Reply
from tests.events.making import address, event, guest, guests, later, link_of, noon, says
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox, run_jobs
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
        page = other = phone.go(path)
        assert page.heading == "Amira Haddad"
        assert not is_here(app, made, amira), "looking changes nothing"
        page = page.submit("Pricka av")
        assert page.flashes == ["Amira Haddad är avprickad."]
        assert "Redan avprickad" in phone.go(path)
        page = other.submit("Pricka av")
        assert page.flashes == ["Amira Haddad var redan avprickad."]
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
        page = page.submit("Släpp in ändå")
        assert page.flashes == ["Amira Haddad är avprickad."]
        assert "Redan avprickad" in browser.another().as_(host).go(path)
    with app.app_context():
        reply = db.session.get_one(Reply, (made.id, amira.person_id))
        assert reply.answer is Answer.WALKED_IN
        assert db.session.get_one(Event, made.id).seats_taken == 0


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


def test_a_member_without_a_reply_is_found_by_name_let_in_and_thanked(
    app: Flask, browser: Browser, make: Make, host: Account, outbox: Outbox
) -> None:
    made, amira = event(make, capacity=1, host_id=host.person_id), guest(make)
    johan = guest(make, "Johan Öberg", private=address(1))
    says(make, made, amira)
    with later(days=20, hours=1):
        phone = browser.as_(host)
        page = phone.get("events.let_in", public_id=made.public_id).submit("Sök", q="öb")
        assert "Johan Öberg" in page
        assert "Amira Haddad" not in page
        page = page.submit("Släpp in Johan Öberg")
        assert page.flashes == ["Johan Öberg är avprickad."]
        page = phone.get("events.attendance", public_id=made.public_id)
        refs = [str(one["value"]) for one in page.all("input[name=here]")]
        page.submit("Spara avprickningen", here=refs[:1])
    with noon(21):
        run_jobs(app)
        with app.app_context():
            line = queries.counts_of(db.session.get_one(Event, made.id))
            assert (line.coming, line.checked_in, line.walked_in, line.no_show) == (1, 1, 1, 0)
        assert outbox.last(address(1)).subject.startswith("Tack för att du var med")
    with app.app_context():
        assert access_log.times_seen(johan.person_id or 0) > 0


@covers("S17")
def test_names_are_looked_up_at_the_door_by_hosts_on_the_day_only(
    app: Flask, browser: Browser, make: Make, host: Account
) -> None:
    made, _amira = event(make, host_id=host.person_id), guest(make)
    make.alumnus("Amanda Ek", agreed_to=(Purpose.MEMBERSHIP,))
    names = f"/events/{made.public_id}/door/names?q=am"
    other = make.staff(Role.RECRUITER, name="Bo Ek")
    found = browser.as_(host).open(names).get_json()
    assert found == {"suggestions": []}, "not before the day"
    with later(days=20):
        phone, stranger = browser.another().as_(host), browser.another().as_(other)
        assert phone.open(names).get_json() == {"suggestions": ["Amira Haddad"]}
        assert phone.open(names.replace("q=am", "q=a")).get_json() == {"suggestions": []}
        for path in (names, f"/events/{made.public_id}/door?q=am"):
            assert stranger.open(path).status_code == 404


def test_a_code_can_be_read_into_the_search_and_a_mistake_is_taken_back(
    app: Flask, browser: Browser, make: Make, host: Account
) -> None:
    made, (amira, johan) = event(make, host_id=host.person_id), guests(make, 2)
    says(make, made, amira)
    path = code_of(app, made, amira)
    with later(days=20):
        phone = browser.as_(host)
        page = phone.get("events.let_in", public_id=made.public_id)
        assert page.submit("Sök", q=f"http://localhost{path}").heading == "Gäst Nummer1"
        page.submit("Sök", q="nummer2").submit("Släpp in Gäst Nummer2")
        page = phone.get("events.attendance", public_id=made.public_id)
        page.submit("Spara ändringen", here=[])
    with app.app_context():
        assert queries.reply(made.id, johan.person_id or 0) is None


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
