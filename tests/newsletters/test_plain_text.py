"""Plain text and blocks for some: made from the blocks until written by hand, sent as previewed."""

from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from flask import Flask

from alumni_portal.core.permissions import Role
from alumni_portal.mail.rules import loose_marks
from alumni_portal.newsletters.queries import Kind
from alumni_portal.newsletters.rules import as_text
from alumni_portal.newsletters.services import Block, Only
from tests.events.making import event
from tests.newsletters.making import NEWS, content, letter, now, reader, text_block
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make

BEHIND = "Blocken har ändrats sedan den rena texten skrevs"


@pytest.fixture
def hr(browser: Browser, make: Make) -> Browser:
    return browser.as_(make.staff(Role.HR))


@pytest.mark.both_databases
def test_what_is_written_by_hand_is_kept_sent_and_made_anew(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    reader(make)
    made = letter(app)
    where: Any = {"public_id": made.public_id, "spoken": "sv"}
    page = hr.get("newsletters.text", **where)
    assert "Görs av blocken" in page
    assert page.value("text") == "Hej {{first_name}}! Nu är stationen klar."
    page = page.submit("Spara texten", text="Kära {{first_name}}, stationen är klar.")
    assert "Ändrad för hand" in page
    hr.get("newsletters.edit", public_id=made.public_id).submit("Spara", subject_sv="Nytt ämne")
    assert now(app, made).content.texts["sv"].text.startswith("Kära")
    assert "Kära Karin" in hr.open(f"/newsletters/{made.public_id}/preview?look=text").text
    hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 1 person")
    got = outbox.last("anna@post.example")
    assert "Kära Anna, stationen är klar." in got.text
    assert "Hej Anna!" in got.html
    assert got.find(r"Sluta få brevet: (\S+)")


#: What stands in a block, and how it reads in a mail without style.
WRITTEN = [
    ("Nu är **stationen** *helt* klar.", "Nu är stationen helt klar."),
    ("# Klart\n\nSå var det.", "Klart\n=====\n\nSå var det."),
    ("### Klart", "Klart\n-----"),
    ("- ett\n- **två**\n  - inre", "- ett\n- två\n  - inre"),
    ("* ett\n\n* två", "- ett\n\n- två"),
    ("3. tre\n4. fyra", "3. tre\n4. fyra"),
    ("> Tack!\n> Allihop", "> Tack!\n> Allihop"),
    ("Läs [*mer*](https://a.example) nu", "Läs mer [1] nu\n\n[1] https://a.example"),
    ("[Läs mer](https://a.example/?b=1&c=2)", "Läs mer: https://a.example/?b=1&c=2"),
    ("Se <https://a.example>.", "Se https://a.example."),
    ("Fråga [a@b.example](mailto:a@b.example).", "Fråga a@b.example."),
    ("[Rör](ftp://a.example) inte [detta](//b.example)", "Rör inte detta"),
    ("![Bron i snö](https://a.example/bro.png)", "Bron i snö"),
    (r"5 \* 3 & `kod_x`  " + "\nny rad", "5 * 3 & kod_x\nny rad"),
    ("Hej {{first_name}}!", "Hej {{first_name}}!"),
    ("Ett\n\n---\n\nTvå", f"Ett\n\n{'-' * 20}\n\nTvå"),
    ("", ""),
]


@pytest.mark.parametrize(("written", "plain"), WRITTEN)
def test_marks_of_the_editor_are_not_read_out(written: str, plain: str) -> None:
    assert as_text(written, count(1)) == plain


def test_links_are_numbered_through_the_whole_letter(app: Flask, hr: Browser) -> None:
    one, two = (text_block(f"Läs [{n}](https://{n}.example) nu.") for n in ("a", "b"))
    made = letter(app, content(one, two))
    shown = hr.open(f"/newsletters/{made.public_id}/preview?look=text").text
    assert "Läs a [1] nu.\n\n[1] https://a.example" in shown
    assert "Läs b [2] nu.\n\n[2] https://b.example" in shown


def test_the_button_makes_it_anew_and_changed_blocks_are_told(app: Flask, hr: Browser) -> None:
    made = letter(app)
    page = hr.get("newsletters.text", public_id=made.public_id, spoken="sv")
    page.submit("Spara texten", text="Egen text.")
    block = now(app, made).content.blocks[0].id
    edit = hr.get("newsletters.edit", public_id=made.public_id)
    assert BEHIND not in edit
    typed: Any = {f"b-{block}-text_sv": "Något nytt"}
    assert BEHIND in edit.submit("Spara", **typed)
    page = hr.get("newsletters.text", public_id=made.public_id, spoken="sv")
    page = page.submit("Gör om av blocken")
    assert page.value("text") == "Något nytt"
    assert now(app, made).content.texts == {}


def test_the_same_as_the_blocks_is_not_kept(app: Flask, hr: Browser) -> None:
    made = letter(app)
    hr.get("newsletters.text", public_id=made.public_id, spoken="sv").submit("Spara texten")
    assert now(app, made).content.texts == {}
    hr.get("newsletters.text", public_id=made.public_id, spoken="en", status=404)


def test_a_colleagues_text_is_not_written_over(app: Flask, hr: Browser, make: Make) -> None:
    made = letter(app)
    page = hr.get("newsletters.text", public_id=made.public_id, spoken="sv")
    theirs = hr.another().as_(make.staff(Role.HR))
    other = theirs.get("newsletters.text", public_id=made.public_id, spoken="sv")
    other.submit("Spara texten", text="Kollegans text")
    page = page.submit("Spara texten", text="Min text")
    assert "Utkastet har ändrats sedan du öppnade det" in page
    assert "Kollegans text" in page
    assert page.value("text") == "Min text"
    assert now(app, made).content.texts["sv"].text == "Kollegans text"
    page.submit("Spara texten")
    assert now(app, made).content.texts["sv"].text == "Min text"


def test_an_unknown_field_in_the_text_keeps_the_letter_back(app: Flask, hr: Browser) -> None:
    made = letter(app)
    page = hr.get("newsletters.text", public_id=made.public_id, spoken="sv")
    page.submit("Spara texten", text="Hej {{lön}} {{hemligt}}")
    page = hr.get("newsletters.edit", public_id=made.public_id)
    assert "Fältet ”hemligt” finns inte" in page


#: What is written → the marks that stand alone.
CONDITIONS = [
    ("Hej {{first_name}}", []),
    ("{{#unit}}a{{/unit}} {{^unit}}b{{/unit}}", []),
    ("{{#unit}}{{#name}}a{{/name}}{{/unit}}", []),
    ("{{#unit}}a", ["{{#unit}}"]),
    ("a{{/unit}}", ["{{/unit}}"]),
    ("{{#unit}}{{#name}}a{{/unit}}{{/name}}", ["{{#unit}}", "{{/unit}}"]),
    ("{{#Unit}} {{^ unit}} {{#}}", []),
]


@pytest.mark.parametrize(("written", "loose"), CONDITIONS)
def test_marks_that_stand_alone_are_found(written: str, loose: list[str]) -> None:
    assert loose_marks(written) == loose


def test_a_condition_that_is_not_closed_keeps_the_letter_back(app: Flask, hr: Browser) -> None:
    made = letter(app)
    page = hr.get("newsletters.text", public_id=made.public_id, spoken="sv")
    assert "{{#unit}}Hälsningar från {{unit}}.{{/unit}}" in page
    page.submit("Spara texten", text="Hej! {{#unit}}Hälsa {{unit}}.")
    page = hr.get("newsletters.edit", public_id=made.public_id)
    assert "Klamrarna ”#unit” står ensamma" in page


@pytest.mark.both_databases
def test_a_block_for_those_of_a_unit_reaches_only_them(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    make.alumnus(
        "Anna Ek",
        private="anna@post.example",
        agreed_to=NEWS,
        unit=make.unit("Elkraft"),
    )
    reader(make, "Bo Ek", "bo@post.example")
    with_unit = replace(text_block("Hälsa {{unit}} från oss."), only=Only.UNIT)
    without = replace(text_block("Var arbetade du?"), only=Only.NO_UNIT)
    made = letter(app, content(text_block("Hej!"), with_unit, without))
    hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 2 personer")
    anna, bo = outbox.last("anna@post.example"), outbox.last("bo@post.example")
    for said in (anna.text, anna.html):
        assert "Hälsa Elkraft från oss." in said
        assert "Var arbetade du?" not in said
    for said in (bo.text, bo.html):
        assert "Hälsa" not in said
        assert "Var arbetade du?" in said


def test_both_ways_are_previewed_and_chosen_in_the_composer(app: Flask, hr: Browser) -> None:
    made = letter(app, content(text_block("Hälsa {{unit}}.")))
    block = now(app, made).content.blocks[0].id
    page = hr.get("newsletters.edit", public_id=made.public_id)
    typed: Any = {f"b-{block}-only": "unit"}
    page = page.submit("Spara", **typed)
    assert now(app, made).content.blocks[0].only is Only.UNIT
    path = f"/newsletters/{made.public_id}/preview"
    assert "Hälsa Station och ställverk." in hr.open(path).text
    assert "Hälsa" not in hr.open(path + "?unit=none").text
    assert "Okänd" in page


def test_addresses_in_the_text_are_plain_to_write_and_personal_when_sent(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    reader(make)
    meeting = event(make)
    block = Block(id="traffar", kind=Kind.EVENTS, refs=(meeting.public_id,))
    made = letter(app, content(text_block(), block))
    page = hr.get("newsletters.text", public_id=made.public_id, spoken="sv")
    plain = f"{hr.base_url}/events/{meeting.public_id}"
    assert plain in page.value("text")
    assert "{{#" not in page.value("text")
    page.submit("Spara texten", text=f"Kom! {plain} och {plain}x")
    hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 1 person")
    text = outbox.last("anna@post.example").text
    assert "/from-letter/" in text
    assert f"Kom! {plain} " not in text
    assert f"{plain}x" in text
