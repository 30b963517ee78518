"""Trying a letter on colleagues and as a certain receiver; where answers go."""

import pytest
from flask import Flask

from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.core.transaction import unit
from alumni_portal.newsletters import queries, services
from alumni_portal.newsletters.services.sending import example
from alumni_portal.people.models import Person
from tests.newsletters.making import content, letter, reader
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make


@pytest.fixture
def hr(browser: Browser, make: Make) -> Browser:
    return browser.as_(make.staff(Role.HR))


@pytest.mark.both_databases
def test_a_group_is_chosen_by_name_and_gets_it_as_a_certain_receiver(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    anna = reader(make, "Anna Ek")
    reader(make, "Åsa Öberg", "asa@post.example")
    lead, other = make.staff(Role.HR_LEAD), make.staff(Role.RECRUITER)
    with app.app_context():
        ids = {one: db.session.get_one(Person, one.person_id).public_id for one in (lead, other)}
    page = hr.get("newsletters.testers")
    assert ids[other] not in page.html
    page.submit("Spara", people=[ids[lead]])
    made = letter(app)
    page = hr.get("newsletters.test", public_id=made.public_id)
    page = page.submit("Skicka prov", to="group", name="åsa")
    assert page.flashes[0].startswith("Provet är på väg till anstalld")
    assert len(outbox.letters("@sundmark.example")) == 1
    got = outbox.last("@sundmark.example")
    assert "Hej Åsa!" in got.text
    assert "Såg dig bland mottagarna" not in hr.another().as_(anna).get("consents.looks")
    out = got.find(r"Sluta få brevet: (\S+)").removeprefix(hr.base_url)
    hr.another().open(out, method="POST", data={"List-Unsubscribe": "One-Click"})
    with app.app_context():
        assert example(made, "Åsa") is not None


def test_a_name_that_nobody_has_and_an_empty_group_are_told(
    app: Flask, hr: Browser, make: Make
) -> None:
    reader(make)
    page = hr.get("newsletters.test", public_id=letter(app).public_id)
    page = page.submit("Skicka prov", name="Zorro")
    assert any("Ingen av mottagarna heter så." in said for said in page.errors)
    assert page.value("name") == "Zorro"
    page = page.submit("Skicka prov", name="", to="group")
    assert "Testgruppen är tom." in page


def test_who_leaves_hr_is_taken_off_the_group(app: Flask, make: Make) -> None:
    one, other = make.staff(Role.HR), make.staff(Role.RECRUITER)
    with app.app_context(), unit():
        ids = [db.session.get_one(Person, acc.person_id).public_id for acc in (one, other)]
        assert services.choose_testers(ids, by=SYSTEM) == 1
        assert services.forget_testers() == 0
        assert len(queries.testers()) == 1


def test_answers_go_to_an_address_of_ours_only(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    reader(make)
    made = letter(app)
    page = hr.get("newsletters.edit", public_id=made.public_id)
    for wrong in ("maria@annat.example", "maria@sundmark.example.annat.example", "maria"):
        page = page.submit("Spara", reply_to=wrong, subject_sv="Kvar")
        assert page.errors[0].startswith("Svar går till: ")
        assert page.value("reply_to") == wrong
        assert page.value("subject_sv") == "Kvar"
    page = page.submit("Spara", reply_to="maria@sundmark.example")
    assert "Svar till maria@sundmark.example" in page
    page.submit("Prova på mig själv")
    tried = outbox.last("anstalld")
    assert tried.message["Reply-To"] == "maria@sundmark.example", "as the real ones"
    hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 1 person")
    got = outbox.last("anna@post.example")
    assert got.message["Reply-To"] == "maria@sundmark.example"


def test_without_a_choice_no_reply_address_stands_in_the_mail(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    reader(make)
    made = letter(app)
    hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 1 person")
    assert outbox.last("anna@post.example").message["Reply-To"] is None


def test_a_test_says_that_it_is_one_and_its_web_link_leads_to_the_preview(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    made = letter(app, content(english=True))
    page = hr.get("newsletters.test", public_id=made.public_id)
    page.submit("Skicka prov")
    got = outbox.last("anstalld")
    assert got.subject == "Prov: Luleå är klart"
    there = next(one for one in got.links if "/preview" in one).removeprefix(hr.base_url)
    assert hr.open(there).status_code == 200
    page.submit("Skicka prov", language="en")
    assert outbox.last("anstalld").subject == "Test: Luleå is done"


def test_a_preview_says_whose_data_it_shows_and_that_nobody_has_a_name(
    app: Flask, hr: Browser, make: Make
) -> None:
    reader(make, "Johanna Ek", "johanna@post.example")
    reader(make, "Anna Ek")
    path = f"/newsletters/{letter(app).public_id}/preview"
    assert "för Johanna Ek." in hr.open(f"{path}?as=hanna").text
    assert "Visas med uppgifter för Anna Ek." in hr.open(f"{path}?as=anna").text
    unknown = hr.open(f"{path}?as=Zor<b>ro").text
    assert "Ingen av mottagarna heter ”Zor&lt;b&gt;ro”." in unknown
    assert "Visas med uppgifter för en påhittad mottagare, Karin Öhman." in unknown
    assert "&lt;body" not in unknown, "it is put into the letter, not the letter into it"
    assert "påhittad mottagare" in hr.open(f"{path}?look=text").text
