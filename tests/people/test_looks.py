"""Every page of people and of the machine room as it looks, with axe, on a phone and a desk."""

import pytest

from alumni_portal.core.permissions import Role
from tests.support.chromium import Live
from tests.support.make import Make, years_ago

pytestmark = pytest.mark.chromium
FOR_HR = [
    "/people",
    "/people?q=nobody",
    "/people/new",
    "/people/PERSON",
    "/people/PERSON/edit",
    "/people/PERSON/death",
    "/people/PERSON/employments/new",
    "/people/PERSON/private-address",
    "/people/recoveries",
    "/units",
    "/units/new",
    "/units/UNIT",
    "/units/UNIT/change",
    "/units/UNIT/close",
    "/units/UNIT/leads/new?q=ang",
    "/admin/users/PERSON",
    "/account",
]
FOR_MACHINE_ROOM = [
    "/admin",
    "/admin/jobs",
    "/admin/audit",
    "/admin/users",
    "/admin/users/find?q=ang",
]
AT_THE_DOOR = ["/sign-in/lost", "/sign-in/lost/asked", "/sign-in/link/x", "/sign-in/new-address/x"]


def visit(live: Live, paths: list[str], **values: str) -> None:
    for path in paths:
        there = path
        for name, value in values.items():
            there = there.replace(name, value)
        live.look(there)


def test_the_pages_of_people_can_be_used_by_everybody(live: Live, make: Make) -> None:
    unit = make.unit("Konstruktion")
    make.manager_of(unit)
    person = make.former("Åke Ångström", begins=years_ago(14), left=years_ago(9), unit=unit)
    make.employment(person, title="Teamledare", begins=years_ago(5), unit=unit)
    make.account(person)
    live.sign_in(make.staff(Role.HR))
    visit(live, FOR_HR, PERSON=person.public_id, UNIT=unit.public_id)


def test_the_pages_of_the_machine_room_can_be_used_by_everybody(live: Live, make: Make) -> None:
    make.employee("Åke Ångström")
    live.sign_in(make.staff(Role.ADMIN, Role.DPO))
    visit(live, FOR_MACHINE_ROOM)


def test_the_door_can_be_used_by_everybody(live: Live, make: Make) -> None:
    tab = live.open("/sign-in")
    live.check(tab)
    tab.fill("input[name=email]", "amira@post.example")
    tab.get_by_role("button", name="Skicka inloggningslänk").click()
    tab.wait_for_url("**/sign-in/check-mail")
    live.check(tab)
    tab.fill("input[name=code]", "ZZZZZZZZ")
    tab.get_by_role("button", name="Logga in", exact=True).click()
    tab.wait_for_selector(".err")
    live.check(tab)
    for path in AT_THE_DOOR:
        live.look(path)
