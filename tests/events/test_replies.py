"""Answering on both databases: seats, guests, the waiting list, offers, letters, refusals."""

import pytest
import time_machine
from flask import Flask

from alumni_portal.consents import services as consents
from alumni_portal.consents.models import Purpose
from alumni_portal.consents.rules import How
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.events import queries, services
from alumni_portal.events.models import Answer, Event, EventKind
from alumni_portal.events.services import Full
from alumni_portal.people import services as people
from alumni_portal.people.models import Person
from tests.events.making import TITLE, address, event, guest, guests, later, plan, says, starts
from tests.support.covers import covers
from tests.support.letters import Outbox, run_jobs
from tests.support.make import Make, days

pytestmark = pytest.mark.both_databases
HYBRID, ROOM = EventKind.HYBRID, "https://moten.example/1"


def taken(made: Event) -> int:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Event, made.id).seats_taken


def test_a_yes_takes_seats_for_all_who_come_and_a_no_gives_them_back(
    inside: Flask, make: Make
) -> None:
    made, amira = event(make, capacity=5, guests_allowed=2), guest(make)
    assert says(make, made, amira, guests=2).answer is Answer.YES
    assert taken(made) == 3
    says(make, made, amira, guests=1)
    assert taken(made) == 2
    assert says(make, made, amira, comes=False).answer is Answer.NO
    assert taken(made) == 0


def test_the_same_answer_again_changes_nothing_and_writes_no_letter(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    made, amira = event(make, capacity=5), guest(make)
    for _press in range(3):
        says(make, made, amira)
    assert taken(made) == 1
    assert outbox.subjects() == [f"Du är anmäld: {TITLE}"]


def test_full_means_a_clear_no_unless_waiting_is_fine(inside: Flask, make: Make) -> None:
    made, (first, second, third) = event(make, capacity=1), guests(make, 3)
    says(make, made, first)
    with pytest.raises(Full):
        says(make, made, second, may_wait=False)
    assert queries.reply(made.id, second.person_id) is None
    replies = [says(make, made, one) for one in (second, third)]
    assert [one.answer for one in replies] == [Answer.WAITING] * 2
    assert [queries.rank(one) for one in replies] == [1, 2]
    assert taken(made) == 1


def test_more_guests_than_there_is_room_for_are_refused_and_the_seat_is_kept(
    inside: Flask, make: Make
) -> None:
    made, (first, second) = event(make, capacity=3, guests_allowed=2), guests(make, 2)
    says(make, made, first)
    says(make, made, second)
    with pytest.raises(Refusal) as refused:
        says(make, made, first, guests=2)
    assert refused.value.field == "guests"
    assert taken(made) == 2
    with pytest.raises(Refusal):
        says(make, event(make, guests_allowed=1), first, guests=2)


def test_what_the_guests_are_called_is_for_the_hosts_and_goes_with_the_guests(
    inside: Flask, make: Make
) -> None:
    made, amira = event(make, guests_allowed=10), guest(make)
    reply = says(make, made, amira, guests=10, guest_names="Bo och Li", needs="Vegetariskt")
    assert b"Bo" not in (reply.guest_names or b""), "it is stored encrypted"
    (line,) = queries.attendance(made.id, with_needs=True)
    assert (line.guests, line.names) == (10, "Bo och Li")
    says(make, made, amira, guests=2)
    assert queries.attendance(made.id, with_needs=True)[0].names == "Bo och Li"
    assert not queries.attendance(made.id, with_needs=False)[0].names
    says(make, made, amira, guests=0)
    (line,) = queries.attendance(made.id, with_needs=True)
    assert (line.names, line.needs) == ("", "Vegetariskt")


def test_who_was_allowed_more_guests_before_keeps_them_and_gets_no_more(
    inside: Flask, make: Make
) -> None:
    made, amira = event(make, guests_allowed=4), guest(make)
    says(make, made, amira, guests=3)
    with make.work():
        services.change(made.id, plan(guests_allowed=1), by=SYSTEM)
    assert says(make, made, amira, guests=3, needs="Vegetariskt").guests == 3
    with pytest.raises(Refusal) as refused:
        says(make, made, amira, guests=4)
    assert refused.value.field == "guests"
    assert says(make, made, amira, guests=1).guests == 1
    with pytest.raises(Refusal):
        says(make, made, amira, guests=2)


@covers("S77")
def test_a_party_that_waits_is_offered_all_its_seats_or_none(inside: Flask, make: Make) -> None:
    made, (first, second, third) = event(make, capacity=4, guests_allowed=3), guests(make, 3)
    says(make, made, first)
    says(make, made, second, guests=1)
    waits = says(make, made, third, guests=2)
    assert waits.answer is Answer.WAITING
    says(make, made, first, comes=False)
    assert standing(made, third.person_id) is Answer.WAITING
    says(make, made, second, comes=False)
    assert standing(made, third.person_id) is Answer.OFFERED
    assert taken(made) == 3
    assert says(make, made, third, guests=3).answer is Answer.YES
    assert taken(made) == 4


@covers("S77")
def test_an_event_says_how_long_its_seats_are_kept(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    made, (first, second) = event(make, capacity=1, offer_hours=6), guests(make, 2)
    for who in (first, second):
        says(make, made, who)
    assert "högst 6 timmar" in outbox.last(address(2)).text
    with time_machine.travel(starts(1, hour=10)):
        says(make, made, first, comes=False)
    for hour, answer in ((15, Answer.OFFERED), (17, Answer.LAPSED)):
        with time_machine.travel(starts(1, hour=hour)):
            run_jobs(inside)
            assert standing(made, second.person_id) is answer


@covers("S77")
def test_a_freed_seat_is_kept_for_the_next_in_line_and_for_nobody_else(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    made, (first, second, third, fourth) = event(make, capacity=1), guests(make, 4)
    for who in (first, second, third):
        says(make, made, who)
    says(make, made, first, comes=False)
    offer = queries.reply(made.id, second.person_id)
    assert offer is not None
    assert offer.answer is Answer.OFFERED
    with pytest.raises(Full):
        says(make, made, fourth, may_wait=False)
    assert says(make, made, second).answer is Answer.YES
    assert taken(made) == 1
    assert [one.subject.partition(":")[0] for one in outbox.letters(address(2))] == [
        "Du står på väntelistan",
        "En plats har blivit ledig",
        "Du är anmäld",
    ]


@covers("S77")
def test_an_offer_that_nobody_takes_goes_on_after_two_days(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    made, (first, second, third) = event(make, capacity=1), guests(make, 3)
    for who in (first, second, third):
        says(make, made, who)
    says(make, made, first, comes=False)
    with later(hours=47):
        run_jobs(inside)
        assert standing(made, second.person_id) is Answer.OFFERED
    with later(hours=49):
        run_jobs(inside)
        assert standing(made, second.person_id) is Answer.LAPSED
        assert standing(made, third.person_id) is Answer.OFFERED
        assert outbox.last(address(2)).subject == f"Platsen har gått vidare: {TITLE}"
        assert taken(made) == 1


def standing(made: Event, person_id: int) -> Answer | None:
    db.session.rollback()
    db.session.expire_all()
    found = queries.reply(made.id, person_id)
    return found.answer if found else None


def test_a_large_party_waits_and_a_smaller_one_behind_it_gets_the_seat(
    inside: Flask, make: Make
) -> None:
    made, (first, second, third) = event(make, capacity=1, guests_allowed=2), guests(make, 3)
    says(make, made, first)
    says(make, made, second, guests=2)
    says(make, made, third)
    says(make, made, first, comes=False)
    assert standing(made, second.person_id) is Answer.WAITING
    assert standing(made, third.person_id) is Answer.OFFERED


def test_more_seats_are_offered_at_once_and_fewer_than_taken_are_refused(
    inside: Flask, make: Make
) -> None:
    made, three = event(make, capacity=1), guests(make, 3)
    for who in three:
        says(make, made, who)
    with make.work():
        services.change(made.id, plan(capacity=2), by=SYSTEM)
    assert [standing(made, one.person_id) for one in three] == [
        Answer.YES,
        Answer.OFFERED,
        Answer.WAITING,
    ]
    with pytest.raises(Refusal) as refused, make.work():
        services.change(made.id, plan(capacity=1), by=SYSTEM)
    assert refused.value.field == "capacity"


@covers("S24")
def test_who_has_withdrawn_is_passed_over_can_decline_and_gets_no_letter(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    made, (first, second, third) = event(make, capacity=1), guests(make, 3)
    for who in (first, second, third):
        says(make, made, who)
    outbox.clear()
    for who in (first, second):
        withdraw(make, who.person_id)
    with pytest.raises(Refusal, match="samtycken"):
        says(make, event(make), second)
    says(make, made, first, comes=False)
    assert standing(made, second.person_id) is Answer.LAPSED
    assert standing(made, third.person_id) is Answer.OFFERED
    assert [one.to for one in outbox.letters()] == [address(3)]


def withdraw(make: Make, person_id: int) -> None:
    with make.work():
        person = db.session.get_one(Person, person_id)
        consents.withdraw(person, Purpose.EVENTS, how=How.CONSENT_CENTRE, by=SYSTEM)


def test_who_works_here_again_cannot_come_but_can_decline(inside: Flask, make: Make) -> None:
    made, amira = event(make, capacity=2), guest(make)
    says(make, made, amira)
    make.employment(db.session.get_one(Person, amira.person_id), begins=days(0))
    with pytest.raises(Refusal):
        says(make, made, amira)
    says(make, made, amira, comes=False)
    assert taken(made) == 0


def test_a_death_frees_the_seat(inside: Flask, make: Make) -> None:
    made, amira = event(make, capacity=2), guest(make)
    says(make, made, amira)
    with make.work():
        people.note_death(db.session.get_one(Person, amira.person_id), on=days(-1), by=SYSTEM)
    assert taken(made) == 0


@pytest.mark.parametrize(("answers", "seats"), [([False], 1), ([True], 0), ([False, True], 0)])
def test_who_takes_part_from_elsewhere_needs_no_seat(
    inside: Flask, make: Make, answers: list[bool], seats: int
) -> None:
    made, amira = event(make, kind=HYBRID, online_url=ROOM, capacity=1), guest(make)
    said = [says(make, made, amira, remotely=remotely) for remotely in answers]
    assert said[-1].answer is Answer.YES
    assert taken(made) == seats


def test_a_full_room_keeps_somebody_from_elsewhere_where_they_are(
    inside: Flask, make: Make
) -> None:
    made, (amira, johan) = event(make, kind=HYBRID, online_url=ROOM, capacity=1), guests(make, 2)
    says(make, made, amira)
    says(make, made, johan, remotely=True)
    with pytest.raises(Refusal):
        says(make, made, johan)
    says(make, made, amira, remotely=True)
    assert says(make, made, johan).answer is Answer.YES


def test_from_elsewhere_is_for_hybrid_events(inside: Flask, make: Make) -> None:
    made, amira = event(make), guest(make)
    with pytest.raises(Refusal):
        says(make, made, amira, remotely=True)
