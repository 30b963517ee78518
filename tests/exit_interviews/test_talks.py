"""Talks: booked from the case, in both calendars, noted live, corrected by the leaver (§2)."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from alumni_portal.accounts.models import Account
from alumni_portal.accounts.queries import account_of
from alumni_portal.core import clock
from alumni_portal.core.permissions import Role
from alumni_portal.exit_interviews.models import Seat, Track
from alumni_portal.exit_interviews.queries import interviews as queries
from alumni_portal.exit_interviews.rules import timing
from tests.exit_interviews.making import HERE
from tests.offboarding.making import Leaver, leaver, load
from tests.support.browser import Browser
from tests.support.letters import Outbox, Received
from tests.support.make import Make
from tests.support.page import Page


@pytest.mark.parametrize("today", [date(2026, 11, 23) + timedelta(days=n) for n in range(14)])
@pytest.mark.parametrize("left", [-3, 0, 5, 9, 40])
def test_no_talk_is_proposed_on_a_weekend_or_a_day_that_has_been(today: date, left: int) -> None:
    proposed = timing.talk_on(today + timedelta(days=left), today)
    assert proposed.weekday() < 5
    assert today < proposed <= today + timedelta(days=14)


@pytest.fixture
def hr(make: Make) -> Account:
    return make.staff(Role.HR, name="Petra Öhrn")


@pytest.fixture
def who(make: Make, outbox: Outbox, hr: Account) -> Leaver:
    make.staff(Role.HR, name="Karin Lund")
    return leaver(make, outbox)


def day(number: int) -> str:
    return (clock.today() + timedelta(days=number)).isoformat()


def calendar_of(letter: Received) -> str:
    (attached,) = letter.message.iter_attachments()
    return bytes(attached.get_content()).decode()


def booked(browser: Browser, who: Leaver, hr: Account, **more: str) -> Page:
    page = browser.as_(hr).go(f"/offboarding/{who.public_id}").follow("Boka samtal med HR")
    given: dict[str, Any] = {"day": day(5), "place": "Rum 4", **more}
    return page.submit("Boka och bjud in", **given)


def test_a_neutral_talk_is_booked_with_invitations_to_both(
    browser: Browser, outbox: Outbox, who: Leaver, hr: Account
) -> None:
    page = booked(browser, who, hr)
    assert page.flashes == ["Samtalet är bokat. Inbjudan är på väg till båda."]
    letter = outbox.last(who.address)
    assert "Rum 4" in letter.text
    assert "90 minuter" in letter.text
    assert "Vi vill veta hur du har haft det" in letter.text
    assert "METHOD:REQUEST" in calendar_of(letter)
    assert "SEQUENCE:0" in calendar_of(letter)


def test_a_moved_talk_updates_and_a_cancelled_one_leaves_the_calendar(
    browser: Browser, outbox: Outbox, who: Leaver, hr: Account
) -> None:
    page = booked(browser, who, hr).follow("Ändra")
    page = page.submit("Spara och meddela båda", day=day(6))
    first = calendar_of(outbox.last(who.address))
    assert "SEQUENCE:1" in first
    page.follow("Avboka").submit("Avboka")
    last = calendar_of(outbox.last(who.address))
    assert "METHOD:CANCEL" in last
    assert "SEQUENCE:2" in last
    uid = next(line for line in first.splitlines() if line.startswith("UID:"))
    assert uid in last


def test_a_time_that_has_passed_is_refused_and_nothing_is_lost(
    browser: Browser, who: Leaver, hr: Account
) -> None:
    page = booked(browser, who, hr, day=day(-1))
    assert page.errors == ["Dag: Tiden har redan varit."]
    assert page.value("place") == "Rum 4"


def test_a_talk_needs_somewhere_to_be(browser: Browser, who: Leaver, hr: Account) -> None:
    page = booked(browser, who, hr, place="")
    assert page.errors == ["Plats: Skriv en plats eller en länk till ett videomöte."]


def test_the_managers_talk_is_a_record_of_its_own(
    app: Flask, make: Make, outbox: Outbox, browser: Browser, hr: Account
) -> None:
    make.staff(Role.HR, name="Karin Lund")
    unit = make.unit("Lager")
    boss = make.manager_of(unit)
    who = leaver(make, outbox, unit=unit)
    booked(browser, who, hr)
    page = browser.go(f"/offboarding/{who.public_id}").follow("Boka chefens samtal")
    page.submit("Boka och bjud in", day=day(4), place="Fikarummet")
    with app.app_context():
        case = load(who.public_id)
        talks = {one.track: one for one in queries.of_case(case.id)}
        readers = {t: queries.seats(one, boss.person_id) for t, one in talks.items()}
    assert readers[Track.MANAGER] == {Seat.INTERVIEWER, Seat.READER}
    assert readers[Track.HR] == set()


def test_the_interviewer_notes_and_the_leaver_corrects_and_takes_back(
    app: Flask, browser: Browser, outbox: Outbox, who: Leaver, hr: Account, make: Make
) -> None:
    booked(browser, who, hr)
    with app.app_context():
        talk = queries.of_case_and_track(load(who.public_id).id, Track.HR)
        assert talk is not None
        holder, place = talk.interviewer_id, f"/exit-interviews/{talk.public_id}/notes"
    page = browser.as_(_account(app, holder)).go(place)
    page = page.submit("Spara anteckningarna", good_open="Kollegerna")
    assert page.flashes == ["Anteckningarna är sparade."]
    own = browser.another().go(outbox.last(who.address).link.removeprefix(HERE))
    own = own.follow("Se anteckningarna")
    assert "Kollegerna" in own
    own = own.submit("Spara rättelserna", good_open="Kollegerna och lunchen")
    assert "Kollegerna och lunchen" in own
    own = own.submit("Ta tillbaka alla svar")
    assert "Kollegerna" not in own


def _account(app: Flask, person_id: int | None) -> Account:
    with app.app_context():
        found = account_of(person_id or 0)
        assert found is not None
        return found
