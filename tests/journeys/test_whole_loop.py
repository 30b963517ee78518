"""All the way round, over HTTP, on both databases: from HR's file to the returner's first day."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.people.models import Unit
from tests.journeys import leaving, returning, staying
from tests.journeys.leaving import WORK
from tests.support.browser import Browser
from tests.support.letters import Outbox, run_jobs
from tests.support.make import Make
from tests.support.page import Page

pytestmark = pytest.mark.both_databases


def later(days: int) -> time_machine.travel:
    """Return a journey some days on, to the afternoon: HR's mails wait in the evening."""
    day = clock.today() + timedelta(days=days)
    return time_machine.travel(datetime.combine(day, time(14), tzinfo=clock.HOME), tick=True)


def konstruktion(app: Flask) -> str:
    with app.app_context():
        return db.session.scalars(select(Unit.public_id).where(Unit.name == "Konstruktion")).one()


@pytest.fixture
def elin(app: Flask, browser: Browser, make: Make, outbox: Outbox) -> Browser:
    """Return the browser of somebody who stood in HR's file and has answered on her own page."""
    hr, elin = browser.another().as_(make.staff(Role.HR)), browser.another()
    leaving.hr_reads_the_file(hr)
    run_jobs(app)
    case = hr.get("offboarding.cases").follow("Elin Bergström")
    case.submit("Skicka länken till Elin Bergström")
    leaving.elin_answers(elin, outbox.last(WORK).link, outbox)
    outbox.clear()
    return elin


def home_on_the_day_after(app: Flask, elin: Browser, outbox: Outbox) -> Page:
    run_jobs(app)
    return leaving.elin_joins(elin, outbox)


def test_a_leaver_joins_and_sees_a_home_of_her_own(
    app: Flask, elin: Browser, outbox: Outbox
) -> None:
    with later(23):
        run_jobs(app)
        assert not leaving.welcomes(outbox), "no invitation before the last day is over"
    with later(25):
        home = home_on_the_day_after(app, elin, outbox)
        assert home.address == "/home"
        assert home.heading == "Hej igen, Elin"
        assert "Konstruktion" in home


def test_an_alumna_stays_in_touch(
    app: Flask, elin: Browser, browser: Browser, make: Make, outbox: Outbox
) -> None:
    sofia, maria = make.staff(Role.RECRUITER, name="Sofia Lindqvist"), make.staff(Role.HR)
    with later(25):
        home_on_the_day_after(app, elin, outbox)
        hr, recruiter = browser.as_(maria), browser.another().as_(sofia)
        staying.hr_sends_a_newsletter(hr)
        run_jobs(app)
        staying.elin_reads_it(elin, outbox)
        staying.hr_invites(hr)
        run_jobs(app)
        staying.elin_says_yes(elin, outbox)
        returning.recruiter_publishes(recruiter, konstruktion(app))
        staying.elin_tips_erik(elin, outbox, returning.ROLE)
        assert staying.ERIK in recruiter.get("openings.index").follow(returning.ROLE)


def test_an_alumna_is_found_asked_back_applies_and_returns(
    app: Flask, elin: Browser, browser: Browser, make: Make, outbox: Outbox
) -> None:
    sofia = make.staff(Role.RECRUITER, name="Sofia Lindqvist")
    with later(25):
        home_on_the_day_after(app, elin, outbox)
        recruiter = browser.as_(sofia)
        returning.recruiter_publishes(recruiter, konstruktion(app))
        returning.elin_is_open(elin)
        link = returning.recruiter_finds_and_writes(recruiter, outbox)
        returning.elin_is_interested(elin, link)
        returning.elin_applies(elin)
        returning.recruiter_hires(recruiter, outbox)
    with later(25 + returning.FIRST_DAY):
        run_jobs(app)
        assert not browser.as_(sofia).get("rehire.candidates", q="bergstrom").all(".hit")
        person = returning.person_page(browser.another().as_(make.staff(Role.HR)))
        assert returning.ROLE in person, "the new employment"
        assert "Elkonstruktör" in person.text.replace(returning.ROLE, ""), "and the one before"
