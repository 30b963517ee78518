"""Writing a newsletter: blocks come, move and go, and nothing typed is lost."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from werkzeug.datastructures import FileStorage

from alumni_portal.core.permissions import Role
from alumni_portal.newsletters import queries
from alumni_portal.newsletters.models import Newsletter
from alumni_portal.newsletters.queries import Kind
from alumni_portal.newsletters.services import Block
from tests.newsletters.making import content, letter, now, photo, reader, text_block
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make


@pytest.fixture
def hr(browser: Browser, make: Make) -> Browser:
    return browser.as_(make.staff(Role.HR))


def kinds(app: Flask, of: Newsletter) -> list[str]:
    return [one.kind for one in now(app, of).content.blocks]


def test_a_letter_begins_with_a_name_and_says_what_it_lacks(hr: Browser) -> None:
    page = hr.get("newsletters.new").submit("Börja skriva", title="Decemberbrevet")
    assert page.heading == "Decemberbrevet"
    assert "Ämnesrad saknas på svenska" in page
    assert "Brevet är tomt" in page
    assert "Ingen får brevet" in page


def test_blocks_are_added_moved_and_removed_and_typed_text_stays(app: Flask, hr: Browser) -> None:
    made = letter(app, content(text_block("Ett"), text_block("Två")))
    first, second = now(app, made).content.blocks
    page = hr.get("newsletters.edit", public_id=made.public_id)
    page = page.submit("Lägg till block", kind="button", subject_sv="Nytt ämne")
    assert kinds(app, made) == ["text", "text", "button"]
    assert page.value("subject_sv") == "Nytt ämne"
    typed: Any = {f"b-{first.id}-text_sv": "Ett, ändrat"}
    page = page.submit("Flytta ned block 1, Text", **typed)
    assert [one.id for one in now(app, made).content.blocks][:2] == [second.id, first.id]
    assert page.value(f"b-{first.id}-text_sv") == "Ett, ändrat"
    page.submit("Ta bort block 1, Text")
    assert [one.says("sv").text for one in now(app, made).content.blocks] == ["Ett, ändrat", ""]


def test_what_is_wrong_is_said_at_its_field_and_everything_typed_stays(
    app: Flask, hr: Browser
) -> None:
    made = letter(app, content(Block(id="knapp1", kind=Kind.BUTTON)))
    page = hr.get("newsletters.edit", public_id=made.public_id)
    typed: Any = {"b-knapp1-url": "javascript:alert(1)"}
    page = page.submit("Spara", subject_sv="Kvar", **typed)
    assert "Skriv hela adressen, den börjar med https://" in page
    assert page.value("subject_sv") == "Kvar"
    assert page.value("b-knapp1-url") == "javascript:alert(1)"
    assert now(app, made).content.head("sv").subject == "Luleå är klart"


def test_a_half_translated_letter_is_marked_and_kept_back(
    app: Flask, hr: Browser, make: Make
) -> None:
    reader(make)
    made = letter(app, content(text_block(english=False), english=True))
    page = hr.get("newsletters.edit", public_id=made.public_id)
    assert "Block 1, Text, saknas på engelska" in page
    assert "Rätta felen under Kontroller först." in page
    assert "Gå vidare och skicka" not in page
    page = hr.get("newsletters.send", public_id=made.public_id)
    assert "Brevet kan inte skickas än" in page


@covers("S37")
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_is_drawn_anew_and_says_nothing_of_where_it_was_taken(
    app: Flask, hr: Browser, kind: str
) -> None:
    made = letter(app, content(Block(id="bild1", kind=Kind.IMAGE)))
    page = hr.get("newsletters.edit", public_id=made.public_id)
    file = FileStorage(BytesIO(photo(kind)), "semester.jpg")
    typed: Any = {"b-bild1-file": file, "b-bild1-alt_sv": "En blå station"}
    page.submit("Spara", **typed)
    ref = now(app, made).content.blocks[0].picture
    answer = hr.another().open(f"/newsletters/pictures/{ref}")
    assert answer.mimetype == f"image/{kind.lower()}"
    kept = Image.open(BytesIO(answer.data))
    assert kept.size == (40, 20)
    assert not dict(kept.getexif())
    assert b"serienummer" not in answer.data


@pytest.mark.parametrize("data", [b"GIF89a....", b"", b"<svg onload='x'/>", photo()[:200]])
@covers("S37")
def test_what_is_no_picture_is_refused_and_the_rest_stays(
    app: Flask, hr: Browser, data: bytes
) -> None:
    made = letter(app, content(Block(id="bild1", kind=Kind.IMAGE)))
    page = hr.get("newsletters.edit", public_id=made.public_id)
    file = FileStorage(BytesIO(data), "bild.jpg")
    typed: Any = {"b-bild1-file": file, "b-bild1-alt_sv": "Kvar"}
    page = page.submit("Spara", **typed)
    assert "Det där är ingen bild i JPG eller PNG." in page
    assert page.value("b-bild1-alt_sv") == "Kvar"


def test_a_picture_that_was_chosen_stays_though_something_else_is_wrong(
    app: Flask, hr: Browser
) -> None:
    made = letter(app, content(Block(id="bild1", kind=Kind.IMAGE)))
    page = hr.get("newsletters.edit", public_id=made.public_id)
    file = FileStorage(BytesIO(photo()), "semester.jpg")
    typed: Any = {"b-bild1-file": file, "title": ""}
    page = page.submit("Spara", **typed)
    assert now(app, made).content.blocks[0].picture == ""
    assert page.value("b-bild1-picture")
    page.submit("Spara", title="Decemberbrevet")
    ref = now(app, made).content.blocks[0].picture
    assert hr.another().open(f"/newsletters/pictures/{ref}").mimetype == "image/jpeg"


def test_somebody_elses_picture_cannot_be_borrowed(app: Flask, hr: Browser) -> None:
    made = letter(app, content(Block(id="bild1", kind=Kind.IMAGE)))
    page = hr.get("newsletters.edit", public_id=made.public_id)
    typed: Any = {"b-bild1-picture": "nagonannans"}
    page.submit("Spara", **typed)
    assert now(app, made).content.blocks[0].picture == ""


def test_the_preview_is_the_mail_in_both_languages_and_as_text(app: Flask, hr: Browser) -> None:
    made = letter(app, content(english=True))
    address = f"/newsletters/{made.public_id}/preview"
    shown = hr.open(address)
    assert "Hej Karin! Nu är <strong>stationen</strong> klar." in shown.text
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert "Hi Karin!" in hr.open(address + "?language=en").text
    assert hr.open(address + "?look=text").mimetype == "text/plain"


@covers("S30")
def test_html_and_scripts_in_a_text_come_out_as_text(app: Flask, hr: Browser) -> None:
    evil = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=y> {{config}}"
    made = letter(app, content(text_block(evil)))
    shown = hr.open(f"/newsletters/{made.public_id}/preview").text
    assert "<script>" not in shown
    assert "<img" not in shown
    assert 'href="javascript' not in shown
    assert "{{config}}" in shown
    assert "Fältet ”config” finns inte" in hr.get("newsletters.edit", public_id=made.public_id)


def test_a_draft_can_be_thrown_away(app: Flask, hr: Browser) -> None:
    made = letter(app)
    page = hr.get("newsletters.discard", public_id=made.public_id).submit("Ta bort")
    assert page.flashes == ["Utkastet är borttaget."]
    with app.app_context():
        assert queries.newsletter(made.public_id) is None


def test_what_only_deserves_a_look_is_not_called_all_done(
    app: Flask, hr: Browser, make: Make
) -> None:
    reader(make)
    page = hr.get("newsletters.edit", public_id=letter(app).public_id)
    assert "Allt klart" in page
    long = content(subject="En ämnesrad som är så lång att en mobil inte visar hela")
    page = hr.get("newsletters.edit", public_id=letter(app, long).public_id)
    assert "1 att titta på" in page
    assert "Allt klart" not in page
    assert "Gå vidare och skicka" in page
