"""The leaver on a phone: sees who reads, chooses, answers, changes, takes back (§2)."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from alumni_portal.core.db import db
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.models import Answer, Interview, Reach
from alumni_portal.exit_interviews.rules.codebook import Words
from alumni_portal.exit_interviews.rules.guide import GuideText, Kind, Question, Section
from alumni_portal.exit_interviews.views.form import parts
from tests.exit_interviews.making import Asked, asked
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make

ANSWERS: dict[str, Any] = {
    "workload": "2",
    "reasons-1": "career",
    "reasons-2": "pay",
    "stay_open": "En väg till specialist.",
}


@pytest.fixture
def elin(make: Make, outbox: Outbox) -> Asked:
    return asked(make, outbox)


def test_before_the_first_question_the_leaver_sees_who_reads_and_the_group_size(
    browser: Browser, elin: Asked
) -> None:
    page = browser.go(elin.path)
    assert page.heading == "Berätta hur det har varit, Elin"
    assert "Petra Öhrn" in page
    assert "minst 5 har svarat" in page
    assert "Sedan hittar ingen dem" in page
    assert not page.all("input[name=workload]")


def test_a_leaver_answers_a_part_and_comes_back_to_the_rest(browser: Browser, elin: Asked) -> None:
    page = browser.go(elin.path).submit("Börja svara", reach="hr_only")
    page = page.submit(
        "Spara och fortsätt senare",
        **ANSWERS,
    )
    assert page.flashes == ["Sparat."]
    again = browser.another().go(elin.path)
    assert again.one("input[name=workload][checked]")["value"] == "2"
    assert again.one("input[name=reasons-2][checked]")["value"] == "pay"
    assert "En väg till specialist." in again


def test_one_answer_is_saved_alone(app: Flask, browser: Browser, elin: Asked) -> None:
    elin.choose(Reach.HR_ONLY)
    elin.save(workload="2", balance="4")
    page = browser.go(elin.path)
    data = {"csrf_token": page.value("csrf_token"), "asked": "workload", "workload": "5"}
    browser.open(elin.path, method="POST", data=data)
    with app.app_context():
        assert services.opened(elin.interview()) == {"workload": 5, "balance": 4}


def test_what_a_question_does_not_offer_is_said_at_it_and_nothing_is_stored(
    app: Flask, browser: Browser, elin: Asked
) -> None:
    elin.choose(Reach.HR_ONLY)
    page = browser.go(elin.path)
    data = {
        "csrf_token": page.value("csrf_token"),
        "asked": ["workload", "stay_open"],
        "workload": "9",
        "stay_open": "Mer tid.",
    }
    answer = browser.open(elin.path, method="POST", data=data)
    assert "Välj något av svaren som finns." in answer.text
    assert "Mer tid." in answer.text
    with app.app_context():
        assert services.opened(elin.interview()) == {}


def test_a_national_id_in_a_text_is_refused(browser: Browser, elin: Asked) -> None:
    elin.choose(Reach.HR_ONLY)
    page = browser.go(elin.path)
    answer = browser.open(
        elin.path,
        method="POST",
        data={
            "csrf_token": page.value("csrf_token"),
            "asked": "stay_open",
            "stay_open": f"Jag är {811228}-{9874}.",
        },
    )
    assert "personnummer" in answer.text


def test_open_questions_warn_and_show_another_channel(browser: Browser, elin: Asked) -> None:
    elin.choose(Reach.HR_ONLY)
    page = browser.go(elin.path)
    assert "Det här är inte visselblåsarkanalen" in page
    assert "Använd visselblåsartjänsten" in page.links()
    assert "inget om hälsa eller facket" in page


def test_a_hint_of_hrs_own_does_not_take_the_warning_away(app: Flask) -> None:
    said, hint = Words("Vad hade fått dig att stanna?", "What?"), Words("Kort räcker.", "Be brief.")
    question = Question(code="x_open", kind=Kind.TEXT, text=said, hint=hint)
    guide = GuideText(
        name=said, lead=said, sections=(Section(code="a", title=said, questions=(question,)),)
    )
    with app.test_request_context():
        page: Any = app.jinja_env.get_template("exit_interviews/questions.html").make_module()
        drawn = str(page.part(parts(guide, {})[0], 1))
    assert "Kort räcker. Skriv inga namn, och inget om hälsa" in drawn


def test_answers_are_sealed_in_the_database(app: Flask, elin: Asked) -> None:
    elin.choose(Reach.HR_ONLY)
    elin.save(stay_open="kanariefågel")
    with app.app_context():
        rows = db.session.scalars(select(Answer.value)).all()
    assert rows
    assert all(b"kanarie" not in row for row in rows)


def test_sent_in_answers_can_be_taken_back(app: Flask, browser: Browser, elin: Asked) -> None:
    elin.choose(Reach.HR_ONLY)
    page = browser.go(elin.path).submit("Lämna in svaren", workload="3")
    assert page.flashes == ["Tack! Svaren är inlämnade."]
    page.submit("Ta tillbaka alla svar")
    with app.app_context():
        assert db.session.scalars(select(Answer.question)).all() == []
        assert not elin.interview().sent_in


def test_a_foreign_link_opens_nothing(browser: Browser, elin: Asked) -> None:
    browser.go("/leaving/not-a-link/exit-interview", status=404)
    browser.go("/leaving/answers/not-a-link", status=404)


def test_answering_needs_a_choice_first(app: Flask, browser: Browser, elin: Asked) -> None:
    page = browser.go(elin.path)
    data = {"csrf_token": page.value("csrf_token"), "asked": "workload", "workload": "5"}
    browser.open(elin.path, method="POST", data=data)
    with app.app_context():
        assert db.session.scalars(select(Answer.question)).all() == []
        assert db.session.scalar(select(Interview.reach)) is None
