"""Inviting by mail: who gets it, once each, in their language, and later those who came since."""

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from alumni_portal.accounts.models import Account
from alumni_portal.audiences.models import Segment, Wanted
from alumni_portal.audiences.services import save_segment
from alumni_portal.consents.models import Purpose
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.core.pictures import drawn_anew
from alumni_portal.core.settings import Settings
from alumni_portal.events import queries, services
from alumni_portal.events.models import Event, EventInvitation
from alumni_portal.events.queries import Left
from alumni_portal.mail.models import MailingEdition
from alumni_portal.people.models import EmailAddress, Person
from tests.events.making import TITLE, address, event, guest, guests, says
from tests.events.test_replies import withdraw
from tests.support.app import made_app
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox, run_jobs
from tests.support.make import Make

LINK = re.compile(r"http://localhost(/events/reply/[\w.-]+)")


def invite(make: Make, made: Event) -> int:
    with make.work():
        return services.invite(made.id, by=SYSTEM)[1]


@pytest.mark.both_databases
def test_each_is_invited_once_with_a_link_that_answers_and_a_way_out(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    made, people = event(make), guests(make, 2)
    assert invite(make, made) == 2
    with pytest.raises(Refusal):
        invite(make, made)
    assert [one.subject for one in outbox.letters()] == [f"Inbjudan: {TITLE}"] * 2
    for place, who in enumerate(people, 1):
        letter = outbox.last(address(place))
        assert "Hej Gäst!" in letter.text
        assert "Vi äter" in letter.text
        assert letter.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        link, calendar = LINK.findall(letter.text)
        assert calendar == link
        assert f"{calendar}/calendar.ics" in letter.text
        door = queries.door(link.rpartition("/")[2])
        assert door is not None
        assert door.person.id == who.person_id


@pytest.mark.both_databases
def test_who_is_left_out_is_counted_by_reason(inside: Flask, make: Make) -> None:
    made, (first, second, third) = event(make), guests(make, 3)
    make.alumnus("Bo Ek", agreed_to=(Purpose.MEMBERSHIP,))
    says(make, made, first)
    with make.work():
        own = select(EmailAddress).where(EmailAddress.person_id == second.person_id)
        for one in db.session.scalars(own):
            one.verified_at = None
    found = queries.uninvited(made.id)
    assert [one.person_id for one in found.people] == [third.person_id]
    some = {why: number for why, number in found.left_out.items() if number}
    assert some == {Left.NO_CONSENT: 1, Left.NO_ADDRESS: 1, Left.ALREADY: 1}


@pytest.mark.both_databases
def test_members_who_came_since_are_invited_later_and_nobody_twice(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    made, _first = event(make), guests(make, 2)
    invite(make, made)
    late = guest(make, "Bo Ek", private="bo@post.example")
    assert invite(make, made) == 1
    assert len(outbox.letters("bo@")) == 1
    assert len(outbox) == 3
    rounds = dict.fromkeys(db.session.scalars(select(EventInvitation.round)))
    assert list(rounds) == [1, 2]
    assert late.person_id is not None


@pytest.mark.both_databases
@covers("S24")
def test_who_withdraws_between_the_button_and_the_mail_gets_none(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    made, (first, _second) = event(make), guests(make, 2)
    invite(make, made)
    withdraw(make, first.person_id)
    assert [one.to for one in outbox.letters()] == [address(2)]


def test_each_reads_it_in_their_language_and_nothing_written_is_a_slot(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    made = event(make, title_en="Breakfast {{first_name}}", text_en="Come! {{unsubscribe}}")
    who = guest(make, private=address(1))
    with make.work():
        db.session.get_one(Person, who.person_id).language = "en"
    invite(make, made)
    letter = outbox.last(address(1))
    assert letter.subject == "Invitation: Breakfast { {first_name} }"
    assert "{ {unsubscribe} }" in letter.text


@pytest.mark.parametrize("base_url", ["https://localhost", "http://localhost"])
def test_the_picture_stands_in_the_mail_with_its_words_where_it_can_be_fetched_safely(
    inside: Flask, make: Make, settings: Settings, base_url: str
) -> None:
    made, _people = event(make, title_en="Breakfast"), guests(make, 1)
    with make.work():
        one = drawn_anew(drawn(), field="picture")
        services.set_picture(made, one, alt="Hamnen [klar] {{x}}", alt_en="The harbour")
    with made_app(replace(settings, base_url=base_url)) as app, app.app_context():
        invite(make, made)
        kept = select(MailingEdition).order_by(MailingEdition.language.desc())
        swedish, english = db.session.scalars(kept)
    is_safe = base_url.startswith("https")
    assert ("<img" in swedish.html) is is_safe
    assert "![" not in swedish.text
    assert "Hamnen" not in swedish.text
    assert swedish.text.startswith("Hej")
    if is_safe:
        shown = queries.picture_of(made)
        assert shown is not None
        assert f'src="{base_url}/events/pictures/{shown.public_id}"' in swedish.html
        assert 'alt="Hamnen [klar] { {x} }"' in swedish.html
        assert 'alt="The harbour"' in english.html


def drawn() -> bytes:
    data = BytesIO()
    Image.new("RGB", (40, 20), "#336699").save(data, "JPEG")
    return data.getvalue()


@pytest.fixture
def hr(make: Make) -> Account:
    return make.staff(Role.HR, name="Maria Stenberg")


@pytest.mark.usefixtures("by_day")
def test_hr_sees_both_letters_and_the_numbers_before_anything_is_sent(
    browser: Browser, make: Make, outbox: Outbox, hr: Account, work: Callable[[], int]
) -> None:
    made = event(make, title_en="Breakfast in Malmö")
    guests(make, 2)
    page = browser.as_(hr).get("events.invite", public_id=made.public_id)
    assert f"Inbjudan: {TITLE}" in page
    assert "Invitation: Breakfast in Malmö" in page
    assert len(outbox) == 0
    page = page.submit("Skicka 2 inbjudningar")
    assert page.flashes == ["2 inbjudningar är på väg."]
    work()
    assert len(outbox) == 2
    page = browser.get("events.invite", public_id=made.public_id)
    assert "Just nu finns det ingen mer att bjuda in" in page


@pytest.mark.usefixtures("by_day")
def test_a_saved_segment_narrows_whom_it_goes_to(
    browser: Browser, make: Make, outbox: Outbox, hr: Account
) -> None:
    made, saved = event(make), elkraft(make)
    page = browser.as_(hr).get("events.invite", public_id=made.public_id)
    page = page.submit("Visa", segment=saved.public_id)
    assert "Hör inte till urvalet 2" in page
    page = page.submit("Skicka 1 inbjudan")
    assert [one.to for one in outbox.letters()] == ["bo@post.example"]
    gone = f"/events/{made.public_id}/invitation?segment=gone"
    assert browser.open(gone).status_code == 404, "a segment that is gone is not everybody"


def elkraft(make: Make) -> Segment:
    """Make a segment that one guest belongs to, and two more guests."""
    unit = make.unit("Elkraft")
    guest(make, "Bo Ek", private="bo@post.example", unit=unit)
    guests(make, 2)
    with make.work():
        wanted = Wanted(units=(unit.public_id,))
        return save_segment(None, name="Elkraft", goal="Frukost", wanted=wanted, by=SYSTEM)


@pytest.mark.usefixtures("by_day")
def test_another_choice_than_the_one_whose_number_is_shown_invites_nobody(
    browser: Browser, make: Make, outbox: Outbox, hr: Account
) -> None:
    made, saved = event(make), elkraft(make)
    page = browser.as_(hr).get("events.invite", public_id=made.public_id)
    assert "Går till: Alla som har sagt ja till inbjudningar" in page
    page = page.submit("Skicka 3 inbjudningar", segment=saved.public_id)
    (said,) = page.errors
    assert "Nu är det 1 som får inbjudan" in said
    assert "Går till: Elkraft" in page
    assert outbox.letters() == []
    page.submit("Skicka 1 inbjudan")
    assert [one.to for one in outbox.letters()] == ["bo@post.example"]


@pytest.mark.usefixtures("by_day")
@pytest.mark.parametrize("number", ["", "5"])
def test_another_number_than_was_shown_invites_nobody(
    browser: Browser, make: Make, outbox: Outbox, hr: Account, number: str
) -> None:
    made, _people = event(make), guests(make, 2)
    page = browser.as_(hr).get("events.invite", public_id=made.public_id)
    page = page.submit("Skicka 2 inbjudningar", number=number)
    assert "Nu är det 2 som får inbjudan" in page.errors[0]
    assert outbox.letters() == []
    page.submit("Skicka 2 inbjudningar")
    assert len(outbox.letters()) == 2


@pytest.mark.usefixtures("by_day")
def test_a_draft_invites_nobody(browser: Browser, make: Make, hr: Account) -> None:
    made = event(make, is_open=False)
    guests(make, 1)
    page = browser.as_(hr).get("events.invite", public_id=made.public_id)
    assert "Träffen ska vara öppen och inte ha börjat när du bjuder in." in page
    assert "Skicka 1 inbjudan" not in page.buttons()
    with make.work(), pytest.raises(Refusal, match="öppen"):
        services.invite(made.id, by=SYSTEM)
    run_jobs(browser.app)


def test_the_invitation_says_the_agenda_and_who_receives_the_guests(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    host = make.staff(Role.HR, name="Maria Stenberg")
    agenda: dict[str, Any] = {"agenda": "08.00 Kaffe\n08.30 Prat", "agenda_en": "08:00 Coffee"}
    made, _people = event(make, host_id=host.person_id, **agenda), guests(make, 1)
    with make.work():
        services.invite(made.id, by=SYSTEM)
    text = outbox.last().text
    assert "Program:" in text
    assert "- 08.30 Prat" in text
    assert "Värd: Maria Stenberg." in text
    english = services.editions(made)[1].text
    assert "Agenda:" in english
    assert "- 08:00 Coffee" in english
