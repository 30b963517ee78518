"""Actions: made from a theme, reminded of, closed, dropped; who may see and change them."""

import pytest
from flask import Flask

from alumni_portal.accounts.models import Account
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.insights import services
from alumni_portal.insights.models import Action
from alumni_portal.people.models import Person
from tests.insights.making_actions import DONE, GOAL, action, closed, late, plan, published
from tests.support.browser import Browser
from tests.support.make import Make, days


def ref(make: Make, account: Account) -> str:
    with make.work():
        return db.session.get_one(Person, account.person_id).public_id


def test_hr_makes_an_action_from_a_theme_begins_and_closes_it(browser: Browser, make: Make) -> None:
    owner = make.staff(Role.MANAGER, name="Anders Ekdahl")
    page = browser.as_(make.staff(Role.HR)).get("insights.new_action", theme="leadership")
    assert page.value("theme") == "leadership"
    page = page.submit(
        "Spara",
        heard="Många beskriver för stora grupper.",
        goal=GOAL,
        owner=ref(make, owner),
        due_on=str(days(60)),
    )
    assert page.heading == GOAL
    page = page.submit("Sätt i gång").follow("Avsluta")
    page = page.submit("Åtgärden är genomförd", done_sv=DONE["done_sv"], done_en=DONE["done_en"])
    assert "Genomförd" in page
    assert DONE["done_sv"] in page
    assert "inget är publicerat från tiden före" in page


def test_every_page_of_actions_opens_for_hr(browser: Browser, make: Make) -> None:
    made = action(make)
    hr = browser.as_(make.staff(Role.HR))
    for show in ("open", "overdue", "closed", "nonsense"):
        hr.get("insights.actions", show=show)
    for place in ("action", "edit_action", "close_action", "drop_action", "publication"):
        hr.get(f"insights.{place}", public_id=made.public_id)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"goal": ""}, "Mål: Fyll i det här fältet."),
        ({"theme": ""}, "Tema: Välj ett tema ur listan."),
        ({"owner": ""}, "Ansvarig: Välj någon som arbetar här."),
        ({"due_on": ""}, "Klart senast: Skriv ett datum."),
        ({"due_on": "2020-01-01"}, "Klart senast: Dagen har redan varit. Välj en som kommer."),
    ],
)
def test_bad_input_is_said_at_its_field_and_nothing_is_lost(
    browser: Browser, make: Make, fields: dict[str, str], said: str
) -> None:
    owner = ref(make, make.staff(Role.MANAGER))
    page = browser.as_(make.staff(Role.HR)).get("insights.new_action")
    typed = {"theme": "pay", "heard": "Hört.", "goal": GOAL, "owner": owner}
    sent = {**typed, "due_on": str(days(9)), **fields}
    page = page.submit(
        "Spara",
        theme=sent["theme"],
        heard=sent["heard"],
        goal=sent["goal"],
        owner=sent["owner"],
        due_on=sent["due_on"],
    )
    assert page.errors == [said]
    assert page.value("heard") == "Hört."
    assert "Inga åtgärder på gång" in browser.get("insights.actions")


def test_closing_needs_words_in_both_languages(browser: Browser, make: Make) -> None:
    made = action(make)
    page = browser.as_(make.staff(Role.HR)).get("insights.close_action", public_id=made.public_id)
    page = page.submit("Åtgärden är genomförd", done_sv="Vi delade grupperna.", done_en="")
    assert page.errors[0].endswith("Skriv vad ni har gjort, på båda språken.")
    assert page.value("done_sv") == "Vi delade grupperna."


@pytest.mark.both_databases
def test_a_closed_action_can_neither_change_nor_close_again(inside: Flask, make: Make) -> None:
    made = closed(make)
    owner = ref(make, make.staff(Role.HR))
    with pytest.raises(Conflict):
        services.change(made.id, plan(owner), by=SYSTEM)
    with pytest.raises(Conflict):
        services.begin(made.id, by=SYSTEM)
    with pytest.raises(Conflict):
        services.close(made.id, **DONE, by=SYSTEM)
    with pytest.raises(Conflict):
        services.drop(made.id, by=SYSTEM)


def test_an_owner_must_work_here(inside: Flask, make: Make) -> None:
    gone = make.former("Borta Person")
    with pytest.raises(Refusal) as refused:
        services.make(plan(gone.public_id), by=SYSTEM)
    assert refused.value.field == "owner"


@pytest.mark.both_databases
def test_late_actions_wait_for_hr_and_for_their_owner_on_the_start_page(
    browser: Browser, make: Make
) -> None:
    owner = make.staff(Role.MANAGER, name="Anders Ekdahl")
    late(make, due_on=days(-3), owner=owner)
    action(make, owner=owner, goal="Senare")
    start = browser.as_(make.staff(Role.HR)).get("home.staff")
    assert start.texts(".wait--late h3")[0] == "Försenade åtgärder"
    assert GOAL in start
    page = start.follow("Alla försenade")
    assert "3 dagar försenad" in page
    assert "Senare" not in page
    mine = browser.another().as_(owner).get("home.staff")
    assert "Åtgärder du ansvarar för" in mine.texts(".wait h3")
    other = browser.another().as_(make.staff(Role.MANAGER)).get("home.staff")
    assert "Åtgärder du ansvarar för" not in other
    assert GOAL not in browser.another().as_(make.staff(Role.RECRUITER)).get("home.staff")


def test_a_manager_reads_and_changes_nothing(browser: Browser, make: Make) -> None:
    made = action(make)
    manager = browser.as_(make.staff(Role.MANAGER))
    page = manager.get("insights.actions").follow(GOAL)
    assert {"Sätt i gång", "Ta bort från sidan"}.isdisjoint(page.buttons())
    assert "Ändra" not in page.links()
    for place in ("edit_action", "close_action", "drop_action", "publication"):
        manager.get(f"insights.{place}", public_id=made.public_id, status=404)


def test_others_find_no_actions(browser: Browser, make: Make) -> None:
    made = published(make, action(make))
    for role in (Role.RECRUITER, Role.INTERVIEWER, Role.ADMIN, Role.DPO):
        reader = browser.another().as_(make.staff(role))
        reader.get("insights.actions", status=404)
        reader.get("insights.action", public_id=made.public_id, status=404)
    hr = browser.as_(make.staff(Role.HR))
    hr.get("insights.action", public_id="n0such", status=404)


def test_an_action_is_dropped_after_one_more_question(browser: Browser, make: Make) -> None:
    made = action(make)
    page = browser.as_(make.staff(Role.HR)).get("insights.drop_action", public_id=made.public_id)
    assert "Nedlagd" in page.submit("Lägg ned")
    with make.work():
        assert db.session.get_one(Action, made.id).closed_on == days(0)
