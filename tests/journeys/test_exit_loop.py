"""From an honest answer to a published result, over HTTP, on both databases."""

import csv
from datetime import date
from io import StringIO

import pytest
import time_machine
from flask import Flask

from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.insights.rules.population import closes_on, first_day_after, quarter_of, shifted
from alumni_portal.people.models import Person
from tests.exit_interviews.making import Asked
from tests.journeys import exits
from tests.journeys.exits import DONE, HEARD, OTHERS, PRIVATE, Place, scene
from tests.support.browser import Browser
from tests.support.letters import Outbox, run_jobs
from tests.support.make import Make, days

pytestmark = pytest.mark.both_databases
SUBJECT = "Nu har vi gjort något åt det du berättade"


def on(day: date) -> time_machine.travel:
    """Return a journey to the morning of a day."""
    return time_machine.travel(f"{day}T09:00:00+00:00", tick=True)


@pytest.fixture
def quarter() -> str:
    return quarter_of(days(24))


@pytest.fixture
def found(make: Make, outbox: Outbox, browser: Browser) -> tuple[Place, Asked]:
    """Return the place and Elin, who has answered on her phone and asked to be told."""
    place, elin = scene(make, outbox)
    page = exits.elin_answers(browser.another(), elin)
    exits.elin_asks_to_be_told(page)
    outbox.clear()
    return place, elin


def words(quarter: str) -> str:
    return f"Kv {quarter[5:]} {quarter[:4]}"


def counted(reader: Browser, quarter: str) -> dict[str, str]:
    """Return measure to number of people for the whole company, as the file says it."""
    text = reader.open(f"/insights/{quarter}.csv").get_data(as_text=True).removeprefix("\ufeff")
    lines = csv.DictReader(StringIO(text), delimiter=";")
    return {one["measure"]: one["n"] for one in lines if one["table"] == "company"}


def released(app: Flask, lead: Browser, quarter: str) -> None:
    """Let the calendar publish the quarter on its day: the lead of HR finds it there."""
    run_jobs(app)
    assert words(quarter) in lead.get("insights.figures")


def test_a_leaver_answers_and_is_counted_in_the_next_release(
    app: Flask, browser: Browser, make: Make, quarter: str, found: tuple[Place, Asked]
) -> None:
    account = make.staff(Role.HR_LEAD)
    with on(closes_on(quarter)):
        lead = browser.as_(account)
        released(app, lead, quarter)
        assert counted(lead, quarter)["answers"] == str(OTHERS), "and Elin, to the nearest five"
        reasons = lead.get("insights.figures").table("Huvudskäl att sluta, procent av svaren")
    assert reasons[0]["Skäl"] == "Arbetsbelastning"
    assert reasons[0]["Nu"] == "65 %", "41 of 61, to five points"


def test_a_manager_sees_the_own_unit_a_full_quarter_later_and_nothing_else(
    app: Flask, browser: Browser, make: Make, quarter: str, found: tuple[Place, Asked]
) -> None:
    lead, anders = make.staff(Role.HR_LEAD), make.manager_of(found[0].division)
    with on(closes_on(quarter)):
        released(app, browser.as_(lead), quarter)
        manager = browser.another().as_(anders)
        assert "Inga siffror än" in manager.get("insights.figures")
    with on(first_day_after(shifted(quarter, 1))):
        manager = browser.another().as_(anders)
        page = manager.get("insights.figures")
        assert f"Konstruktion, avslut till och med {words(quarter)}" in page
        assert "Elin" not in page
        assert exits.OPEN_TEXT not in page
        manager.get("insights.figures_csv", quarter=quarter, status=404)
        manager.get("exit_interviews.to_code", status=404)


@pytest.fixture
def anders(make: Make, found: tuple[Place, Asked]) -> str:
    """Return the public id of the division's manager."""
    account = make.manager_of(found[0].division)
    with make.work():
        return db.session.get_one(Person, account.person_id).public_id


def test_hr_codes_acts_closes_and_tells_and_who_asked_gets_a_letter(
    app: Flask,
    browser: Browser,
    make: Make,
    outbox: Outbox,
    found: tuple[Place, Asked],
    anders: str,
) -> None:
    quarter = quarter_of(days(24))
    lead, hr = make.staff(Role.HR_LEAD), browser.as_(found[1].hr)
    exits.hr_codes(hr)
    with on(closes_on(quarter)):
        released(app, browser.another().as_(lead), quarter)
        exits.hr_acts(hr.as_(found[1].hr), anders)
        exits.hr_closes(hr)
        assert DONE["done_sv"] in outbox.last(PRIVATE).text
        exits.hr_tells(hr, make)
        told = browser.another().go(outbox.last(PRIVATE).link)
        assert HEARD["heard_sv"] in told
        assert f"Hela företaget, avslut till och med {words(quarter)}" in told
        run_jobs(app)
        assert outbox.subjects(PRIVATE).count(SUBJECT) == 1
