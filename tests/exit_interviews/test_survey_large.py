"""A large file of earlier interviews in the browser: jobs do the work, the page shows how far."""

import io
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import COMMAND_LINE, Role
from alumni_portal.core.transaction import unit
from alumni_portal.exit_interviews import queries
from alumni_portal.exit_interviews.models import Interview, SurveyChunk, SurveyImport, SurveyState
from alumni_portal.exit_interviews.services import survey_drafts, survey_runs
from tests.support.browser import Browser
from tests.support.forms import Given
from tests.support.make import Make
from tests.support.page import Page

pytestmark = pytest.mark.both_databases
ROWS = 2_500
Work = Callable[[], int]


def file_of(rows: int) -> bytes:
    lines = (
        f"2024-0{number % 9 + 1}-03;Egen;{'bra' if number % 2 else 'dålig'}"
        for number in range(rows - 1)
    )
    return "\n".join(["Slutdatum;Typ;Stämning", *lines, "okänt;Egen;bra"]).encode()


@pytest.fixture
def hr(browser: Browser, make: Make) -> Browser:
    return browser.as_(make.staff(Role.HR))


def sent(hr: Browser, rows: int = ROWS) -> Page:
    """Send a file and say what it means; a job checks it."""
    page = hr.get("exit_interviews.new_survey")
    page = page.submit("Gå vidare", file=FileStorage(io.BytesIO(file_of(rows)), "enkät.csv"))
    page = page.submit("Gå vidare till värdena")
    said: dict[str, Given] = {"code-0-0": "own", "code-1-0": "5", "code-1-1": "1"}
    return page.submit("Se hur filen läses", within="", expects=200, **said)


def number_of(app: Flask, model: type[Interview] | type[SurveyChunk]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_large_file_is_checked_and_stored_by_jobs(app: Flask, hr: Browser, work: Work) -> None:
    page = sent(hr)
    assert page.heading == "Filen kontrolleras"
    assert "0 av 2" in page.text.replace("\N{NO-BREAK SPACE}", " ")
    work()
    page = hr.go(page.address)
    figures = [one.replace("\N{NO-BREAK SPACE}", " ") for one in page.texts(".kpi__v")]
    assert figures == ["2 499", "1", "2 499", "0"]
    page = page.submit("Läs in")
    assert page.heading == "Filen läses in"
    assert number_of(app, Interview) == 0
    work()
    assert hr.go(page.address).heading == "Tidigare avgångssamtal"
    assert (number_of(app, Interview), number_of(app, SurveyChunk)) == (ROWS - 1, 0)


def test_a_file_that_is_cancelled_while_it_is_checked_leaves_nothing(
    app: Flask, hr: Browser, work: Work
) -> None:
    sent(hr).follow("Avbryt och glöm filen").submit("Ta bort")
    work()
    assert (number_of(app, Interview), number_of(app, SurveyChunk)) == (0, 0)


def test_a_file_that_is_cancelled_before_it_is_stored_leaves_nothing(
    app: Flask, hr: Browser, work: Work
) -> None:
    page = sent(hr)
    work()
    page = hr.go(page.address).submit("Läs in")
    page.follow("Avbryt och glöm filen").submit("Ta bort")
    work()
    assert (number_of(app, Interview), number_of(app, SurveyChunk)) == (0, 0)


def test_a_large_file_that_is_taken_back_counts_no_longer_and_is_deleted_by_a_job(
    app: Flask, hr: Browser, work: Work
) -> None:
    page = sent(hr)
    work()
    hr.go(page.address).submit("Läs in")
    work()
    page = hr.get("exit_interviews.surveys").follow("Ta bort enkät.csv").submit("Ta bort")
    assert page.flashes == [f"{ROWS - 1} inlästa samtal är borttagna."]
    with app.app_context():
        assert queries.release_rows(until=clock.today()) == []
    work()
    assert number_of(app, Interview) == 0


def test_a_try_that_broke_off_leaves_nothing_that_counts_and_the_next_begins_anew(
    app: Flask, large: SurveyImport
) -> None:
    """Rows stand there and count for nobody until the last of them is stored."""
    ref = large.public_id

    def break_off(stored: int) -> None:
        if stored >= 4_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store(ref, watch=break_off)
    assert number_of(app, Interview) == 4_000
    assert queries.release_rows(until=clock.today()) == []
    store(ref)
    assert number_of(app, Interview) == len(queries.release_rows(until=clock.today())) == 19_999


def store(ref: str, watch: Callable[[int], None] = lambda _: None) -> None:
    survey_runs.store_by_pieces(ref, keep=lambda: None, watch=watch, done=lambda: None)


def test_twice_yes_is_once_and_a_changed_mapping_is_checked_again(
    app: Flask, hr: Browser, work: Work
) -> None:
    page = sent(hr)
    work()
    page = hr.go(page.address)
    page.submit("Läs in")
    assert page.submit("Läs in").heading == "Filen läses in"
    work()
    assert number_of(app, Interview) == ROWS - 1


def test_what_is_not_checked_as_it_is_mapped_now_is_not_stored(hr: Browser, work: Work) -> None:
    page = sent(hr)
    work()
    address = page.address
    hr.go(address.replace("/check", "/columns")).submit("Gå vidare till värdena")
    assert hr.go(address).heading == "Vad betyder värdena?"


def test_a_day_later_it_is_forgotten_with_its_rows(app: Flask, hr: Browser, work: Work) -> None:
    sent(hr)
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        work()
    assert number_of(app, SurveyChunk) == 0


@pytest.fixture
def large(app: Flask) -> Iterator[SurveyImport]:
    with app.app_context():
        with unit():
            draft = survey_drafts.receive(io.BytesIO(file_of(20_000)), "x.csv", by=COMMAND_LINE)
            mapping = survey_drafts.mapping_of(draft)
            codes = {"Typ": {"egen": "own"}, "Stämning": {"bra": "5", "dålig": "1"}}
            survey_drafts.give_meaning(draft, codes)
        assert mapping.columns
        yield draft


def test_memory_does_not_grow_with_the_file(large: SurveyImport) -> None:
    """20,000 rows are 1 MB as text; all of them as rows in memory were some 20 MB."""
    tracemalloc.start()
    try:
        found = survey_runs.check(large)
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (found.accepted, found.rejected_rows) == (19_999, 1)
    assert most < 4_000_000


def test_a_run_says_what_it_found_the_same_afterwards(large: SurveyImport) -> None:
    found = survey_runs.check(large)
    with unit():
        survey_runs.note_checked(large, found)
    assert survey_runs.checked(large) == found
    assert large.state is SurveyState.DRAFT
