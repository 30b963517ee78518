"""The recruiter's page: finds, explains, and shows nobody who has not said yes."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete

from alumni_portal.consents import services as consents
from alumni_portal.consents.models import How, Purpose, StandingConsent
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.network.models import Audience, Field
from alumni_portal.people import services as people
from alumni_portal.people.models import Person
from alumni_portal.rehire.models import Level
from alumni_portal.rehire.queries.ordering import Cut
from alumni_portal.rehire.queries.search import compute, search
from alumni_portal.rehire.rules import EMPTY, Order
from tests.rehire.finding import answer, candidate
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make, days
from tests.support.page import Page

CANARIES: dict[str, Any] = {
    "title": "Kanarieroll",
    "headline": "Kanarierubrik",
    "now_title": "Kanariejobb",
    "now_employer": "Kanariefirma",
    "city": "Kanariestad",
    "about": "Kanarieprosa",
}


def names(page: Page) -> list[str]:
    return page.texts(".hit h3")


@pytest.fixture
def recruiter(browser: Browser, make: Make) -> Browser:
    return browser.as_(make.staff(Role.RECRUITER, name="Sofia Lindqvist"))


@pytest.mark.both_databases
def test_a_hit_says_why_in_words_and_points(recruiter: Browser, make: Make) -> None:
    unit = make.unit("Elkraft")
    candidate(
        make,
        "Amira Haddad",
        unit=unit,
        title="Projektledare, stationer",
        city="Malmö",
        then=("Projektledning", "Stationsbyggnad", "Relä och skydd"),
        now_title="Sektionschef",
        now_employer="Nordlys Energi",
    )
    page = recruiter.get("rehire.candidates", q="projektledare elkraft malmö")
    assert names(page) == ["Amira Haddad"]
    assert "Sektionschef, Nordlys Energi, Malmö" in page
    assert "Varför träffen: 80 av 100 poäng" in page
    assert page.texts(".points li")[:6] == [
        "Samma roll hos oss: Projektledare, stationer 2018–2024 +30",
        "Kompetens: Projektledning +15",
        "Avdelning: Elkraft +15",
        "Ort: bor i Malmö +10",
        "Eget svar: Öppen för rätt roll +10",
        "Summa 80",
    ]
    assert page.texts(".tag--hit") == ["Projektledning"]


@pytest.mark.both_databases
def test_what_gave_no_points_is_told_too(recruiter: Browser, make: Make) -> None:
    candidate(make, "Daniel Kovačević", title="Ekonom", level=Level.CURIOUS)
    page = recruiter.get("rehire.candidates", q="kovacevic")
    assert "Varför träffen: 5 av 100 poäng" in page
    zero = page.texts(".points .zero")
    assert zero == [
        "Roll hos oss: Ekonom, inte sökt 0",
        "Kompetens: ingen av de sökta 0",
        "Avdelning: ingen av de sökta 0",
        "Ort: inte den sökta 0",
    ]


@covers("S24")
@pytest.mark.both_databases
def test_silence_no_and_lapsed_answers_are_not_found(recruiter: Browser, make: Make) -> None:
    candidate(make, "Letar Aktivt", level=Level.LOOKING)
    candidate(make, "Inte Nu", level=Level.NOT_NOW)
    candidate(make, "Ej Svarat", level=None)
    make.alumnus("Utan Samtycke")
    assert names(recruiter.get("rehire.candidates")) == ["Letar Aktivt"]
    with time_machine.travel(clock.now() + timedelta(days=184)):
        fresh = recruiter.another().as_(make.staff(Role.RECRUITER))
        page = fresh.get("rehire.candidates")
        assert names(page) == []
        assert "0 träffar bland 0 alumner" in page


@covers("S24")
@pytest.mark.both_databases
@pytest.mark.parametrize("how", ["consent", "answer", "employed", "dies"])
def test_who_takes_it_back_is_gone_from_the_next_search(
    recruiter: Browser, make: Make, how: str
) -> None:
    person_id = candidate(make, "Bo Berg")
    candidate(make, "Eva Ek")
    assert set(names(recruiter.get("rehire.candidates"))) == {"Bo Berg", "Eva Ek"}
    take_back(make, person_id, how)
    page = recruiter.get("rehire.candidates")
    assert names(page) == ["Eva Ek"]
    assert "1 träff bland 1 alumner" in page


def take_back(make: Make, person_id: int, how: str) -> None:
    if how == "answer":
        answer(make, person_id, Level.NOT_NOW)
        return
    with make.work():
        person = db.session.get_one(Person, person_id)
        if how == "consent":
            consents.withdraw(person, Purpose.RECRUITER_CONTACT, how=How.CONSENT_CENTRE, by=SYSTEM)
        elif how == "employed":
            make.employment(person, begins=days(0))
        else:
            people.note_death(person, on=days(-1), by=SYSTEM)


@covers("S24")
@pytest.mark.both_databases
def test_columns_that_lag_behind_show_nobody_who_withdrew(inside: Flask, make: Make) -> None:
    person_id = candidate(make, "Bo Berg")
    candidate(make, "Eva Ek")
    found = compute(EMPTY, Cut())
    assert len(found.person_ids) == 2
    with make.work():  # behind the back of the columns: the consent is gone, no change is noted
        db.session.execute(
            delete(StandingConsent).where(
                StandingConsent.person_id == person_id,
                StandingConsent.purpose == Purpose.RECRUITER_CONTACT,
            )
        )
    shown = search(EMPTY, Cut())
    assert shown.total == 2  # the columns have not heard of it
    assert [hit.name for hit in shown.hits] == ["Eva Ek"]


@pytest.mark.both_databases
def test_name_and_birth_year_change_no_count_and_no_points(inside: Flask, make: Make) -> None:
    ids = [candidate(make, f"Bo Berg{n}", title=t) for n, t in enumerate(("Chef", "Ekonom"))]
    query = replace(EMPTY, text="chef 2019", order=Order.POINTS)
    before = search(query, Cut()), search(EMPTY, Cut())
    with make.work():
        for person_id in ids:
            person = db.session.get_one(Person, person_id)
            people.rename(person, "Ngozi", f"Özil{person_id}", by=SYSTEM)
            people.note_birth_date(person, date(1957, 3, 4), by=SYSTEM)
    after = search(query, Cut()), search(EMPTY, Cut())
    for was, now in zip(before, after, strict=True):
        assert now.person_ids == was.person_ids
        assert [hit.reasons for hit in now.hits] == [hit.reasons for hit in was.hits]
        assert now.facets == was.facets


@covers("S18")
@pytest.mark.both_databases
@pytest.mark.parametrize("audience", [Audience.ONLY_ME, Audience.SAME_UNIT, Audience.ALUMNI])
def test_what_is_hidden_is_neither_shown_counted_suggested_nor_scored(
    recruiter: Browser, make: Make, audience: Audience
) -> None:
    hidden = dict.fromkeys(Field, audience)
    candidate(make, "Bo Berg", audiences=hidden, since=("Kanariekunskap",), **CANARIES)
    page = recruiter.get("rehire.candidates")
    assert names(page) == ["Bo Berg"]
    tries: list[dict[str, Any]] = [
        {"q": "kanarieroll"},
        {"skill": "kanariekunskap"},
        {"city": "kanariestad"},
    ]
    for asked in tries:
        found = recruiter.get("rehire.candidates", **asked)
        assert names(found) == []
        assert "Kanarie" not in page.html
    suggested = recruiter.open("/candidates/suggestions?q=kanar").get_json()
    assert suggested == {"suggestions": []}
