"""A change of title, agenda or directions is told of when HR asks for it, and says what is new."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from alumni_portal.accounts.models import Account
from alumni_portal.core.audit import AuditEntry
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.events import services
from alumni_portal.events.models import Event
from alumni_portal.events.rules import Said, news_of, with_earlier
from alumni_portal.people.models import Person
from tests.events.making import address, event, guests, plan, says, starts
from tests.events.test_asked import entry_in, invite
from tests.events.test_series import series
from tests.events.test_told import MORNING, NIGHT
from tests.events.test_two_languages import both
from tests.support.browser import Browser
from tests.support.letters import Outbox, run_jobs
from tests.support.make import Make

SWEDISH, ENGLISH = address(1), address(2)
BOTH, EN, NOBODY = frozenset({"sv", "en"}), frozenset({"en"}), frozenset[str]()
WAS = {"place": "Malmö", "place_en": "Malmo", "title": "Frukost", "title_en": "Breakfast"}
TEXTS = {"agenda": "08.00 Kaffe", "agenda_en": "", "directions": "Buss 5", "directions_en": "Bus 5"}


def said(**more: str) -> Said:
    """Return what an event says to each language; without English words in Swedish."""
    texts = {**WAS, **TEXTS, **more}

    def read(name: str, language: str) -> str:
        return (texts[f"{name}_en"] if language == "en" else "") or texts[name]

    names = ("title", "agenda", "directions")
    return Said(
        loud={language: read("place", language) for language in ("sv", "en")},
        quiet={one: {name: read(name, one) for name in names} for one in ("sv", "en")},
    )


@pytest.mark.parametrize(
    ("to", "asked", "told", "new"),
    [
        ({}, True, NOBODY, {}),
        ({"title": "Lunch"}, False, NOBODY, {}),
        ({"title": "Lunch"}, True, BOTH, {"sv": ["title"], "en": ["title"]}),
        ({"title_en": "Lunch"}, True, EN, {"en": ["title"]}),
        ({"title_en": ""}, True, EN, {"en": ["title"]}),
        ({"agenda": "09.00 Te"}, True, BOTH, {"sv": ["agenda"], "en": ["agenda"]}),
        ({"directions_en": "Bus 6"}, True, EN, {"en": ["directions"]}),
        (
            {"directions": "Buss 6", "title_en": "Lunch"},
            True,
            BOTH,
            {"sv": ["directions"], "en": ["title", "directions"]},
        ),
        ({"place": "Lund"}, False, BOTH, {"sv": [], "en": []}),
        ({"place": "Lund"}, True, BOTH, {"sv": [], "en": []}),
        ({"place": "Lund", "title": "Te"}, False, BOTH, {"sv": ["title"], "en": ["title"]}),
        ({"place_en": "Lund", "title": "Te"}, False, EN, {"en": ["title"]}),
        ({"place_en": "Lund", "title": "Te"}, True, BOTH, {"sv": ["title"], "en": ["title"]}),
    ],
)
def test_whom_a_change_is_told_to_and_what_is_new(
    to: dict[str, str],
    asked: bool,  # noqa: FBT001 - a column of the table
    told: frozenset[str],
    new: dict[str, Any],
) -> None:
    found = news_of(said(), said(**to), asked=asked)
    assert (found.languages, found.new) == (told, new)


def test_what_was_new_before_and_not_told_of_yet_is_still_new() -> None:
    before, now = {"en": ["directions"]}, {"sv": ["title"], "en": ["title"]}
    assert with_earlier(before, now) == {"sv": ["title"], "en": ["title", "directions"]}
    assert with_earlier({}, now) == now
    assert with_earlier(before, {}) == before


def change(make: Make, made: Event, *, tells: bool = True, **to: Any) -> None:
    at = to.pop("tell_at", None)
    with make.work():
        services.change(made.id, plan(**to), tells=tells, tell_at=at, by=SYSTEM)


def coming(make: Make, outbox: Outbox) -> tuple[Event, Account, Account]:
    """Return an event that a reader of Swedish and one of English come to."""
    made = event(make)
    swedish, english = both(make)
    for who in (swedish, english):
        says(make, made, who)
    outbox.clear()
    return made, swedish, english


@pytest.mark.both_databases
def test_it_goes_when_asked_and_is_a_revision_in_the_calendar(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    made, _swedish, _english = coming(make, outbox)
    change(make, made, title="Lunch", tells=False)
    assert outbox.letters() == []
    assert db.session.get_one(Event, made.id).sequence == 0
    change(make, made, title="Lunch", agenda="08.00 Kaffe")
    found = {one.to: one for one in outbox.letters()}
    assert set(found) == {SWEDISH, ENGLISH}
    assert "Det här är nytt: programmet." in found[SWEDISH].text
    assert "This is new: the agenda." in found[ENGLISH].text
    method, entry = entry_in(found[SWEDISH])
    assert (method, entry.sequence.value, entry.summary.value) == ("REQUEST", "1", "Lunch")
    assert "08.00 Kaffe" in entry.description.value


@pytest.mark.both_databases
def test_english_words_are_told_to_those_who_read_them_also_if_they_have_not_answered(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    made = event(make)
    both(make)
    invite(make, made)
    outbox.clear()
    change(make, made, title_en="Breakfast", directions_en="Bus 5")
    (letter,) = outbox.letters()
    assert (letter.to, letter.subject) == (ENGLISH, "Changed event: Breakfast")
    assert "This is new: the title, how to get there." in letter.text
    run_jobs(inside, by_the_clock=False)
    assert [one.to for one in outbox.letters()] == [ENGLISH]


@pytest.mark.both_databases
def test_what_waits_for_the_morning_still_says_all_that_is_new(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    with time_machine.travel(NIGHT):
        made, _swedish, _english = coming(make, outbox)
        change(make, made, title="Lunch", tell_at=MORNING)
        change(make, made, title="Lunch", place="Lund", tells=False, tell_at=MORNING)
        assert outbox.letters() == []
    with time_machine.travel(MORNING + timedelta(minutes=1)):
        run_jobs(inside, by_the_clock=False)
        told = outbox.letters()
        assert sorted(one.to for one in told) == [SWEDISH, ENGLISH]
        assert ["rubriken" in one.text or "the title" in one.text for one in told] == [True, True]
        change(make, made, title="Lunch", place="Ystad", tells=False)
        assert "rubriken" not in outbox.last(SWEDISH).text, "it was told of before"


@pytest.mark.both_databases
def test_of_a_series_all_dates_hear_of_the_title_and_one_of_its_directions(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    dates, (one, other) = series(make, 27), guests(make, 2)
    says(make, dates[0], one)
    says(make, dates[1], other)
    outbox.clear()
    change(make, dates[1], starts_at=starts(27), title="Lunch", directions="Buss 5")
    found = {letter.to: letter.text for letter in outbox.letters()}
    assert "Det här är nytt: rubriken." in found[address(1)]
    assert "Det här är nytt: rubriken, hur man hittar dit." in found[address(2)]
    assert {date.directions for date in dates} == {"", "Buss 5"}


@pytest.mark.usefixtures("by_day")
def test_hr_asks_for_it_on_the_page_and_reads_how_many_are_told(
    browser: Browser, make: Make, outbox: Outbox
) -> None:
    made, _swedish, _english = coming(make, outbox)
    hr = browser.as_(make.staff(Role.HR))

    def save(**typed: Any) -> list[str]:
        page = hr.get("events.edit", public_id=made.public_id)
        return page.submit("Spara", **typed).flashes

    assert save(title="Lunch") == ["Ändringen är sparad."]
    assert save(title_en="Brunch", tells="y") == ["Ändringen är sparad. 1 mejl är på väg."]
    (nothing,) = save(tells="y", text="Vi sitter ute.")
    assert nothing.startswith("Ändringen är sparad. Inget mejl går, för rubrik, program")
    assert save(place="Lund") == ["Ändringen är sparad. 2 mejl är på väg."]
    assert "This is new: the title." in outbox.last(ENGLISH).text


def test_at_night_hr_reads_when_it_goes_and_of_a_draft_nobody_is_told(
    browser: Browser, make: Make, outbox: Outbox
) -> None:
    with time_machine.travel(NIGHT):
        made, _swedish, _english = coming(make, outbox)
        hr = browser.as_(make.staff(Role.HR))
        page = hr.get("events.edit", public_id=made.public_id)
        page = page.submit("Spara", agenda="08.00 Kaffe", tells="y")
        assert page.flashes == ["Ändringen är sparad. 2 mejl går 19 mars 08.30."]
        assert outbox.letters() == []
        draft = event(make, is_open=False)
        assert "Skicka ett mejl om ändringen" not in hr.get(
            "events.edit", public_id=draft.public_id
        )


@pytest.mark.usefixtures("by_day")
@pytest.mark.parametrize(("scope", "number"), [("one", 2), ("all", 3)])
def test_of_a_series_hr_sees_how_many_are_told_of_one_date_and_of_all(
    browser: Browser, make: Make, outbox: Outbox, scope: str, number: int
) -> None:
    dates, (one, two, english) = series(make, 27, 34), guests(make, 3)
    with make.work():
        db.session.get_one(Person, english.person_id).language = "en"
    for date, who in ((0, one), (1, one), (1, two), (2, english)):
        says(make, dates[date], who)
    outbox.clear()
    page = browser.as_(make.staff(Role.HR)).get("events.edit", public_id=dates[1].public_id)
    assert "Just nu är det 2 personer för det här datumet och 3 personer för alla" in page
    assert "Just nu är det 0 personer för det här datumet och 1 person för alla" in page
    numbers = [one.split(" till ")[1] for one in page.texts(".choice small")[-2:]]
    assert numbers == ["2 personer", "3 personer"]
    page = page.submit("Spara", place="Lund", scope=scope)
    assert page.flashes == [f"Ändringen är sparad. {number} mejl är på väg."]
    assert len(outbox.letters()) == number


def test_the_audit_names_the_texts_that_were_told_of_and_not_what_they_say(
    inside: Flask, make: Make
) -> None:
    made = event(make)
    says(make, made, guests(make, 1)[0])
    for tells in (False, True):
        with make.work():
            more = {"title": f"Lunch {tells}", "directions": f"Buss {tells}"}
            services.change(made.id, plan(**more), tells=tells, by=SYSTEM)
    query = db.select(AuditEntry).filter_by(action="event.changed").order_by(AuditEntry.seq)
    silent, told = (one.detail for one in db.session.scalars(query))
    assert "texts" not in silent
    assert '"texts":"title, directions"' in told
    assert "Lunch" not in told
