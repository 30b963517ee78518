"""The calendar entry that goes with a mail to many, and what those who never answered are told."""

from typing import Any

import pytest
import vobject  # type: ignore[import-untyped]  # a reader that shares nothing with our writer
from flask import Flask

from alumni_portal.core import clock
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.events import services
from alumni_portal.events.models import Event
from tests.events.making import TITLE, address, event, guests, later, plan, says, starts
from tests.events.test_replies import withdraw
from tests.events.test_series import series
from tests.support.covers import covers
from tests.support.letters import Outbox, Received, run_jobs
from tests.support.make import Make

pytestmark = pytest.mark.both_databases


def invite(make: Make, made: Event) -> None:
    with make.work():
        services.invite(made.id, by=SYSTEM)


def call_off(make: Make, made: Event) -> None:
    with make.work():
        services.cancel(made.id, reason="Storm.", by=SYSTEM)


def moved(make: Make, made: Event) -> None:
    with make.work():
        services.change(made.id, plan(starts_at=starts(21), place="Kajen 2"), by=SYSTEM)


def attached(letter: Received) -> bytes:
    """Return the one calendar file of a mail."""
    files = list(letter.message.iter_attachments())
    (found,) = [one for one in files if str(one.get_filename()).endswith(".ics")]
    return bytes(found.get_content())


def entry_in(letter: Received) -> tuple[str, Any]:
    """Return what a mail asks the calendar for, and its entry; both places hold the same."""
    readings = [one for one in letter.message.walk() if one.get_content_maintype() == "text"]
    last = readings[2]
    assert last.get_content_type() == "text/calendar", "the last alternative"
    assert last.get_payload(decode=True) == attached(letter)
    calendar = vobject.readOne(attached(letter).decode())
    method = str(calendar.method.value)
    assert last["Content-Type"].params["method"] == method
    (entry,) = calendar.vevent_list
    return method, entry


def test_an_invitation_brings_the_entry_that_a_change_and_the_end_find_again(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    made, _people = event(make), guests(make, 2)
    told = []
    for step in (invite, moved, call_off):
        step(make, made)
        sent = [entry_in(one) for one in outbox.letters()]
        assert len(sent) == 2
        told.append(sent[0])
        outbox.clear()
    assert [method for method, _entry in told] == ["REQUEST", "REQUEST", "CANCEL"]
    assert {one.uid.value for _method, one in told} == {f"{made.public_id}@localhost"}
    assert [one.sequence.value for _method, one in told] == ["0", "1", "2"]
    assert told[1][1].dtstart.value == starts(21)
    assert told[1][1].location.value == "Kajen 2"
    assert told[2][1].status.value == "CANCELLED"


def test_a_file_that_is_the_same_for_all_names_nobody_and_opens_no_door(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    made, _people = event(make, online_url="https://moten.example/7"), guests(make, 2)
    invite(make, made)
    first, second = (entry_in(outbox.last(address(place)))[1] for place in (1, 2))
    assert first.serialize() == second.serialize()
    assert first.attendee.params["CUTYPE"] == ["GROUP"]
    assert first.attendee.value == first.organizer.value
    written = attached(outbox.last(address(1))).decode()
    assert "post.example" not in written
    assert "moten.example" not in written
    assert first.url.value == f"http://localhost/events/{made.public_id}"


@pytest.mark.parametrize("day", [28, 29])
def test_another_reader_sees_the_hour_on_the_wall_on_both_sides_of_summer_time(
    inside: Flask, make: Make, outbox: Outbox, day: int
) -> None:
    begins = starts(0).replace(year=2027, month=3, day=day, hour=1 if day == 28 else 8)
    made, _people = event(make, starts_at=begins), guests(make, 1)
    invite(make, made)
    _method, entry = entry_in(outbox.last())
    assert entry.dtstart.value == begins
    assert entry.dtstart.value.utcoffset() == begins.utcoffset()
    assert entry.dtend.value.utcoffset() == made.ends_at.astimezone(begins.tzinfo).utcoffset()


def test_all_dates_of_a_series_come_in_one_file(inside: Flask, make: Make, outbox: Outbox) -> None:
    dates, _people = series(make, 27, 34), guests(make, 1)
    invite(make, dates[0])
    (letter,) = outbox.letters()
    calendar = vobject.readOne(attached(letter).decode())
    assert calendar.method.value == "PUBLISH"
    assert [one.dtstart.value for one in calendar.vevent_list] == [
        starts(20),
        starts(27),
        starts(34),
    ]
    assert not [one for one in calendar.vevent_list if hasattr(one, "attendee")]


@covers("S24")
def test_the_end_reaches_all_who_were_asked_once_and_nobody_who_said_no(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    made, (comes, no, _silent, gone, waits) = event(make, capacity=1), guests(make, 5)
    invite(make, made)
    says(make, made, comes)
    says(make, made, waits)
    says(make, made, no, comes=False)
    withdraw(make, gone.person_id)
    outbox.clear()
    call_off(make, made)
    run_jobs(inside)
    with make.work():
        services.tell_asked(made.id, [made.id], changed_at=clock.now())
    told = sorted((one.to, one.subject) for one in outbox.letters())
    assert told == [(address(place), f"Inställd träff: {TITLE}") for place in (1, 3, 5)]
    assert "Storm." in outbox.last(address(3)).text
    assert outbox.last(address(3)).message["List-Unsubscribe"]


def test_who_has_not_got_the_invitation_when_all_is_off_gets_neither(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    made, _people = event(make), guests(make, 2)
    invite(make, made)
    with make.work():  # the end is told before a single copy went
        services.cancel(made.id, reason="", by=SYSTEM)
        assert services.tell_asked(made.id, [made.id], changed_at=clock.now()) == 0
    assert outbox.letters() == []


def test_an_offer_that_lapsed_is_no_answer(inside: Flask, make: Make, outbox: Outbox) -> None:
    made, (first, second) = event(make, capacity=1), guests(make, 2)
    invite(make, made)
    says(make, made, first)
    says(make, made, second)
    says(make, made, first, comes=False)
    with later(days=3):
        run_jobs(inside)
        outbox.clear()
        call_off(make, made)
        assert [one.to for one in outbox.letters()] == [address(2)]


def test_one_date_that_falls_out_and_a_whole_series_are_one_mail_to_who_did_not_answer(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    dates, (chose, _silent) = series(make, 27, 34), guests(make, 2)
    invite(make, dates[0])
    says(make, dates[0], chose)
    outbox.clear()
    call_off(make, dates[1])
    assert [one.to for one in outbox.letters()] == [address(2)], "she chose another date"
    assert entry_in(outbox.last())[1].uid.value == f"{dates[1].public_id}@localhost"
    outbox.clear()
    with make.work():
        services.cancel_series(dates[0].id, reason="Storm.", by=SYSTEM)
    assert sorted(one.to for one in outbox.letters()) == [address(1), address(2)]
    calendar = vobject.readOne(attached(outbox.last(address(2))).decode())
    assert {one.status.value for one in calendar.vevent_list} == {"CANCELLED"}
    assert len(calendar.vevent_list) == 2
