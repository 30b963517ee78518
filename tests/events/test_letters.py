"""Letters about events carry the calendar file: one entry, each newer than the one before."""

from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar

from alumni_portal.core.permissions import SYSTEM
from alumni_portal.events import services
from alumni_portal.events.models import Event
from tests.events.making import event, guest, guests, later, plan, says, starts
from tests.support.letters import Outbox, Received
from tests.support.make import Make

pytestmark = pytest.mark.both_databases


def calendars(letter: Received) -> list[Any]:
    """Return the calendar files that go with a letter."""
    files = list(letter.message.iter_attachments())
    return [one for one in files if str(one.get_filename()).endswith(".ics")]


def file_in(letter: Received) -> tuple[str, Any]:
    """Return what the calendar in a letter asks for, the same in both places, and its entry."""
    (attached,) = calendars(letter)
    reading = next(
        one for one in letter.message.walk() if one.get_content_type() == "text/calendar"
    )
    assert reading.get_payload(decode=True) == attached.get_content()
    calendar = Calendar.from_ical(attached.get_content())
    assert reading["Content-Type"].params["method"] == calendar["METHOD"]
    assert str(attached.get_filename()).endswith(".ics")
    (entry,) = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), entry


def moved(make: Make, made: Event) -> None:
    with make.work():
        services.change(made.id, plan(starts_at=starts(21), capacity=made.capacity), by=SYSTEM)


def test_confirmation_change_and_end_are_one_entry_that_grows(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    made, amira = event(make), guest(make)
    says(make, made, amira)
    moved(make, made)
    told = [file_in(one) for one in outbox.letters()]
    with make.work():
        services.cancel(made.id, reason="Sjukdom", by=SYSTEM)
    told.append(file_in(outbox.last()))
    assert [method for method, _entry in told] == ["REQUEST", "REQUEST", "CANCEL"]
    assert {str(entry["UID"]) for _method, entry in told} == {f"{made.public_id}@localhost"}
    assert [entry["SEQUENCE"] for _method, entry in told] == [0, 1, 2]
    assert told[1][1]["DTSTART"].dt == starts(21)
    assert [entry["STATUS"] for _method, entry in told] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_who_has_a_seat_is_told_where_to_go(inside: Flask, make: Make, outbox: Outbox) -> None:
    del inside
    made = event(make, place="Verkstan", address="Ledstigen 4, Göteborg")
    says(make, made, guest(make))
    assert ", Verkstan, Ledstigen 4, Göteborg.\r\n" in outbox.last().text


def test_the_entry_is_addressed_to_the_reader_who_is_not_asked_to_answer_by_mail(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    made, amira = event(make), guest(make, private="amira@post.example")
    says(make, made, amira)
    _method, entry = file_in(outbox.last())
    assert entry["ATTENDEE"] == "mailto:amira@post.example"
    assert entry["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert entry["ATTENDEE"].params["RSVP"] == "FALSE"


def test_a_no_takes_the_entry_out_and_a_later_yes_puts_it_back(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    made, amira = event(make), guest(make)
    told = []
    for minutes, comes in enumerate([True, False, True]):
        with later(minutes=minutes):
            says(make, made, amira, comes=comes)
            told.append(file_in(outbox.last()))
    assert [method for method, _entry in told] == ["REQUEST", "CANCEL", "REQUEST"]
    written = [entry["DTSTAMP"].dt for _method, entry in told]
    assert written == sorted(set(written))


def test_who_has_no_seat_yet_gets_no_entry(inside: Flask, make: Make, outbox: Outbox) -> None:
    made, (first, second) = event(make, capacity=1), guests(make, 2)
    says(make, made, first)
    says(make, made, second)
    says(make, made, first, comes=False)
    moved(make, made)
    to_second = [one for one in outbox.letters() if "gast002" in one.to]
    assert len(to_second) == 3  # waits, is offered the seat, hears of the change
    assert not [one for one in to_second if calendars(one)]
