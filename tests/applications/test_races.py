"""Many at once: one application, one receipt, one hire for one seat (S56)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from alumni_portal.applications import services
from alumni_portal.applications.models import Application, Stage
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.transaction import unit
from alumni_portal.mail.models import Letter
from alumni_portal.openings.models import Opening
from alumni_portal.people.models import Employment, Person
from tests.applications.making import Scene, answers, apply, load, put, scene, terms
from tests.support.covers import covers
from tests.support.make import Make

pytestmark = pytest.mark.both_databases
MANY = 8


@pytest.fixture
def here(make: Make) -> Scene:
    return scene(make)


def at_once(app: Flask, many: int, act: Callable[[int], object]) -> list[object]:
    """Do something in many threads that begin together, each in a transaction of its own."""
    gate = Barrier(many, timeout=20)

    def one(number: int) -> object:
        with app.app_context():
            gate.wait()
            try:
                with unit():
                    return act(number)
            except Refusal as refusal:
                return refusal

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(one, range(many)))


@covers("S56")
def test_a_form_sent_many_times_at_once_is_one_application_with_one_receipt(
    app: Flask, here: Scene
) -> None:
    def send(number: int) -> tuple[str, bool]:
        person = db.session.get_one(Person, here.amira.person_id)
        opening = db.session.get_one(Opening, here.opening.id)
        sent, is_new = services.submit(person, opening, answers(why=str(number)), by=SYSTEM)
        return sent.public_id, is_new

    found = at_once(app, MANY, send)
    assert len({one[0] for one in found}) == 1  # type: ignore[index]  # nobody was refused
    assert [one[1] for one in found].count(True) == 1  # type: ignore[index]  # the same
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Application)) == 1
        letters = select(func.count()).where(Letter.kind == "applications/received")
        assert db.session.scalar(letters) == 1


def test_two_for_one_seat_are_one_hire(app: Flask, make: Make, here: Scene) -> None:
    names = ("Oskar Lindmark", "Farah Mohammadi", "Erik Sandell", "Håkan Ångström")
    refs = [apply(make, make.alumnus(name), here.opening) for name in names]
    for ref in refs:
        put(make, ref, Stage.OFFER)

    def hire(number: int) -> object:
        found = load(refs[number])
        return services.hire(found, terms(found, number=f"R{number}"), by=SYSTEM)

    found = at_once(app, len(refs), hire)
    assert [isinstance(one, Employment) for one in found].count(True) == 1
    with app.app_context():
        hired = select(func.count()).where(Application.stage == Stage.HIRED)
        assert db.session.scalar(hired) == 1
        new = select(func.count()).where(Employment.number.startswith("R"))
        assert db.session.scalar(new) == 1


def test_two_who_move_one_card_send_one_letter(app: Flask, make: Make, here: Scene) -> None:
    ref = apply(make, here.amira, here.opening)

    def move(_number: int) -> bool:
        return services.move(load(ref), Stage.SCREENING, by=SYSTEM, was=Stage.SUBMITTED)

    found = at_once(app, 4, move)
    assert [one for one in found if one is True] == [True]
    with app.app_context():
        letters = select(func.count()).where(Letter.kind == "applications/screening")
        assert db.session.scalar(letters) == 1
