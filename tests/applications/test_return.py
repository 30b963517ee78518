"""The return: one person, a new employment, and from its first day all of DESIGN §7.11."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from time_machine import travel

from alumni_portal.accounts.queries import roles_of
from alumni_portal.applications.models import Stage
from alumni_portal.consents.models import Act, ConsentEntry
from alumni_portal.consents.queries import agreed, is_member
from alumni_portal.consents.rules import Purpose
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.permissions import Role
from alumni_portal.network.models import DirectoryEntry
from alumni_portal.openings.models import Opening, OpeningState
from alumni_portal.people.models import Employment
from alumni_portal.people.queries import is_employed, timeline
from tests.applications.making import Scene, apply, hire, load, person, put, scene
from tests.support.browser import Browser
from tests.support.hours import on_day
from tests.support.letters import run_jobs
from tests.support.make import Make, days

FIRST_DAY = 40
Work = Callable[[], int]


@pytest.fixture
def here(make: Make) -> Scene:
    return scene(make)


@pytest.fixture
def hired(make: Make, here: Scene) -> str:
    """Return an application that led to an employment which begins in forty days."""
    ref = apply(make, here.amira, here.opening)
    put(make, ref, Stage.HIRED)
    return ref


def later(number: int) -> travel:
    return on_day(days(number))


def in_directory(who: Scene) -> bool:
    query = select(DirectoryEntry).where(DirectoryEntry.person_id == who.amira.person_id)
    return db.session.scalar(query) is not None


@pytest.mark.both_databases
def test_the_new_employment_is_the_same_persons(app: Flask, here: Scene, hired: str) -> None:
    with app.app_context():
        found = load(hired)
        periods = timeline(here.amira.person_id)
        assert [one.title for one in periods] == ["Projektledare", "Projektledare"]
        assert (periods[1].begins_on, periods[1].ends_on) == (days(FIRST_DAY), None)
        assert found.employment_id is not None
        assert found.opening.state is OpeningState.FILLED


@pytest.mark.both_databases
def test_until_the_day_before_everything_is_as_it_was(
    app: Flask, browser: Browser, here: Scene, hired: str
) -> None:
    with later(FIRST_DAY - 1):
        run_jobs(app)
        with app.app_context():
            assert is_member(here.amira.person_id)
            assert in_directory(here)
            assert agreed(Purpose.MEMBERSHIP, [here.amira.person_id])
        page = browser.as_(here.amira).get("home.alumnus")
        assert page.heading == "Hej igen, Amira"
        page = browser.get("applications.status", public_id=hired)
        assert page.heading == "Välkommen tillbaka!"


@pytest.mark.both_databases
def test_from_the_first_day_before_any_job_has_run_nothing_stands(
    app: Flask, browser: Browser, make: Make, here: Scene, hired: str
) -> None:
    with later(FIRST_DAY):
        with app.app_context():
            assert is_employed(here.amira.person_id)
            assert agreed(Purpose.MEMBERSHIP, [here.amira.person_id]) == set()
        other = browser.as_(make.alumnus("Oskar Lindmark"))
        assert "Amira Haddad" not in other.get("network.directory")


@pytest.mark.both_databases
def test_the_first_days_work_closes_what_stood_and_the_account_keeps_its_own(
    app: Flask, browser: Browser, here: Scene, hired: str
) -> None:
    with later(FIRST_DAY):
        run_jobs(app)
        with app.app_context():
            assert not in_directory(here)
            last = select(ConsentEntry.act).where(ConsentEntry.person_id == here.amira.person_id)
            acts = db.session.scalars(last.order_by(ConsentEntry.id)).all()
            assert acts == [Act.GIVEN, Act.CLOSED]
            assert Role.ALUMNUS not in roles_of(here.amira.id)
        page = browser.as_(here.amira).get("applications.own")
        assert page.follow("Projektledare stationer").heading == "Välkommen tillbaka!"
        assert browser.get("accounts.account").heading


def test_a_returner_who_begins_today_leaves_the_network_at_once(
    app: Flask, make: Make, here: Scene
) -> None:
    ref = apply(make, here.amira, here.opening)
    put(make, ref, Stage.OFFER)
    hire(make, ref, 0)
    with app.app_context():
        assert not is_member(here.amira.person_id)
        assert not in_directory(here)


@pytest.mark.parametrize("first", [-1, 400])
def test_a_first_day_lies_between_today_and_a_year_from_now(
    make: Make, inside: Flask, here: Scene, first: int
) -> None:
    ref = apply(make, here.amira, here.opening)
    put(make, ref, Stage.OFFER)
    with pytest.raises(Refusal) as refused:
        hire(make, ref, first)
    assert refused.value.field == "first_day"
    assert load(ref).stage is Stage.OFFER


def test_nobody_is_employed_twice_at_once(make: Make, inside: Flask, here: Scene) -> None:
    ref = apply(make, here.amira, here.opening)
    put(make, ref, Stage.OFFER)
    make.employment(person(here.amira), begins=days(10))
    with pytest.raises(Refusal, match="redan anställd"):
        hire(make, ref)


def test_a_number_that_begins_that_day_is_refused_at_its_field(
    make: Make, inside: Flask, here: Scene
) -> None:
    ref = apply(make, here.amira, here.opening)
    put(make, ref, Stage.OFFER)
    taken = make.employment(make.person("Per Nyström"), begins=days(FIRST_DAY))
    with pytest.raises(Conflict) as refused:
        hire(make, ref, number=taken.number)
    assert refused.value.field == "number"


@pytest.mark.both_databases
def test_seats_are_filled_once_each(app: Flask, make: Make, here: Scene) -> None:
    with make.work():
        db.session.get_one(Opening, here.opening.id).seats = 2
    names = ("Oskar Lindmark", "Farah Mohammadi", "Erik Sandell")
    refs = [apply(make, make.alumnus(name), here.opening) for name in names]
    for ref in refs:
        put(make, ref, Stage.OFFER)
    for place, state in enumerate((OpeningState.PUBLISHED, OpeningState.FILLED)):
        hire(make, refs[place], number=f"R{place}")
        with app.app_context():
            assert db.session.get_one(Opening, here.opening.id).state is state
    with pytest.raises(Refusal, match="tillsatta"):
        hire(make, refs[2], number="R2")
    with app.app_context():
        rows = select(Employment).where(Employment.number.startswith("R"))
        assert len(db.session.scalars(rows).all()) == 2
