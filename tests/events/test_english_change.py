"""A change to an English text alone is told to those who read English, and to nobody else."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from alumni_portal.accounts.models import Account
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.events import services
from alumni_portal.events.models import Event
from alumni_portal.events.rules import languages_told
from tests.events.making import address, event, plan, says
from tests.events.test_asked import invite
from tests.events.test_told import MORNING, NIGHT, lost_letter
from tests.events.test_two_languages import both
from tests.support.browser import Browser
from tests.support.letters import Outbox, run_jobs
from tests.support.make import Make

SWEDISH, ENGLISH = address(1), address(2)
WAS: dict[str, Any] = {"address": "Kajgatan 4", "place_en": "The crane house"}


def coming(make: Make, outbox: Outbox) -> tuple[Event, Account, Account]:
    """Return an event that a reader of Swedish and one of English come to."""
    made = event(make, **WAS)
    swedish, english = both(make)
    for who in (swedish, english):
        says(make, made, who)
    outbox.clear()
    return made, swedish, english


def changed(make: Make, made: Event, **to: Any) -> None:
    with make.work():
        services.change(made.id, plan(**{**WAS, **to}), by=SYSTEM)


def to_whom(outbox: Outbox) -> list[str]:
    return sorted(one.to for one in outbox.letters())


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "to", [{"place_en": "The harbour"}, {"address_en": "4 Quay Street"}, {"place_en": ""}]
)
def test_another_place_in_english_is_told_to_those_who_read_it(
    inside: Flask, make: Make, outbox: Outbox, to: dict[str, str]
) -> None:
    made, _swedish, _english = coming(make, outbox)
    changed(make, made, **to)
    (letter,) = outbox.letters()
    assert (letter.to, letter.subject) == (ENGLISH, "Changed event: Alumnifrukost i Malmö")
    (place,) = to.values()
    assert (place or "Kranbyggnaden 4") in letter.text
    run_jobs(inside, by_the_clock=False)
    assert to_whom(outbox) == [ENGLISH]


def test_other_words_in_english_are_no_letter_and_a_swedish_change_is_told_to_all(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    made, _swedish, _english = coming(make, outbox)
    changed(make, made, title_en="Breakfast", directions_en="By bus", thanks_en="Bye")
    assert to_whom(outbox) == []
    changed(make, made, place="Lund")
    assert to_whom(outbox) == [SWEDISH, ENGLISH]


@pytest.mark.both_databases
def test_whoever_was_asked_and_reads_english_is_told_too(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    made = event(make, **WAS)
    both(make)
    invite(make, made)
    outbox.clear()
    changed(make, made, place_en="The harbour")
    (letter,) = outbox.letters()
    assert (letter.to, "The harbour" in letter.text) == (ENGLISH, True)
    changed(make, made, place="Lund", place_en="The harbour")
    assert to_whom(outbox) == [SWEDISH, ENGLISH, ENGLISH]


def test_who_waits_to_be_told_of_an_earlier_change_still_is(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    with time_machine.travel(NIGHT):
        made, _swedish, _english = coming(make, outbox)
        with make.work():
            wanted = plan(**WAS, place="Lund")
            services.change(made.id, wanted, tell_at=MORNING, by=SYSTEM)
        with make.work():
            wanted = plan(**{**WAS, "place": "Lund", "place_en": "Lund, Sweden"})
            services.change(made.id, wanted, tell_at=MORNING, by=SYSTEM)
    with time_machine.travel(MORNING + timedelta(minutes=1)):
        run_jobs(inside, by_the_clock=False)
        assert to_whom(outbox) == [SWEDISH, ENGLISH]


def test_who_was_not_reached_by_swedish_word_is_told_again_after_an_english_change(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    made, swedish, _english = coming(make, outbox)
    changed(make, made, place="Lund")
    outbox.letters()
    lost_letter(make, made, swedish, later=False)
    changed(make, made, place="Lund", place_en="Lund, Sweden")
    outbox.letters()
    with make.work():
        now = db.session.get_one(Event, made.id)
        assert set(services.to_tell_again(now)) == {swedish.person_id}


def test_hr_sees_how_many_are_told_before_it_is_saved(
    browser: Browser, make: Make, outbox: Outbox
) -> None:
    made, _swedish, _english = coming(make, outbox)
    page = browser.as_(make.staff(Role.HR)).get("events.edit", public_id=made.public_id)
    assert "om tid eller plats ändras. Just nu är det 2 personer." in page
    assert "bara till dem som läser engelska. Just nu är det 1 person." in page


def test_whom_a_change_is_news_to() -> None:
    was = {"sv": ("Malmö",), "en": ("Malmo",)}
    assert languages_told(was, was) == frozenset()
    assert languages_told(was, {**was, "en": ("Lund",)}) == {"en"}
    assert languages_told(was, {**was, "sv": ("Lund",)}) == {"sv", "en"}
