"""A picture that was chosen while something else was wrong: held, for whoever chose it only."""

from typing import Any

import pytest
from flask import Flask

from alumni_portal.accounts.models import Account
from alumni_portal.core import held_pictures
from alumni_portal.core.db import db
from alumni_portal.core.held_pictures import HeldPicture
from alumni_portal.core.permissions import Role
from alumni_portal.events import queries
from tests.events.making import event, later
from tests.events.test_edit import photo
from tests.events.test_staff_pages import typed
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.page import Page

pytestmark = pytest.mark.both_databases


@pytest.fixture
def hr(make: Make) -> Account:
    return make.staff(Role.HR)


def number_held(app: Flask) -> int:
    with app.app_context():
        return len(db.session.scalars(db.select(HeldPicture)).all())


def with_picture(browser: Browser, **more: Any) -> Page:
    page = browser.get("events.new")
    return page.submit("Spara", **typed(picture=photo(), alt="En kran", **more))


@pytest.mark.parametrize(
    "wrong",
    [{"title": ""}, {"alt": ""}, {"reply_by": "2099-01-01"}],
    ids=["left out", "no words", "refused"],
)
def test_a_chosen_picture_survives_what_is_wrong_elsewhere(
    app: Flask, browser: Browser, hr: Account, wrong: dict[str, str]
) -> None:
    page = browser.as_(hr).get("events.new")
    page = page.submit("Spara", **{**typed(picture=photo(), alt="En kran"), **wrong})
    assert len(page.errors) == 1
    assert "Bilden är vald och sparas när allt annat stämmer." in page
    (shown,) = page.all("main img")
    answer = browser.open(str(shown["src"]))
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    page = page.submit("Spara", title="Kraft", alt="En kran", reply_by="")
    (kept,) = page.follow("Se sidan").all("main img")
    assert kept["alt"] == "En kran"
    assert number_held(app) == 0


def test_it_survives_when_an_event_is_changed_and_takes_the_place_of_the_one_there_was(
    app: Flask, browser: Browser, make: Make, hr: Account
) -> None:
    made = event(make)
    page = browser.as_(hr).get("events.edit", public_id=made.public_id)
    page.submit("Spara", picture=photo(), alt="Kaj")
    with app.app_context():
        before = queries.picture_of(made)
    page = browser.get("events.edit", public_id=made.public_id)
    page = page.submit("Spara", title="", picture=photo(), alt="Kran")
    with app.app_context():
        standing = queries.picture_of(made)
        assert before
        assert standing
        assert (standing.public_id, standing.alt) == (before.public_id, "Kaj"), "nothing half done"
    page.submit("Spara", title="Kraft")
    with app.app_context():
        standing = queries.picture_of(made)
        assert standing
        assert (standing.public_id != before.public_id, standing.alt) == (True, "Kran")


@pytest.mark.parametrize("data", [b"GIF89a....", b"<svg onload='x'/>"])
def test_what_is_no_picture_is_refused_at_its_field_and_not_held(
    app: Flask, browser: Browser, hr: Account, data: bytes
) -> None:
    page = browser.as_(hr).get("events.new")
    page = page.submit("Spara", **typed(title="", picture=photo(data), alt="Kaj"))
    assert page.errors[-1].endswith("Det där är ingen bild i JPG eller PNG.")
    assert len(page.errors) == 2
    assert number_held(app) == 0


def test_another_choice_and_no_choice_leave_nothing_behind(
    app: Flask, browser: Browser, hr: Account
) -> None:
    page = with_picture(browser.as_(hr), title="")
    page = page.submit("Spara", picture=photo())
    assert number_held(app) == 1
    page = page.submit("Spara", title="Kraft", drops_picture="y").follow("Se sidan")
    assert page.all("main img") == []
    assert number_held(app) == 0


def test_nobody_else_reaches_what_somebody_holds(browser: Browser, make: Make, hr: Account) -> None:
    page = with_picture(browser.as_(hr), title="")
    address, key = str(page.all("main img")[0]["src"]), page.value("held")
    assert [browser.open(one).status_code for one in (address, f"{address}x")] == [200, 404]
    other = browser.another().as_(make.staff(Role.HR, name="Petra Öhrn"))
    assert other.open(address).status_code == 404
    page = other.get("events.new").submit("Spara", **typed(held=key, alt="En kran"))
    assert page.errors[0].endswith("Bilden är inte kvar. Välj den igen.")
    assert (page.value("held"), page.value("place")) == ("", "Västerås")


def test_after_a_day_it_is_forgotten_and_that_is_said(
    app: Flask, browser: Browser, make: Make, hr: Account
) -> None:
    key = with_picture(browser.as_(hr), title="").value("held")
    with later(hours=23), make.work():
        assert held_pictures.forget_held() == 0
    with later(hours=25):
        with make.work():
            assert held_pictures.forget_held() == 1
        page = browser.another().as_(hr).get("events.new")
        page = page.submit("Spara", **typed(held=key))
        assert page.errors[0].endswith("Bilden är inte kvar. Välj den igen.")
    assert number_held(app) == 0
