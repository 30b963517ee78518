"""What stands over the questions of a section: HR's own words, as a new version (§1)."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from alumni_portal.accounts.models import Account
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.models import GuideVersion, Reach, Track
from alumni_portal.exit_interviews.rules.guide import Section, read, stored
from alumni_portal.exit_interviews.rules.shipped import SHIPPED
from tests.exit_interviews.making import asked
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make
from tests.support.page import Page

PLACE = "/exit-interviews/guides/questionnaire"
FIRST = SHIPPED[Track.QUESTIONNAIRE].sections[0]
TITLE, LEAD = f"section-{FIRST.code}-title", f"section-{FIRST.code}-lead"
CHANGED = {
    f"{TITLE}-sv": "Varför du går",
    f"{TITLE}-en": "Why you go",
    f"{LEAD}-sv": "Ta den tid du behöver.",
    f"{LEAD}-en": "Take the time you need.",
}


@pytest.fixture
def hr(make: Make) -> Account:
    return make.staff(Role.HR)


def save(page: Page, fields: dict[str, Any]) -> Page:
    return page.submit("Spara som ny version", **fields)


def first(app: Flask) -> Section:
    with app.app_context():
        return read(services.version_in_use(Track.QUESTIONNAIRE).content).sections[0]


def test_title_and_lead_are_changed_and_asked_in_both_languages(
    app: Flask, browser: Browser, make: Make, outbox: Outbox, hr: Account
) -> None:
    before = asked(make, outbox, name="Kim Ask")
    page = save(browser.as_(hr).go(PLACE), CHANGED)
    assert "En ny version är sparad" in page.flashes[0]
    made = first(app)
    assert (made.title.sv, made.title.en) == ("Varför du går", "Why you go")
    assert [one.code for one in made.questions] == [one.code for one in FIRST.questions]
    after = asked(make, outbox)
    for leaver in (before, after):
        leaver.choose(Reach.HR_ONLY)
    assert "Ta den tid du behöver." in browser.another().go(after.path)
    assert "Ta den tid du behöver." not in browser.another().go(before.path)


@pytest.mark.parametrize("field", [f"{TITLE}-sv", f"{TITLE}-en", f"{LEAD}-sv", f"{LEAD}-en"])
def test_words_in_one_language_alone_are_refused_at_their_field(
    app: Flask, browser: Browser, hr: Account, field: str
) -> None:
    page = save(browser.as_(hr).go(PLACE), {**CHANGED, field: ""})
    assert "Orden saknas. De behövs på båda språken." in page.one(f"#{field}-error").text
    kept = {name: page.value(name) for name in CHANGED}
    assert kept == {**CHANGED, field: ""}
    with app.app_context():
        assert db.session.scalars(select(GuideVersion.number)).all() == []


def test_a_lead_may_be_left_out_and_a_version_from_before_has_none(
    app: Flask, browser: Browser, hr: Account
) -> None:
    content = stored(SHIPPED[Track.QUESTIONNAIRE])
    for section in content["sections"]:
        del section["lead"]
    assert read(content) == SHIPPED[Track.QUESTIONNAIRE]
    page = save(browser.as_(hr).go(PLACE), CHANGED)
    save(page, {f"{LEAD}-sv": "", f"{LEAD}-en": ""})
    assert first(app).lead.sv == ""


def test_moving_a_question_keeps_the_words_over_it(browser: Browser, hr: Account) -> None:
    page = browser.as_(hr).go(PLACE)
    down = next(one for one in page.buttons() if one.startswith("Flytta ner"))
    typed: dict[str, Any] = {f"{TITLE}-sv": "Varför du går"}
    page = page.submit(down, **typed)
    assert page.value(f"{TITLE}-sv") == "Varför du går"
