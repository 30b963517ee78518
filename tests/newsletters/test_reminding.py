"""A letter once more to those who have not answered, as far as their answers can be known."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from alumni_portal.accounts.models import Account
from alumni_portal.consents.rules import Purpose
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.core.transaction import unit
from alumni_portal.newsletters import services
from alumni_portal.newsletters.models import Newsletter
from alumni_portal.newsletters.queries import Kind
from alumni_portal.newsletters.rules import is_time_to_remind, silent_among
from alumni_portal.newsletters.services import Block
from tests.events.making import event, says
from tests.newsletters.making import content, letter, reader, text_block, withdraw
from tests.newsletters.test_from_letters import allow, path_to
from tests.openings.making import opening
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make

MORNING = datetime(2026, 3, 18, 8, 0, tzinfo=UTC)
LATER = MORNING + timedelta(days=4)
ALL = (Purpose.MEMBERSHIP, Purpose.NEWSLETTER, Purpose.EVENTS)


def member(make: Make, name: str) -> Account:
    first = name.partition(" ")[0].lower()
    return make.alumnus(name, private=f"{first}@post.example", agreed_to=ALL)


def known(made: Newsletter) -> Newsletter:
    """Return a newsletter as the work under way has it."""
    return db.session.get_one(Newsletter, made.id)


def sent(app: Flask, *blocks: Block) -> Newsletter:
    made = letter(app, content(text_block(), *blocks))
    with app.app_context(), unit():
        known(made).spares_second = False
        services.send(known(made), expected=None, by=SYSTEM)
    return made


@pytest.mark.both_databases
@covers("S24")
def test_only_who_got_it_and_could_answer_and_did_not_is_reminded_and_once(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    with time_machine.travel(MORNING):
        meeting = event(make)
        _silent, answers, leaves = (member(make, one) for one in ("Anna Ek", "Bo Al", "Cia Lo"))
        reader(make, "Dag Nej", "dag@post.example")  # wants no invitations: cannot answer
        made = sent(app, Block(id="lista", kind=Kind.EVENTS, refs=(meeting.public_id,)))
        outbox.clear()
        says(make, meeting, answers)
    with time_machine.travel(LATER):
        withdraw(app, leaves)
        hr = browser.as_(make.staff(Role.HR))
        page = hr.get("newsletters.progress", public_id=made.public_id)
        page = page.follow("Påminn dem som inte har svarat")
        assert "Fick brevet 4 Har svarat eller gått vidare 1" in page
        page = page.submit("Påminn 1 person")
        assert page.heading == "Påminnelse: Decemberbrevet"
        got = [one for one in outbox.letters("@post.example") if one.subject.startswith("Påm")]
        told = [(one.to, one.subject) for one in got]
        assert told == [("anna@post.example", "Påminnelse: Luleå är klart")]
        page = hr.get("newsletters.remind", public_id=made.public_id)
        assert "Den går högst en gång per brev." in page
        assert "Se påminnelsen" in hr.get("newsletters.progress", public_id=made.public_id)


@pytest.mark.both_databases
def test_a_visit_is_an_answer_and_who_lets_us_count_nothing_is_left_in_peace(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    with time_machine.travel(MORNING):
        anna, bo = member(make, "Anna Ek"), member(make, "Bo Al")
        member(make, "Cia Lo")
        for one in (anna, bo):
            allow(app, one)
        made = sent(app, Block(id="l", kind=Kind.OPENINGS, refs=(opening(make).public_id,)))
        path = path_to(outbox, browser, "openings")
    with time_machine.travel(LATER):
        browser.get(path).submit("Läs annonsen")
        with app.app_context():
            found = services.reminder_for(known(made))
            assert [one.person_id for one in found.members] == [bo.person_id]
            assert (found.silent.answered, found.silent.unknown) == (1, 1)


def test_too_soon_with_nothing_to_answer_and_with_another_number_nobody_is_reminded(
    app: Flask, make: Make, outbox: Outbox
) -> None:
    with time_machine.travel(MORNING):
        member(make, "Anna Ek")
        plain, meeting = sent(app), event(make, starts_at=MORNING + timedelta(days=8))
        member(make, "Bo Al")  # has had no other letter this month
        made = sent(app, Block(id="lista", kind=Kind.EVENTS, refs=(meeting.public_id,)))
        assert len(outbox.letters("anna@post.example")) == 2
    for one, at, said in (
        (made, MORNING + timedelta(days=2), "tidigast tre dagar"),
        (made, MORNING + timedelta(days=9), "ingen träff att svara på"),
        (plain, LATER, "ingen träff att svara på"),
        (made, LATER, "Antalet har ändrats"),
    ):
        with time_machine.travel(at), app.app_context(), pytest.raises(Refusal, match=said):
            services.remind(known(one), expected=7, by=SYSTEM)


def test_a_reminder_is_paused_broken_off_and_counted_for_itself(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    with time_machine.travel(MORNING):
        member(make, "Anna Ek")
        meeting = event(make)
        made = sent(app, Block(id="lista", kind=Kind.EVENTS, refs=(meeting.public_id,)))
        outbox.clear()
    with time_machine.travel(LATER):
        hr = browser.as_(make.staff(Role.HR))
        page = hr.get("newsletters.remind", public_id=made.public_id).submit("Påminn 1 person")
        page = page.submit("Pausa").follow("Avbryt utskicket").submit("Avbryt för gott")
        assert page.heading == "Påminnelse: Decemberbrevet"
        assert page.flashes == ["Utskicket är avbrutet. 1 får det inte."]
        assert not outbox.letters("anna@post.example")
        assert "Skickade 1" in hr.get("newsletters.progress", public_id=made.public_id)
        with app.app_context():
            assert db.session.get_one(Newsletter, made.id).cancelled_at is None


def test_when_and_to_how_many_it_goes_is_seen_and_it_can_be_stopped_before(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    with time_machine.travel(MORNING):
        member(make, "Anna Ek")
        meeting = event(make)
        made = sent(app, Block(id="lista", kind=Kind.EVENTS, refs=(meeting.public_id,)))
        outbox.clear()
    with time_machine.travel(LATER.replace(hour=21)):  # 22.00
        hr = browser.as_(make.staff(Role.HR))
        page = hr.get("newsletters.remind", public_id=made.public_id)
        assert "Den går kl. 07.00" in page
        page.submit("Påminn 1 person")
        assert not outbox.letters("anna@post.example")
        page = hr.get("newsletters.progress", public_id=made.public_id)
        assert "Väntar till kl. 07.00" in page
        assert "Går 23 mars 07.00 Till 1 Skickade 0 Väntar 1" in page
        page = page.follow("Stoppa påminnelsen").submit("Avbryt för gott")
        assert page.flashes == ["Utskicket är avbrutet. 1 får det inte."]
        assert "Stoppa påminnelsen" not in hr.get("newsletters.progress", public_id=made.public_id)
    with time_machine.travel(LATER + timedelta(days=1)):
        assert not outbox.letters("anna@post.example")


@pytest.mark.both_databases
def test_who_has_had_another_letter_within_a_month_is_not_reminded(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    with time_machine.travel(MORNING - timedelta(days=20)):
        anna = member(make, "Anna Ek")
        sent(app)
        outbox.clear()
    with time_machine.travel(MORNING):
        member(make, "Bo Al")
        made = sent(app, Block(id="l", kind=Kind.EVENTS, refs=(event(make).public_id,)))
        outbox.clear()
    with time_machine.travel(LATER):
        page = browser.as_(make.staff(Role.HR)).get("newsletters.remind", public_id=made.public_id)
        assert "Har fått ett annat brev den senaste månaden, så de får ingen påminnelse 1" in page
        assert "ingen får mer på en månad än ett brev och dess påminnelse" in page
        page.submit("Påminn 1 person")
        assert [one.to for one in outbox.letters("@post.example")] == ["bo@post.example"]
    with time_machine.travel(MORNING + timedelta(days=11)), app.app_context():
        known(made).reminder_id = None  # a month after Anna's other letter
        assert [one.person_id for one in services.reminder_for(known(made)).members] == [
            anna.person_id
        ]


def test_when_nobody_can_be_reminded_hr_reads_what_became_of_each(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    with time_machine.travel(MORNING - timedelta(days=20)):
        member(make, "Anna Ek")
        sent(app)
        outbox.clear()
    with time_machine.travel(MORNING):
        made = sent(app, Block(id="l", kind=Kind.EVENTS, refs=(event(make).public_id,)))
        outbox.clear()
    with time_machine.travel(LATER):
        page = browser.as_(make.staff(Role.HR)).get("newsletters.remind", public_id=made.public_id)
        assert "Det finns ingen att påminna." in page
        assert "Har fått ett annat brev den senaste månaden, så de får ingen påminnelse 1" in page
    with time_machine.travel(LATER - timedelta(days=2)):
        other = browser.another().as_(make.staff(Role.HR_LEAD))
        page = other.get("newsletters.remind", public_id=made.public_id)
        assert "En påminnelse går tidigast tre dagar" in page
        assert "Har fått ett annat brev" not in page


def test_who_counts_as_silent() -> None:
    found = silent_among(got={1, 2, 3, 4}, known={1, 2, 9}, answered={2, 3, 8})
    assert found.people == {1}
    assert (found.got, found.answered, found.unknown) == (4, 2, 1)


def test_a_reminder_has_its_time() -> None:
    for days, yes in ((2, False), (3, True), (29, True), (30, False)):
        assert is_time_to_remind(MORNING, MORNING + timedelta(days=days)) is yes
