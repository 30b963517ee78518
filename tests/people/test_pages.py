from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from alumni_portal.core import access_log
from alumni_portal.core.access_log import Look
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.people.models import EmailAddress, Person
from tests.support.alike import alike
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.forms import Given
from tests.support.letters import Outbox
from tests.support.make import Make, days, years_ago

#: The token against forgery is new on every page.


@pytest.fixture
def hr(browser: Browser, make: Make) -> Browser:
    return browser.as_(make.staff(Role.HR, name="Maria Stenberg"))


@pytest.mark.both_databases
def test_people_stand_in_swedish_order_and_page_by_page(hr: Browser, make: Make) -> None:
    for name in ("Ö Örn", "Å Ås", "Z Zeb", "Ä Äng"):
        make.employee(name)
    for number in range(50):
        make.person(f"Anna Ek{number:02}")
    first = hr.get("people.index")
    second = first.follow("Nästa")
    shown = [row["Namn"] for page in (first, second) for row in page.table("Personer")]
    assert [name for name in shown if not name.startswith(("Anna", "Maria"))] == [
        "Z Zeb",
        "Å Ås",
        "Ä Äng",
        "Ö Örn",
    ]
    assert len(shown) == len(set(shown)) == 55
    assert [row["Namn"] for row in second.follow("Föregående").table("Personer")] == shown[:50]


@pytest.mark.both_databases
@pytest.mark.parametrize("typed", ["angstrom", "ÅNGS", "Åke Ång", "ang ake", "N-4711"])
def test_quick_find_knows_names_without_accents_and_numbers(
    app: Flask, hr: Browser, make: Make, typed: str
) -> None:
    make.employee("Bo Ek")
    person = make.person("Åke Ångström")
    employment = make.employment(person)
    if typed == "N-4711":
        typed = employment.number
    page = hr.get("home.staff").submit("Sök", within=".rail__find", q=typed)
    assert [row["Namn"] for row in page.table("Personer")] == ["Åke Ångström"]


def test_a_search_that_finds_nobody_says_what_to_do(hr: Browser) -> None:
    page = hr.get("/people?q=xyzzy")
    assert "Ingen hittades" in page
    assert page.follow("Visa alla").heading == "Personer"


def test_a_person_is_one_timeline(app: Flask, hr: Browser, make: Make) -> None:
    unit = make.unit("Konstruktion")
    person = make.former("Åke Ångström", begins=years_ago(14), left=years_ago(9), unit=unit)
    make.employment(person, title="Teamledare", begins=years_ago(5), unit=unit)
    page = hr.get("people.person", public_id=person.public_id)
    assert page.texts(".tl b") == ["Projektledare", "Teamledare"]
    assert "Konstruktion" in page
    with app.app_context():
        looks = access_log.seen(person.id)
    assert [one.look for one in looks] == [Look.PERSON]


@covers("S17")
def test_a_missing_person_and_a_hidden_page_look_alike(browser: Browser, make: Make) -> None:
    person = make.former("Åke Ångström")
    recruiter = browser.as_(make.staff(Role.RECRUITER))
    hidden = recruiter.open(f"/people/{person.public_id}")
    missing = recruiter.open("/people/n0such")
    assert hidden.status_code == missing.status_code == 404
    bodies = {
        alike(one.get_data(as_text=True), person.public_id, "n0such") for one in (hidden, missing)
    }
    assert len(bodies) == 1


def test_hr_corrects_name_and_phone(hr: Browser, make: Make) -> None:
    person = make.employee("Anna Ek")
    page = hr.get("people.person", public_id=person.public_id).follow("Ändra uppgifter")
    page = page.submit("Spara", first_name="Anna-Lena", last_name="Ek", phone="070-174 06 05")
    assert page.heading == "Anna-Lena Ek"
    assert "070-174 06 05" in page


def test_a_national_id_is_not_stored(app: Flask, hr: Browser, make: Make) -> None:
    person = make.employee("Anna Ek")
    page = hr.get("people.edit", public_id=person.public_id)
    page = page.submit("Spara", first_name="Anna 8112" + "18-9876")
    assert "personnummer" in page.errors[0]
    with app.app_context():
        assert "9876" not in (db.session.scalar(select(Person.first_name)) or "")


def fill(**more: Given) -> dict[str, Any]:
    return {
        "first_name": "Åsa",
        "last_name": "Lind",
        "number": "N-77",
        "begins_on": "2026-11-01",
        **more,
    }


def test_staff_are_added_by_hand(app: Flask, hr: Browser, make: Make) -> None:
    unit = make.unit("Ekonomi")
    page = hr.get("people.index").follow("Lägg till en person")
    page = page.submit(
        "Lägg till",
        **fill(work="asa.lind@sundmark.example", unit=unit.public_id, title="Ekonom"),
    )
    assert page.heading == "Åsa Lind"
    assert "Ekonomi" in page
    with app.app_context():
        address = db.session.scalars(
            select(EmailAddress).where(EmailAddress.canonical == "asa.lind@sundmark.example")
        ).one()
    assert address.is_proved


def test_a_private_address_given_by_hr_is_not_yet_proved(
    app: Flask, hr: Browser, outbox: Outbox
) -> None:
    page = hr.get("people.new").submit("Lägg till", **fill(private="asa@post.example"))
    assert "Inte bekräftad" in page
    with app.app_context():
        one = db.session.scalars(
            select(EmailAddress).where(EmailAddress.canonical == "asa@post.example")
        ).one()
    assert not one.is_proved


def test_a_namesake_is_asked_about(app: Flask, hr: Browser, make: Make) -> None:
    make.employee("Åsa Lind")
    page = hr.get("people.new").submit("Lägg till", **fill())
    assert "Kan det vara samma person?" in page
    assert page.value("number") == "N-77"
    page = page.submit("Lägg till", another=True)
    assert page.heading == "Åsa Lind"


def test_a_work_address_is_refused_as_private_at_its_field(hr: Browser) -> None:
    page = hr.get("people.new").submit("Lägg till", **fill(private="asa@sundmark.example"))
    assert page.errors[0].startswith("Privat e-postadress")
    assert page.value("first_name") == "Åsa"


def test_an_employment_is_added_once(hr: Browser, make: Make) -> None:
    person = make.former("Åke Ångström")
    page = hr.get("people.new_employment", public_id=person.public_id)
    page.submit("Lägg till", number="N-9", begins_on="2026-10-01", title="Rådgivare")
    page = page.submit("Lägg till", number="N-9", begins_on="2026-10-01", title="Rådgivare")
    assert "finns redan" in page.errors[0]
    page = hr.get("people.person", public_id=person.public_id)
    assert page.texts(".tl b") == ["Projektledare", "Rådgivare"]


def test_a_death_ends_letters_and_the_account(
    app: Flask, browser: Browser, hr: Browser, make: Make
) -> None:
    account = make.alumnus("Amira Haddad")
    theirs = browser.another().as_(account)
    page = hr.get("people.person", public_id=account.person.public_id)
    page = page.follow("Personen har avlidit").submit("Ja, spara", died_on=str(days(-1)))
    assert "Avliden" in page
    assert theirs.open("/account").status_code == 303


def test_a_death_does_not_lie_ahead(hr: Browser, make: Make) -> None:
    person = make.former("Åke Ångström")
    page = hr.get("people.death", public_id=person.public_id)
    page = page.submit("Ja, spara", died_on=str(days(1)))
    assert "kan inte ligga framåt" in page.errors[0]
