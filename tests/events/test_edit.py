"""What HR writes about an event: agenda, window, host, picture; what is wrong is at its field."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from werkzeug.datastructures import FileStorage

from alumni_portal.accounts.models import Account
from alumni_portal.core.permissions import Role
from alumni_portal.events import queries
from tests.events.making import event, guest, later, starts
from tests.events.test_staff_pages import typed
from tests.support.browser import Browser
from tests.support.make import Make


@pytest.fixture
def hr(make: Make) -> Account:
    return make.staff(Role.HR, name="Maria Stenberg")


def photo(data: bytes = b"") -> FileStorage:
    """Return a small picture, or these bytes under the name of one."""
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "#345").save(drawn, "JPEG")
    return FileStorage(BytesIO(data or drawn.getvalue()), "bild.jpg")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"agenda": "Kaffe"}, "Rad 1 ska börja med ett klockslag, till exempel 08.00."),
        ({"reply_from": f"{starts(30):%Y-%m-%d}"}, "Första dag att svara ska vara före den sista."),
        ({"picture": photo()}, "Skriv vad bilden visar, för den som inte ser den."),
        ({"picture": photo(b"x"), "alt": "Kaj"}, "Det där är ingen bild i JPG eller PNG."),
    ],
    ids=["agenda", "window", "no words", "no picture"],
)
def test_what_is_wrong_is_said_and_the_rest_is_kept(
    browser: Browser, hr: Account, wrong: dict[str, Any], said: str
) -> None:
    page = browser.as_(hr).get("events.new").submit("Spara", **typed(**wrong))
    assert any(line.endswith(said) for line in page.errors), page.errors
    assert page.value("place") == "Västerås"


def test_agenda_address_host_and_picture_stand_on_the_page(
    app: Flask, browser: Browser, make: Make, hr: Account
) -> None:
    make.staff(Role.RECRUITER, name="Ylva Norén")
    page = browser.as_(hr).get("events.new")
    ref = next(
        str(one["value"]) for one in page.all("#host option") if one.get_text() == "Ylva Norén"
    )
    filled = typed(
        agenda="07.30 Kaffe | Karin Öhman",
        address="Kajen 2, Malmö",
        host=ref,
        picture=photo(),
        alt="Kajen i morgonljus",
    )
    page = page.submit("Spara", **filled).follow("Se sidan")
    assert page.texts(".agenda h3") == ["Kaffe"]
    assert "Kajen 2, Malmö" in page
    assert "Ylva Norén" in page
    (picture,) = page.all("main img")
    assert picture["alt"] == "Kajen i morgonljus"
    answer = browser.another().open(str(picture["src"]))
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert browser.open("/events/pictures/gone").status_code == 404


def test_a_picture_is_taken_away_and_its_words_are_changed(
    app: Flask, browser: Browser, make: Make, hr: Account
) -> None:
    made = event(make)
    page = browser.as_(hr).get("events.edit", public_id=made.public_id)
    page.submit("Spara", picture=photo(), alt="Kaj")
    browser.get("events.edit", public_id=made.public_id).submit("Spara", alt="Kajen")
    with app.app_context():
        found = queries.picture_of(made)
        assert found is not None
        assert found.alt == "Kajen"
    browser.get("events.edit", public_id=made.public_id).submit("Spara", drops_picture="y")
    with app.app_context():
        assert queries.picture_of(made) is None


def test_before_the_window_the_page_says_when_it_opens(browser: Browser, make: Make) -> None:
    made = event(make, reply_from=starts(5).date())
    amira = browser.as_(guest(make))
    page = amira.get("events.event", public_id=made.public_id)
    assert "Anmälan har inte öppnat än. Den öppnar" in page
    assert "Spara mitt svar" not in page.buttons()
    with later(days=5):
        bo = browser.another().as_(guest(make, "Bo Ek", private="bo@post.example"))
        assert "Spara mitt svar" in bo.get("events.event", public_id=made.public_id).buttons()
