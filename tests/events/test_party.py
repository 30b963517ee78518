"""Who of somebody's party came: each guest is ticked off, by mistake too, and counted."""

import pytest
from flask import Flask

from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.events import queries, services
from alumni_portal.events.models import Event
from alumni_portal.events.rules import guests_at, party_of
from tests.events.making import event, guest, guests, later, says
from tests.events.test_door import code_of
from tests.support.browser import Browser
from tests.support.make import Make


def line_of(app: Flask, made: Event) -> queries.Line:
    with app.app_context():
        return queries.counts_of(db.session.get_one(Event, made.id))


@pytest.mark.both_databases
def test_each_guest_is_ticked_off_counted_and_unticked(
    app: Flask, browser: Browser, make: Make
) -> None:
    made, amira = event(make, guests_allowed=3), guest(make)
    says(make, made, amira, guests=3, guest_names="Bo Ek, Eira Ek och Samir Ek")
    hr = make.staff(Role.HR)
    with later(days=20, hours=1):
        page = browser.as_(hr).get("events.attendance", public_id=made.public_id)
        assert "Eira Ek med Amira Haddad" in page
        refs = [str(one["value"]) for one in page.all("input[name=here]")]
        assert len(refs) == 4
        page = page.submit("Spara avprickningen", here=[refs[0], refs[2], refs[3]])
        assert page.flashes == ["3 ändringar sparade."]
        line = line_of(app, made)
        assert (line.checked_in, line.guests_here, line.no_show) == (1, 2, 0.25)
        assert "Avprickade 3" in page
        page = page.submit("Spara avprickningen", here=refs[:2])
        assert page.flashes == ["3 ändringar sparade."]
    line = line_of(app, made)
    assert (line.here, line.no_show) == (2, 0.5)


def test_the_code_at_the_door_asks_which_of_the_guests_are_there(
    app: Flask, browser: Browser, make: Make
) -> None:
    made, amira = event(make, guests_allowed=2), guest(make)
    says(make, made, amira, guests=2)
    path = code_of(app, made, amira)
    with later(days=20):
        page = browser.as_(make.staff(Role.HR)).go(path)
        assert len(page.all("input[name=guest][checked]")) == 2
        page.submit("Pricka av", guest=["1"])
    line = line_of(app, made)
    assert (line.checked_in, line.guests_here) == (1, 1)


@pytest.mark.both_databases
def test_who_was_let_in_from_the_line_is_counted_but_was_not_expected(
    app: Flask, make: Make
) -> None:
    made, (first, second) = event(make, capacity=1), guests(make, 2)
    says(make, made, first)
    says(make, made, second)
    with later(days=20), make.work():
        for who in (first, second):
            services.let_in(
                db.session.get_one(Event, made.id), who.person_id or 0, guests=[7], by=SYSTEM
            )
    line = line_of(app, made)
    assert (line.here, line.walked_in, line.no_show) == (1, 1, 0.0)


def test_names_are_told_apart_only_when_there_is_one_for_each() -> None:
    assert party_of(2, "Bo Ek & Eira") == ["Bo Ek", "Eira"]
    assert party_of(3, "Bo Ek, Eira") == ["", "", ""]
    assert party_of(0, "") == []


def test_digits_that_stand_for_no_guest_are_left_out() -> None:
    assert guests_at("02", [1, 9], [2], 3) == "01"
    assert guests_at("012", [], [], 1) == "0"
