"""A leaver's own words for everybody (A9): a yes, two who redact, ten comments behind the theme."""

import pytest
from flask import Flask
from sqlalchemy import select, update

from alumni_portal.core.audit import AuditEntry
from alumni_portal.core.db import db
from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.permissions import COMMAND_LINE, SYSTEM, Role
from alumni_portal.exit_interviews.models import Reach
from alumni_portal.insights import queries, services
from alumni_portal.insights.models import Action, Publication, Release
from alumni_portal.insights.rules import texts
from alumni_portal.insights.rules.draft import worked_out
from alumni_portal.insights.rules.telltales import print_of
from tests.exit_interviews.making import Asked, asked
from tests.exit_interviews.test_redacting import CLEAN, SAID, cleaned, close, code_as_all
from tests.insights.leavers import QUARTER, row
from tests.insights.making_actions import WORDS, action, backed, released
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make
from tests.support.page import Page

TOLD = services.Told(**WORDS)  # type: ignore[arg-type]  # texts by name
USE, NONE = "Använd i texten", "Inget att citera"


@pytest.fixture
def elin(app: Flask, browser: Browser, make: Make, outbox: Outbox) -> Asked:
    """Return a leaver who may be quoted on pay."""
    found = asked(make, outbox)
    found.choose(Reach.HR_ONLY)
    browser.go(found.path).submit("Lämna in svaren", stay_open=SAID, quote="stay_open")
    code_as_all(found, ["pay"])
    cleaned(app, browser, found)
    close(found)
    return found


def commented(make: Make, number: int) -> None:
    """Make a release in which so many of sixty write of pay."""
    given = [
        row(f"t{n}", quarter="2024Q1", coded=("pay",) if n < number else ("leadership",))
        for n in range(60)
    ]
    released(make, *given, quarters=["2024Q1"])
    with make.work():  # by now, everybody's quarter is released
        db.session.execute(update(Release).values(quarter="2098Q4"))


def quotes(browser: Browser, make: Make, one: Action) -> Page:
    hr = browser.another().as_(make.staff(Role.HR))
    return hr.get("insights.quotes", public_id=one.public_id)


def found(made: Action) -> Action:
    again = queries.action(made.public_id)
    assert again is not None
    return again


def test_a_quote_goes_from_the_leavers_yes_to_the_page_of_everybody(
    browser: Browser, make: Make, elin: Asked
) -> None:
    commented(make, 20)
    made, other = action(make, theme="pay"), browser.another().as_(make.staff(Role.HR))
    page = quotes(browser, make, made)
    assert CLEAN in page
    assert "Anna" not in page
    page = page.submit(f"{USE} {CLEAN}")
    assert CLEAN in page
    assert CLEAN not in browser.another().get("insights.what_changed")
    page.submit("Be en kollega godkänna", within="", expects=200, **WORDS)
    page = other.get("insights.approve", public_id=made.public_id)
    assert CLEAN in page
    page.submit("Godkänn och låt alla läsa", is_clean=True)
    for place in ("insights.what_changed", "insights.poster"):
        assert CLEAN in browser.another().get(place)


def test_that_quotes_were_read_is_noted_and_managers_never_read_them(
    browser: Browser, make: Make, elin: Asked
) -> None:
    commented(make, 20)
    made = action(make, theme="pay")
    quotes(browser, make, made)
    with browser.app.app_context():
        query = select(AuditEntry.detail).where(AuditEntry.action == "quotes.read")
        assert "pay" in db.session.scalars(query).one()
    manager = browser.another().as_(make.staff(Role.MANAGER))
    manager.get("insights.quotes", public_id=made.public_id, status=404)
    assert CLEAN not in manager.get("insights.action", public_id=made.public_id)


@pytest.mark.parametrize("number", [0, 9, 10])
def test_no_quote_of_a_theme_that_fewer_than_ten_write_of(
    browser: Browser, make: Make, elin: Asked, number: int
) -> None:
    commented(make, number)
    page = quotes(browser, make, action(make, theme="pay"))
    assert (CLEAN in page, NONE in page) == (number == 10, number < 10)


def test_no_quote_of_a_quarter_that_is_not_released(
    browser: Browser, make: Make, elin: Asked
) -> None:
    """One quote more on the day after somebody's form was read would be theirs (A2)."""
    commented(make, 20)
    with make.work():
        db.session.execute(update(Release).values(quarter="2024Q1"))
    assert NONE in quotes(browser, make, action(make, theme="pay"))


def test_nothing_that_is_not_allowed_is_put_in(app: Flask, make: Make, elin: Asked) -> None:
    commented(make, 20)
    made = action(make, theme="leadership")
    for mark in (services.mark_of(CLEAN), services.mark_of(SAID), "x"):
        with make.work(), pytest.raises(NotFound):
            services.quote(found(made), mark, by=SYSTEM)


def quoted(make: Make, *, is_published: bool = True) -> Action:
    commented(make, 20)
    made = action(make, theme="pay")
    with make.work():
        services.quote(found(made), services.mark_of(CLEAN), by=SYSTEM)
        services.ask_approval(found(made), TOLD, by=SYSTEM)
    if is_published:
        with make.work():
            seen = print_of({**WORDS, "quote": CLEAN})
            services.approve(found(made), seen=seen, by=COMMAND_LINE)
    return made


@pytest.mark.both_databases
def test_a_quote_is_gone_when_its_answer_is(browser: Browser, make: Make, elin: Asked) -> None:
    quoted(make)
    with make.work():
        assert services.drop_gone() == 0
        elin.interview().withdrawn = True
    with make.work():
        services.forget([], by=SYSTEM)
    told = browser.another().get("insights.what_changed")
    assert CLEAN not in told
    assert WORDS["done_sv"] in told
    with make.work():
        assert db.session.scalars(select(Publication.quote)).all() == [""]


def test_a_quote_that_may_no_longer_be_used_is_not_approved(
    app: Flask, make: Make, elin: Asked
) -> None:
    made = quoted(make, is_published=False)
    with make.work():
        elin.interview().withdrawn = True
    with make.work(), pytest.raises(Refusal, match="får inte användas längre"):
        services.approve(found(made), seen=print_of({**WORDS, "quote": CLEAN}), by=COMMAND_LINE)


def test_a_quote_is_part_of_what_the_second_person_has_read(
    app: Flask, make: Make, elin: Asked
) -> None:
    made = quoted(make, is_published=False)
    with make.work(), pytest.raises(Exception, match="ändrats sedan"):
        services.approve(found(made), seen=print_of(WORDS), by=COMMAND_LINE)


def test_three_leavers_have_named_a_theme_in_answers_of_their_own() -> None:
    """Each once (A1), whether as a reason or in comments; who kept silent named nothing."""
    given = [
        row("t1", reasons=("pay", "balance"), coded=("pay",)),
        row("t2", reasons=("leadership",), coded=("pay",)),
        row("t3", reasons=("balance", "pay"), coded=("climate", "balance")),
        row("t4", reasons=("balance",), coded=("climate",)),
        row("t4", quarter="2026Q2", reasons=("climate",)),
        row("t5", answered=False, coded=("climate",)),
    ]
    assert worked_out(given, QUARTER).voiced == {"pay", "balance"}
    assert texts.voiced([{"pay"}, {"pay"}]) == frozenset()


def test_ten_people_without_three_answers_are_not_told_of(inside: Flask, make: Make) -> None:
    made = action(make)
    backed(make)
    assert queries.backing(found(made)) is not None
    with make.work():
        db.session.execute(update(Release).values(voiced=["pay"]))
    with make.work(), pytest.raises(Refusal, match="minst tre ska ha nämnt det"):
        services.ask_approval(found(made), TOLD, by=SYSTEM)


@pytest.mark.parametrize(
    ("people", "is_voiced", "may"), [(10, True, True), (9, True, False), (10, False, False)]
)
def test_a_text_needs_ten_people_and_three_answers(
    people: int, *, is_voiced: bool, may: bool
) -> None:
    assert texts.may_be_written(people=people, is_voiced=is_voiced) is may
