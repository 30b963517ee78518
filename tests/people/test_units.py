import pytest
from flask import Flask

from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.core.transaction import unit as work
from alumni_portal.people import queries, services
from alumni_portal.people.models import Unit
from tests.support.browser import Browser
from tests.support.make import Make, days, years_ago


@pytest.fixture
def hr(browser: Browser, make: Make) -> Browser:
    return browser.as_(make.staff(Role.HR, name="Maria Stenberg"))


def test_units_stand_below_their_parents_with_their_leads(hr: Browser, make: Make) -> None:
    top = make.unit("Sundmark")
    tech = make.unit("Teknik", parent=top)
    make.unit("Ekonomi", parent=top)
    make.manager_of(make.unit("Konstruktion", parent=tech))
    rows = hr.get("people.units").table("Avdelningar")
    assert [row["Avdelning"] for row in rows] == [
        "Sundmark",
        "– Ekonomi",
        "– Teknik",
        "– – Konstruktion",
    ]
    assert rows[3]["Leds av"] == "Anders Ekdahl"
    assert rows[3]["Arbetar här"] == "1"


def test_hr_opens_renames_and_closes_a_unit(hr: Browser, make: Make) -> None:
    make.unit("Teknik")
    page = hr.get("people.units").follow("Öppna en avdelning")
    page = page.submit("Öppna", name="Labb", opened_on=str(years_ago(2)))
    assert page.heading == "Labb"
    page = page.follow("Byt namn eller flytta").submit("Spara", name="Provning")
    assert page.heading == "Provning"
    assert page.texts(".tl b") == ["Provning", "Labb"]
    page = page.follow("Stäng").submit("Stäng")
    assert "Stäng" not in page.links()


def test_who_left_keeps_the_name_that_the_unit_had(app: Flask, hr: Browser, make: Make) -> None:
    unit = make.unit("Labb")
    person = make.former("Åke Ångström", unit=unit, left=years_ago(2))
    page = hr.get("people.change_unit", public_id=unit.public_id)
    page.submit("Spara", name="Provning")
    assert "Labb" in hr.get("people.person", public_id=person.public_id).texts(".tl small")[0]


def test_a_unit_is_not_closed_while_people_work_there(hr: Browser, make: Make) -> None:
    unit = make.unit("Labb")
    make.employee("Anna Ek", unit=unit)
    page = hr.get("people.close_unit", public_id=unit.public_id)
    assert "1 person arbetar här i dag" in page
    page = page.submit("Stäng", closed_on=str(days(3)))
    assert "Några arbetar kvar här efter den dagen" in page.errors[0]
    assert page.value("closed_on") == str(days(3))
    page = page.follow("Se vilka")
    assert [row["Namn"] for row in page.table("Personer")] == ["Anna Ek"]


def test_a_unit_is_not_closed_over_open_ones_below(hr: Browser, make: Make) -> None:
    top = make.unit("Teknik")
    make.unit("Labb", parent=top)
    page = hr.get("people.close_unit", public_id=top.public_id).submit("Stäng")
    assert "öppna avdelningar under den här" in page.errors[0]


def close(app: Flask, unit: Unit) -> None:
    with app.app_context(), work():
        found = queries.unit(unit.public_id)
        assert found is not None
        services.close_unit(found, on=days(-1), by=SYSTEM)


@pytest.mark.both_databases
def test_a_unit_that_closes_while_it_is_chosen_is_refused_kindly(
    app: Flask, hr: Browser, make: Make
) -> None:
    unit = make.unit("Labb")
    person = make.former("Åke Ångström")
    page = hr.get("people.new_employment", public_id=person.public_id)
    close(app, unit)
    page = page.submit(
        "Lägg till", number="N-9", begins_on=str(days(0)), title="Kemist", unit=unit.public_id
    )
    assert page.errors == ["Avdelning: Den avdelningen är stängd. Välj en annan."]
    assert page.value("title") == "Kemist"
    page = page.submit("Lägg till", unit="")
    assert page.heading == "Åke Ångström"


def test_a_parent_that_closes_while_it_is_chosen_is_refused_kindly(
    app: Flask, hr: Browser, make: Make
) -> None:
    top = make.unit("Teknik")
    page = hr.get("people.new_unit")
    close(app, top)
    page = page.submit("Öppna", name="Labb", parent=top.public_id, opened_on=str(days(0)))
    assert page.errors == ["Ligger under: Den avdelningen är stängd. Välj en annan."]


def test_a_unit_does_not_lie_below_itself(hr: Browser, make: Make) -> None:
    top = make.unit("Teknik")
    below = make.unit("Labb", parent=top)
    page = hr.get("people.change_unit", public_id=top.public_id)
    page = page.submit("Spara", parent=below.public_id)
    assert "under sig själv" in page.errors[0]


@pytest.mark.parametrize("day", [days(1), years_ago(30)])
def test_names_change_today_or_earlier_and_in_order(hr: Browser, make: Make, day: object) -> None:
    unit = make.unit("Labb")
    page = hr.get("people.change_unit", public_id=unit.public_id)
    page = page.submit("Spara", name="Provning", valid_from=str(day))
    assert "till och med i dag" in page.errors[0]


def test_a_new_lead_follows_the_one_before(app: Flask, hr: Browser, make: Make) -> None:
    unit = make.unit("Labb")
    make.manager_of(unit, "Anders Ekdahl")
    person = make.employee("Åsa Lind", unit=unit)
    page = hr.get("people.unit", public_id=unit.public_id).follow("Utse någon")
    page = page.submit("Sök", within="main", q="lind").submit("Utse", person=person.public_id)
    assert page.texts("main .list .pill") == ["Leder"]
    with app.app_context():
        assert queries.units_led_by(person.id) == {unit.id}


def test_rights_to_the_unit_end_with_the_lead(app: Flask, hr: Browser, make: Make) -> None:
    unit = make.unit("Labb")
    manager = make.manager_of(unit, "Anders Ekdahl")
    page = hr.get("people.unit", public_id=unit.public_id).follow("Avsluta Anders Ekdahl")
    page.submit("Avsluta", until_on=str(days(-1)))
    with app.app_context():
        assert queries.units_led_by(manager.person_id) == set()


def test_a_deputy_has_the_units_below_too(app: Flask, make: Make) -> None:
    top = make.unit("Teknik")
    below = make.unit("Labb", parent=top)
    person = make.employee("Åsa Lind")
    with app.app_context(), work():
        services.appoint_lead(top, person, is_deputy=True, from_on=days(0), by=SYSTEM)
    with app.app_context():
        assert queries.units_led_by(person.id) == {top.id, below.id}
        assert queries.units_led_by(person.id, on=days(-1)) == set()
