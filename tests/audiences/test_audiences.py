"""Audiences: who gets something and why the others do not, the same on both databases."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from alumni_portal.accounts.models import Account
from alumni_portal.audiences import queries
from alumni_portal.audiences.models import Reason, Sparing, Wanted, month_of
from alumni_portal.consents.rules import Purpose
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import Delivery, DeliveryState, Mailing
from alumni_portal.network.models import Audience as ShownTo
from alumni_portal.network.models import PersonSkill, PersonTopic, Profile, Since, Skill, Topic
from alumni_portal.people.models import EmailAddress, Person
from tests.network.making import profile
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make, days, years_ago
from tests.support.statements import counted

pytestmark = pytest.mark.both_databases
NEWS = (Purpose.MEMBERSHIP, Purpose.NEWSLETTER)


def names(wanted: Wanted) -> set[str]:
    return {one.first_name for one in queries.resolve(wanted, Purpose.NEWSLETTER).recipients}


def test_each_who_is_left_out_is_so_for_one_reason(inside: Flask, make: Make) -> None:
    make.alumnus("Anna Ek", agreed_to=NEWS)
    make.alumnus("Bo Ek", agreed_to=(Purpose.MEMBERSHIP,))
    make.alumnus("Cia Ek", agreed_to=NEWS, private="cia@post.example")
    dead = make.alumnus("Dan Ek", agreed_to=NEWS)
    back = make.alumnus("Eva Ek", agreed_to=NEWS)
    make.employment(db.session.get_one(Person, back.person_id), begins=days(-1))
    make.employee("Fia Ek")
    with make.work():
        mail.suppress("cia@post.example", "550 5.1.1 gone")
        db.session.get_one(Person, dead.person_id).died_on = clock.today()
    found = queries.resolve(Wanted(), Purpose.NEWSLETTER)
    assert [one.first_name for one in found.recipients] == ["Anna"]
    assert found.number == 1
    assert found.left_out == {
        Reason.NOT_AGREED: 1,
        Reason.SUPPRESSED: 1,
        Reason.EMPLOYED: 1,
        Reason.DECEASED: 1,
    }
    assert found.total == 5


def test_who_has_no_proved_address_is_left_out_for_that(inside: Flask, make: Make) -> None:
    anna = make.alumnus("Anna Ek", agreed_to=NEWS)
    with make.work():
        person = db.session.get_one(Person, anna.person_id)
        for one in db.session.scalars(select(EmailAddress)):
            if one.person_id == person.id:
                one.retired_at = clock.now()
    found = queries.count(Wanted(), Purpose.NEWSLETTER)
    assert found.left_out == {Reason.NO_ADDRESS: 1}


def test_a_segment_holds_those_of_a_unit_and_below_in_some_years(inside: Flask, make: Make) -> None:
    top = make.unit("Elkraft")
    below = make.unit("Stationer", parent=top)
    make.alumnus("Anna Ek", unit=below, agreed_to=NEWS, begins=years_ago(9), left=years_ago(5))
    make.alumnus("Bo Ek", unit=top, agreed_to=NEWS, begins=years_ago(3), left=years_ago(1))
    make.alumnus("Cia Ek", unit=make.unit("Ekonomi"), agreed_to=NEWS)
    this_year = clock.today().year
    assert names(Wanted(units=(top.public_id,))) == {"Anna", "Bo"}
    assert names(Wanted(units=(top.public_id,), to_year=this_year - 4)) == {"Anna"}
    assert names(Wanted(units=(top.public_id,), from_year=this_year - 2)) == {"Bo"}
    left_out = queries.count(Wanted(units=(below.public_id,)), Purpose.NEWSLETTER).left_out
    assert left_out == {Reason.OUTSIDE: 2}


def test_a_segment_holds_those_who_live_know_like_or_speak(inside: Flask, make: Make) -> None:
    anna, bo = make.alumnus("Anna Ek", agreed_to=NEWS), make.alumnus("Bo Ek", agreed_to=NEWS)
    profile(make, anna, city="Malmö")
    with make.work():
        skill = Skill(name="Python", key="python")
        db.session.add(skill)
        db.session.flush()
        known = PersonSkill(person_id=anna.person_id, skill_id=skill.id, since=Since.THEN)
        db.session.add(known)
        told = db.session.get_one(Profile, anna.person_id)
        told.city_for = told.skills_for = told.topics_for = ShownTo.RECRUITERS
        db.session.add(PersonTopic(person_id=anna.person_id, topic=Topic.GRID))
        db.session.get_one(Person, bo.person_id).language = "en"
    assert names(Wanted(places=("malmo",))) == {"Anna"}
    assert names(Wanted(skills=("python",))) == {"Anna"}
    assert names(Wanted(topics=("grid",))) == {"Anna"}
    assert names(Wanted(language="en")) == {"Bo"}
    assert names(Wanted(places=("malmo",), language="en")) == set()


@covers("S18")
def test_what_somebody_shows_to_nobody_counts_for_nobody(inside: Flask, make: Make) -> None:
    anna = make.alumnus("Anna Ek", agreed_to=NEWS)
    profile(make, anna, city="Malmö")
    with make.work():
        db.session.get_one(Profile, anna.person_id).city_for = ShownTo.ONLY_ME
    assert names(Wanted(places=("malmo",))) == set()


def test_counting_asks_once_and_listing_twice(inside: Flask, make: Make) -> None:
    make.alumnus("Anna Ek", agreed_to=NEWS)
    with counted(inside) as asked:
        queries.count(Wanted(topics=("grid",)), Purpose.NEWSLETTER)
    assert len(asked) == 1
    with counted(inside) as asked:
        queries.resolve(Wanted(units=("x",)), Purpose.NEWSLETTER)
    assert len(asked) == 2


def test_a_segment_is_saved_changed_and_thrown_away(browser: Browser, make: Make) -> None:
    browser.as_(make.staff(Role.HR))
    page = browser.get("audiences.new")
    typed: Any = {"name": "Malmö", "places": "Malmö, Lund", "to_year": "2000", "from_year": "2010"}
    assert "Det sista året" in page.submit("Spara", **typed, goal="Frukost")
    page = page.submit("Räkna utan att spara", **typed)
    assert "Det sista året ligger före det första." in page
    assert page.value("places") == "Malmö, Lund"
    assert "Fyll i det här fältet." in page.submit("Spara", to_year="2020")  # what it is for
    page = page.submit("Spara", to_year="2020", goal="Frukost")
    assert page.flashes == ["Urvalet är sparat."]
    assert page.value("places") == "malmo, lund"
    page = browser.get("audiences.new").submit("Spara", name="Malmö", goal="x")
    assert "Det finns redan ett urval med det namnet." in page
    page = browser.get("audiences.index").follow("Malmö").submit("Ja, ta bort urvalet")
    assert page.flashes == ["Urvalet är borttaget."]


def test_a_new_segment_is_counted_before_it_is_saved_and_says_who_answers_for_it(
    browser: Browser, make: Make
) -> None:
    make.alumnus("Anna Ek", agreed_to=NEWS)
    make.alumnus("Bo Ek", agreed_to=NEWS)
    english = make.alumnus("Cia Ek", agreed_to=NEWS)
    with make.work():
        db.session.get_one(Person, english.person_id).language = "en"
    browser.as_(make.staff(Role.HR, name="Maria Ask"))
    page = browser.get("audiences.new")
    assert "3 av 3 som har slutat här." in page
    page = page.submit("Räkna utan att spara", language="en")
    assert "1 av 3 som har slutat här." in page
    assert "Hör inte till urvalet 2" in page
    assert "Det är inte sparat." in page
    assert page.value("language") == "en"
    assert "Inga urval än" in browser.another().as_(make.staff(Role.HR)).get("audiences.index")
    page = page.submit("Spara", name="Engelska", goal="Brev på engelska")
    assert "Ansvarig: Maria Ask" in page
    row = browser.get("audiences.index").table("Urval")[0]
    assert (row["Används till"], row["Ansvarig"]) == ("Brev på engelska", "Maria Ask")


def test_only_hr_keeps_segments(browser: Browser, make: Make) -> None:
    browser.as_(make.staff(Role.RECRUITER)).get("audiences.index", status=404)


def test_who_got_a_mailing_lately_can_be_spared(inside: Flask, make: Make) -> None:
    anna = make.alumnus("Anna Ek", agreed_to=NEWS)
    old = make.alumnus("Bo Ek", agreed_to=NEWS)
    make.alumnus("Cia Ek", agreed_to=NEWS)
    with make.work():
        got(anna, 6)
        got(old, 8)
    asked = queries.count(Wanted(), Purpose.NEWSLETTER)
    assert (asked.number, asked.recent, asked.left_out) == (3, 1, {})
    spared = queries.resolve(Wanted(), Purpose.NEWSLETTER, sparing=Sparing(recent=True))
    assert {one.first_name for one in spared.recipients} == {"Bo", "Cia"}
    assert spared.left_out == {Reason.RECENT: 1}
    assert spared.recent == 0


#: A moment → the last day whose newsletter keeps another one from going then.
MONTHS = [
    (datetime(2026, 3, 31, 12, tzinfo=UTC), date(2026, 3, 1)),
    (datetime(2026, 3, 1, 12, tzinfo=UTC), date(2026, 2, 2)),
    (datetime(2026, 3, 3, 12, tzinfo=UTC), date(2026, 2, 4)),  # a Tuesday four weeks after one
    (datetime(2026, 3, 31, 22, 30, tzinfo=UTC), date(2026, 3, 5)),  # April by the wall clock
]


@pytest.mark.parametrize(("moment", "first"), MONTHS)
def test_a_month_is_one_of_the_calendar_and_four_weeks(moment: datetime, first: date) -> None:
    assert clock.local(month_of(moment)) == datetime.combine(first, time.min, tzinfo=clock.HOME)


def test_nobody_gets_a_second_newsletter_in_a_month(inside: Flask, make: Make) -> None:
    people = [make.alumnus(f"{name} Ek", agreed_to=NEWS) for name in ("Anna", "Bo", "Cia", "Dan")]
    anna, old, invited, waits = people
    with make.work():
        got(anna, 2, "newsletter")
        got(old, 40, "newsletter")
        got(invited, 3)
        got(waits, 1, "newsletter", DeliveryState.QUEUED)
    asked = queries.count(Wanted(), Purpose.NEWSLETTER)
    assert (asked.number, asked.second) == (4, 2)
    spared = queries.resolve(Wanted(), Purpose.NEWSLETTER, sparing=Sparing(second=True))
    assert {one.first_name for one in spared.recipients} == {"Bo", "Cia"}
    assert (spared.left_out, spared.second) == ({Reason.SECOND: 2}, 0)
    later = Sparing(second=True, at=clock.now() + timedelta(days=40))
    assert queries.count(Wanted(), Purpose.NEWSLETTER, sparing=later).number == 3


def got(
    account: Account,
    days_ago: int,
    purpose: str = "events",
    state: DeliveryState = DeliveryState.SENT,
) -> None:
    """Let somebody have got a mailing some days ago."""
    at = clock.now() - timedelta(days=days_ago)
    mailing = Mailing(kind="x/y", ref=str(days_ago), purpose=purpose, begun_by="", created_at=at)
    db.session.add(mailing)
    db.session.flush()
    row = Delivery(mailing_id=mailing.id, person_id=account.person_id, chunk=0, to_address="x")
    row.language, row.state, row.ended_at = "sv", state, at
    db.session.add(row)


def test_a_segment_asks_for_nothing_but_these() -> None:
    asked = {"units", "from_year", "to_year", "places", "skills", "topics", "language"}
    assert set(Wanted.__dataclass_fields__) == asked
