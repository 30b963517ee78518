"""A series that changes: a new date is told of, dates that are off come in one letter."""

from datetime import timedelta
from typing import Any

import pytest
import vobject  # type: ignore[import-untyped]  # a reader that shares nothing with our writer
from flask import Flask
from sqlalchemy import select

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.core.transaction import unit
from alumni_portal.events import queries, services
from alumni_portal.events.models import Event, EventKind
from alumni_portal.mail.models import Delivery, DeliveryState, MailingState
from alumni_portal.mail.queries import mailing_of, progress
from alumni_portal.mail.services import chunks, deliveries
from tests.events.making import TITLE, address, event, guests, later, noon, plan, says, starts
from tests.events.test_asked import entry_in
from tests.events.test_invitations import invite
from tests.events.test_series import series
from tests.support.browser import Browser
from tests.support.letters import Outbox, Received, run_jobs
from tests.support.make import Make

ONLINE = {"kind": EventKind.DIGITAL, "online_url": "https://moten.example/lunch"}


def files_of(letter: Received) -> list[Any]:
    """Return the calendar files of a letter about several dates."""
    return [
        vobject.readOne(one.get_content().decode()) for one in letter.message.iter_attachments()
    ]


@pytest.mark.both_databases
def test_a_date_added_later_is_told_of_once_with_an_entry_of_its_own(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    first, (_silent, no, knows) = event(make), guests(make, 3)
    invite(make, first)
    says(make, first, no, comes=False)
    with noon(1):
        outbox.clear()
        page = browser.as_(make.staff(Role.HR)).get("events.add_date", public_id=first.public_id)
        page = page.submit("Lägg till", day=f"{starts(20):%Y-%m-%d}")
        assert page.heading == "Berätta om det nya datumet?"
        with app.app_context():
            added = queries.dates_of(db.session.get_one(Event, first.id))[-1]
        says(make, added, knows)
        outbox.clear()
        page.submit("Skicka 3 mejl")
        assert sorted(one.to for one in outbox.letters()) == [address(1), address(2)]
        assert outbox.last().subject == f"Nytt datum: {TITLE}"
        method, entry = entry_in(outbox.last(address(2)))
        assert (method, entry.sequence.value) == ("REQUEST", "0")
        assert entry.uid.value == f"{added.public_id}@localhost"
        browser.get("events.announce", public_id=added.public_id, status=404)


@pytest.mark.both_databases
def test_dates_that_are_off_come_in_one_letter_with_an_entry_each(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    dates, (all_of_them, one_of_them) = series(make, 27, 34), guests(make, 2)
    for date in dates:
        says(make, date, all_of_them)
    says(make, dates[1], one_of_them)
    outbox.clear()
    with make.work():
        services.cancel_series(dates[0].id, reason="Storm.", by=SYSTEM)
    told = sorted((one.to, one.subject) for one in outbox.letters())
    assert told == [
        (address(1), f"Inställda datum: {TITLE}"),
        (address(2), f"Inställd träff: {TITLE}"),
    ]
    letter = outbox.last(address(1))
    assert letter.text.count("Storm.") == 1
    files = files_of(letter)
    assert {one.method.value for one in files} == {"CANCEL"}
    assert [one.vevent.uid.value for one in files] == [
        f"{one.public_id}@localhost" for one in dates
    ]


@pytest.mark.parametrize("arrives", [True, False])
def test_an_invitation_in_hand_when_all_is_off_ends_with_exact_counts(
    app: Flask, make: Make, outbox: Outbox, *, arrives: bool
) -> None:
    made, _people = event(make), guests(make, 2)
    with make.work():
        mailing = services.invite(made.id, by=SYSTEM)[0]
    with app.app_context(), unit():
        chunk = chunks.open_chunk(mailing.id, 0, owner="lost")
        assert chunk
        deliveries.take(chunk, 1)
    with make.work():
        services.cancel(made.id, reason="", by=SYSTEM)
        services.tell_asked(made.id, [made.id], changed_at=clock.now())
    assert standing(app, made)[0] is MailingState.PAUSED
    if arrives:
        with app.app_context(), unit():
            in_hand = Delivery.state == DeliveryState.SENDING
            copy = db.session.scalars(select(Delivery).where(in_hand)).one()
            copy.state, copy.ended_at = DeliveryState.SENT, clock.now()
    for hours in (0.1, 1, 4, 30):
        with later(hours=hours):
            run_jobs(app, by_the_clock=False)
    assert standing(app, made) == (MailingState.FINISHED, 1, 1, 0)


def standing(app: Flask, made: Event) -> tuple[MailingState, int, int, int]:
    """Return how the invitation stands, and how many copies went, did not go and wait."""
    with app.app_context():
        found = mailing_of("events/invitation", f"{made.public_id}:1")
        assert found is not None
        counted = progress(found.id)
        return found.state, counted.sent, counted.skipped, counted.waiting


@pytest.mark.both_databases
def test_one_date_can_be_held_elsewhere_and_only_who_comes_then_is_told(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    dates, (first, second) = series(make, 27, 34), guests(make, 2)
    says(make, dates[0], first)
    says(make, dates[1], second)
    outbox.clear()
    with make.work():
        services.change(dates[1].id, plan(starts_at=starts(27), place="", **ONLINE), by=SYSTEM)
    kinds = [one.kind for one in queries.dates_of(dates[0])]
    assert kinds == [EventKind.MEETING, EventKind.DIGITAL, EventKind.MEETING]
    (letter,) = outbox.letters()
    assert letter.to == address(2)
    assert "08.00–10.00, på distans." in letter.text
    method, entry = entry_in(letter)
    assert (method, entry.sequence.value) == ("REQUEST", "1")
    assert entry.uid.value == f"{dates[1].public_id}@localhost"
    assert entry.location.value == ONLINE["online_url"]


@pytest.mark.both_databases
def test_all_coming_dates_are_held_elsewhere_and_each_hears_of_theirs_in_one_letter(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    dates, (both, one, _silent) = series(make, 27, 34), guests(make, 3)
    invite(make, dates[0])
    for date, who in ((dates[0], both), (dates[2], both), (dates[1], one)):
        says(make, date, who)
    outbox.clear()
    moved = plan(starts_at=starts(27), place="Lund")
    with make.work():
        services.change(dates[1].id, moved, for_all=True, by=SYSTEM)
    assert {date.place for date in queries.dates_of(dates[0])} == {"Lund"}
    told = sorted((letter.to, letter.subject) for letter in outbox.letters())
    assert told == [
        (address(1), f"Ändrade datum: {TITLE}"),
        (address(2), f"Ändrad träff: {TITLE}"),
        (address(3), f"Ändrad träff: {TITLE}"),
    ]
    letter = outbox.last(address(1))
    files = files_of(letter)
    assert [one.vevent.uid.value for one in files] == [
        f"{date.public_id}@localhost" for date in (dates[0], dates[2])
    ]
    assert {(one.method.value, one.vevent.sequence.value) for one in files} == {("REQUEST", "1")}
    assert "Plats: Lund." in outbox.last(address(3)).text


def test_hr_says_which_dates_another_place_is_for(app: Flask, browser: Browser, make: Make) -> None:
    dates = series(make, 27, 34)
    page = browser.as_(make.staff(Role.HR)).get("events.edit", public_id=dates[1].public_id)
    page = page.submit("Spara", place="Lund")
    page = page.follow("Ändra").submit("Spara", place="Ystad", scope="all")
    with app.app_context():
        found = [one.place for one in queries.dates_of(db.session.get_one(Event, dates[0].id))]
    assert found == ["Ystad"] * 3
    assert [one.place for one in dates] == ["Kranbyggnaden 4, Malmö"] * 3


def test_an_invitation_to_dates_in_several_places_says_which(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    dates, _people = series(make, 27), guests(make, 1)
    with make.work():
        services.change(dates[1].id, plan(starts_at=starts(27), place="Lund"), by=SYSTEM)
    invite(make, dates[0])
    text = outbox.last().text
    assert "08.00–10.00, Kranbyggnaden 4, Malmö" in text
    assert "08.00–10.00, Lund" in text


@pytest.mark.both_databases
def test_of_dates_changed_together_who_comes_to_those_that_go_on_is_told(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    dates, (one, other) = series(make, 27, 34), guests(make, 2)
    says(make, dates[0], one)
    says(make, dates[1], other)
    outbox.clear()
    moved, morning = plan(starts_at=starts(), place="Lund"), clock.now() + timedelta(hours=2)
    with make.work():
        services.change(dates[0].id, moved, for_all=True, tell_at=morning, by=SYSTEM)
    with make.work():
        services.cancel(dates[0].id, reason="Salen är stängd", by=SYSTEM)
    with later(hours=3):
        told = {letter.to: letter.subject for letter in outbox.letters()}
    assert told == {address(1): f"Inställd träff: {TITLE}", address(2): f"Ändrad träff: {TITLE}"}


@pytest.mark.both_databases
@pytest.mark.parametrize(("off", "asked_on"), [(0, 1), (1, 0)])
def test_who_comes_to_a_date_that_is_off_is_told_though_the_change_was_taken_back(
    inside: Flask, make: Make, outbox: Outbox, off: int, asked_on: int
) -> None:
    dates, people = series(make, 27, 34), guests(make, 2)
    for date, who in zip(dates[:2], people, strict=True):
        says(make, date, who)
    outbox.clear()
    morning = clock.now() + timedelta(hours=2)
    moved = plan(starts_at=starts(), place="Lund")
    with make.work():
        services.change(dates[0].id, moved, for_all=True, tell_at=morning, by=SYSTEM)
    with unit():
        services.cancel(dates[off].id, reason="Salen är stängd", tell_at=morning, by=SYSTEM)
        services.take_back_telling(dates[asked_on].id, by=SYSTEM)
    with later(hours=3):
        told = {letter.to: letter.subject for letter in outbox.letters()}
    assert told == {address(off + 1): f"Inställd träff: {TITLE}"}
