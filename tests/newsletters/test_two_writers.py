"""Two who write in one draft: the later one is told, sees both, and loses nothing typed."""

from typing import Any

import pytest
from flask import Flask

from alumni_portal.core.permissions import Role
from alumni_portal.newsletters.models import Newsletter
from alumni_portal.newsletters.rules import differences
from alumni_portal.newsletters.services import Block, Content, Head, Said
from tests.newsletters.making import content, letter, now, text_block
from tests.support.browser import Browser
from tests.support.make import Make

pytestmark = pytest.mark.both_databases
OVERTAKEN = "Utkastet har ändrats sedan du öppnade det"


@pytest.fixture
def hr(browser: Browser, make: Make) -> Browser:
    return browser.as_(make.staff(Role.HR))


@pytest.fixture
def colleague(browser: Browser, make: Make) -> Browser:
    return browser.another().as_(make.staff(Role.HR))


@pytest.fixture
def made(app: Flask) -> Newsletter:
    return letter(app, content(text_block("Först")))


def text_of(app: Flask, made: Newsletter) -> str:
    return str(now(app, made).content.blocks[0].says("sv").text)


def test_the_later_one_sees_both_and_decides(
    app: Flask, hr: Browser, colleague: Browser, made: Newsletter
) -> None:
    block = now(app, made).content.blocks[0].id
    page = hr.get("newsletters.edit", public_id=made.public_id)
    theirs: Any = {f"b-{block}-text_sv": "Kollegans ord"}
    colleague.get("newsletters.edit", public_id=made.public_id).submit("Spara", **theirs)
    mine: Any = {f"b-{block}-text_sv": "Mina ord", "subject_sv": "Mitt ämne"}
    page = page.submit("Spara", **mine)
    assert OVERTAKEN in page
    assert "Kollegans ord" in page
    assert page.value(f"b-{block}-text_sv") == "Mina ord"
    assert page.value("subject_sv") == "Mitt ämne"
    assert text_of(app, made) == "Kollegans ord"
    page = page.submit("Spara")
    assert OVERTAKEN not in page
    assert text_of(app, made) == "Mina ord"


@pytest.mark.parametrize("button", ["Lägg till block", "Ta bort block 1, Text"])
def test_no_other_button_writes_over_a_colleague_either(
    app: Flask, hr: Browser, colleague: Browser, made: Newsletter, button: str
) -> None:
    block = now(app, made).content.blocks[0].id
    page = hr.get("newsletters.edit", public_id=made.public_id)
    theirs: Any = {f"b-{block}-text_sv": "Kollegans ord"}
    colleague.get("newsletters.edit", public_id=made.public_id).submit("Spara", **theirs)
    assert OVERTAKEN in page.submit(button)
    assert text_of(app, made) == "Kollegans ord"
    assert len(now(app, made).content.blocks) == 1


def test_the_same_saved_twice_is_no_conflict(app: Flask, hr: Browser, made: Newsletter) -> None:
    page = hr.get("newsletters.edit", public_id=made.public_id)
    for _press in range(2):
        assert OVERTAKEN not in page.submit("Spara")
    assert OVERTAKEN not in page.submit("Spara", subject_sv="Nytt").submit(
        "Spara", subject_sv="Ett"
    )
    assert now(app, made).content.head("sv").subject == "Ett"


def test_what_differs_is_named_in_words() -> None:
    first = Block(id="a", kind=text_block().kind, said={"sv": Said(heading="Hej", text="Ett")})
    other = Block(id="b", kind=first.kind, said={"en": Said(text="Two")})
    saved = Content(heads={"sv": Head(subject="Höst")}, blocks=(first, other))
    assert differences(saved, saved) == []
    typed = Content(
        heads={"sv": Head(subject="Vår")},
        blocks=(Block(id="a", kind=first.kind, said={"sv": Said(heading="Hej", text="Tre")}),),
    )
    assert [text for _what, text in differences(saved, typed)] == ["Höst", "Ett", "Two"]
