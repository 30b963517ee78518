"""Guides and the code book: complete in both languages, changed only as a new version (§1, §3)."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from alumni_portal.accounts.models import Account
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.models import GuideVersion, Reach, Track
from alumni_portal.exit_interviews.rules.guide import Kind, Question, answer_of, read, stored
from alumni_portal.exit_interviews.rules.reasons import REASONS
from alumni_portal.exit_interviews.rules.shipped import SHIPPED
from tests.exit_interviews.making import asked
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make
from tests.support.page import Page

TOPICS = {
    Track.MANAGER: {
        "reasons",
        "tasks_open",
        "development_open",
        "climate_open",
        "worked_open",
        "not_worked_open",
        "stay_open",
        "advice_open",
        "would_return_unit",
        "would_recommend_unit",
    },
    Track.HR: {
        "reasons",
        "expectations_open",
        "workplace_open",
        "climate_open",
        "leadership_open",
        "development_open",
        "good_open",
        "less_good_open",
        "competence_open",
        "better_open",
        "would_return",
        "would_recommend",
    },
    Track.QUESTIONNAIRE: {
        "reasons",
        "workload",
        "balance",
        "leadership",
        "recognition",
        "processes",
        "would_return",
        "would_recommend",
        "stay_open",
    },
    Track.PULSE: {"reasons", "would_return", "would_recommend"},
}


def words(fields: dict[str, Any]) -> dict[str, Any]:
    """Return fields whose names are no Python names."""
    return dict(fields)


@pytest.fixture
def hr(make: Make) -> Account:
    return make.staff(Role.HR)


@pytest.mark.parametrize("track", list(Track))
def test_a_shipped_guide_is_complete_in_both_languages(track: Track) -> None:
    guide = SHIPPED[track]
    questions = list(guide.questions())
    assert TOPICS[track] <= {one.code for one in questions}
    assert len({one.code for one in questions}) == len(questions)
    for one in questions:
        assert all((one.text.sv, one.text.en))
        assert one.text.sv != one.text.en
        assert all(each.name.sv and each.name.en for each in one.options)
        assert (one.kind is Kind.TEXT) == one.code.endswith("_open")
    assert read(stored(guide)) == guide


def test_every_kind_of_question_is_asked() -> None:
    kinds = {one.kind for guide in SHIPPED.values() for one in guide.questions()}
    assert kinds == set(Kind)


def test_the_code_book_has_definitions_examples_and_both_forces() -> None:
    assert {one.is_push for one in REASONS.values()} == {True, False}
    for one in REASONS.values():
        assert all((one.definition.sv, one.definition.en, one.example.sv, one.example.en))


def question(kind: Kind) -> Question:
    return next(one for guide in SHIPPED.values() for one in guide.questions() if one.kind is kind)


@pytest.mark.parametrize(
    ("kind", "typed", "answer"),
    [
        (Kind.SCALE, ["5"], 5),
        (Kind.NUMBER, ["0"], 0),
        (Kind.TEXT, [" ja "], "ja"),
        (Kind.RANKED, ["pay", "", "pay"], ["pay"]),
        (Kind.SINGLE, ["studies"], "studies"),
        (Kind.SCALE, [""], None),
    ],
)
def test_what_is_typed_becomes_an_answer(kind: Kind, typed: list[str], answer: object) -> None:
    assert answer_of(question(kind), typed) == answer


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Kind.SCALE, "0"),
        (Kind.SCALE, "6"),
        (Kind.SCALE, "²"),
        (Kind.NUMBER, "11"),
        (Kind.NUMBER, "-1"),
        (Kind.SINGLE, "mars"),
        (Kind.RANKED, "mars"),
        (Kind.TEXT, "x" * 4001),
    ],
)
def test_what_is_not_offered_is_no_answer(kind: Kind, typed: str) -> None:
    with pytest.raises(ValueError):
        answer_of(question(kind), [typed])


def test_hr_changes_a_guide_and_answers_keep_their_version(
    app: Flask, browser: Browser, make: Make, outbox: Outbox, hr: Account
) -> None:
    elin = asked(make, outbox)
    page = browser.as_(hr).go("/exit-interviews/guides/questionnaire")
    page = page.submit(
        "Spara som ny version", **words({"workload-sv": "Jag hann andas", "note": "Klarare"})
    )
    assert "En ny version är sparad" in page.flashes[0]
    with app.app_context():
        asked_then = services.guide_of(elin.interview()).question("workload")
        asked_now = read(services.version_in_use(Track.QUESTIONNAIRE).content).question("workload")
    texts = [one.text.sv for one in (asked_then, asked_now) if one is not None]
    assert texts == ["Jag hann med mitt arbete", "Jag hann andas"]
    elin.choose(Reach.HR_ONLY)
    assert "Jag hann med mitt arbete" in browser.another().go(elin.path)


def test_a_question_without_words_is_refused_and_nothing_is_lost(
    app: Flask, browser: Browser, hr: Account
) -> None:
    page = browser.as_(hr).go("/exit-interviews/guides/hr")
    page = page.submit(
        "Spara som ny version", **words({"climate-en": "", "good_open-sv": "Vad är bäst?"})
    )
    assert "Orden saknas. De behövs på båda språken." in page
    assert page.one("#climate-en")["aria-invalid"] == "true"
    assert page.value("good_open-sv") == "Vad är bäst?"
    with app.app_context():
        assert db.session.scalars(select(GuideVersion.number)).all() == []


def test_somebody_elses_change_is_not_overwritten(browser: Browser, hr: Account) -> None:
    mine = browser.as_(hr).go("/exit-interviews/guides/pulse")
    theirs = browser.go("/exit-interviews/guides/pulse")
    theirs.submit(
        "Spara som ny version", **words({"new-sv": "Hur är det nu?", "new-en": "How is it?"})
    )
    page = mine.submit("Spara som ny version", note="Min")
    assert "Någon annan har ändrat guiden" in page


@pytest.mark.parametrize("role", [Role.MANAGER, Role.RECRUITER, Role.INTERVIEWER, Role.ADMIN])
def test_only_hr_changes_guides(browser: Browser, make: Make, role: Role) -> None:
    browser.as_(make.staff(role)).go("/exit-interviews/guides/hr", status=404)


def questions(app: Flask, track: Track) -> dict[str, Question]:
    with app.app_context():
        text = read(services.version_in_use(track).content)
    return {one.code: one for one in text.questions()}


def save(page: Page, **fields: Any) -> Page:
    return page.submit("Spara som ny version", **words(fields))


def test_hints_choices_and_the_need_to_answer_are_hr_s(
    app: Flask, browser: Browser, hr: Account
) -> None:
    page = browser.as_(hr).go("/exit-interviews/guides/questionnaire")
    before = questions(app, Track.QUESTIONNAIRE)
    single = next(one for one in before.values() if one.kind is Kind.SINGLE)
    first = single.options[0].code
    changes: dict[str, Any] = {
        "stay_open-hint-sv": "Ett ord räcker.",
        "stay_open-hint-en": "One word will do.",
        "workload-required": "1",
        f"{single.code}-option-drop": first,
        f"{single.code}-option-new1-sv": "Havet",
        f"{single.code}-option-new1-en": "The sea",
        "reasons-codes": ["pay", "career"],
    }
    page = save(page, **changes)
    assert "En ny version är sparad" in page.flashes[0]
    now = questions(app, Track.QUESTIONNAIRE)
    assert now["stay_open"].hint.sv == "Ett ord räcker."
    assert now["workload"].required
    assert first not in now[single.code].codes()
    assert now[single.code].options[-1].name.sv == "Havet"
    assert now["reasons"].codes() == {"pay", "career"}


def test_a_question_moves_with_what_was_typed_and_nothing_is_stored_before_saving(
    app: Flask, browser: Browser, hr: Account
) -> None:
    page = browser.as_(hr).go("/exit-interviews/guides/pulse")
    before = list(questions(app, Track.PULSE))
    down = next(one for one in page.buttons() if one.startswith("Flytta ner"))
    page = page.submit(down, **words({"would_return-sv": "Kommer du tillbaka?"}))
    assert "Ordningen gäller när du har sparat" in page
    assert page.value("would_return-sv") == "Kommer du tillbaka?"
    assert list(questions(app, Track.PULSE)) == before
    save(page)
    after = list(questions(app, Track.PULSE))
    assert after[:2] == [before[1], before[0]]


def test_a_retired_question_can_come_back_with_its_code(
    app: Flask, browser: Browser, hr: Account
) -> None:
    page = browser.as_(hr).go("/exit-interviews/guides/pulse")
    page = save(page, drop="would_return")
    assert "would_return" not in questions(app, Track.PULSE)
    save(page, restore="would_return")
    assert "would_return" in questions(app, Track.PULSE)


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"stay_open-hint-sv": "Ett ord."}, "stay_open-hint-en", "Orden saknas"),
        ({"reasons-codes": ["pay"]}, "reasons-options", "minst två val"),
        ({"new-sv": "Hur?", "new-kind": "scale"}, "new-en", "Orden saknas"),
        (
            {"new-sv": "A", "new-en": "B", "new-kind": "single", "new-option-new1-sv": "C"},
            "new-option-new1-en",
            "Orden saknas",
        ),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    app: Flask, browser: Browser, hr: Account, fields: dict[str, Any], field: str, said: str
) -> None:
    page = save(browser.as_(hr).go("/exit-interviews/guides/questionnaire"), **fields)
    assert said in page.one(f"#{field}-error").text
    with app.app_context():
        assert db.session.scalars(select(GuideVersion.number)).all() == []


def test_a_question_that_must_be_answered_holds_sending_in_and_nothing_else(
    browser: Browser, make: Make, outbox: Outbox, hr: Account
) -> None:
    page = browser.as_(hr).go("/exit-interviews/guides/questionnaire")
    save(page, **{"workload-required": "1"})
    elin = asked(make, outbox)
    elin.choose(Reach.HR_ONLY)
    hers = browser.another()
    assert hers.go(elin.path).submit("Spara och fortsätt senare", balance="2").flashes == [
        "Sparat."
    ]
    page = hers.go(elin.path).submit("Lämna in svaren", balance="3")
    assert "Den här frågan behövs för att lämna in." in page
    page = page.submit("Lämna in svaren", workload="3")
    assert page.flashes == ["Tack! Svaren är inlämnade."]
