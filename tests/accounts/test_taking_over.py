"""Nobody gets into somebody else's account by saying which private address is theirs."""

from collections.abc import Callable

import pytest

from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.people.models import AddressKind, Person
from alumni_portal.people.queries import address_of
from tests.offboarding.making import Leaver, leaver, open_for
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make, days
from tests.support.page import Page

OLD, NEW = "ada@post.example", "angripare@post.example"
BARRED = "har en roll i portalen"
GIVE = "Skicka länk till den nya adressen"


@pytest.fixture
def hr(browser: Browser, make: Make) -> Browser:
    return browser.another().as_(make.staff(Role.HR))


@pytest.fixture
def ada(make: Make, outbox: Outbox) -> Leaver:
    """Return somebody who is employed, has a private address and is about to leave."""
    return leaver(make, outbox, name="Ada Min", private=OLD)


def person_of(ada: Leaver) -> Person:
    with ada.make.work():
        return db.session.get_one(Person, ada.employment.person_id)


def private_of(ada: Leaver) -> str:
    return private_of_person(ada.make, person_of(ada))


def private_of_person(make: Make, person: Person) -> str:
    with make.work():
        found = address_of(person.id, AddressKind.PRIVATE)
        return found.address if found else ""


def by_case(hr: Browser, ada: Leaver) -> Page:
    page = hr.get("offboarding.private_address", public_id=ada.public_id)
    return page.submit("Mejla en länk dit", address=NEW)


def by_change(hr: Browser, ada: Leaver) -> Page:
    page = hr.get("accounts.change_address", public_id=person_of(ada).public_id)
    return page.submit(GIVE, new=NEW, checked=True)


def by_recovery(hr: Browser, ada: Leaver) -> Page:
    page = hr.another().get("accounts.lost")
    page.submit("Skicka till HR", name="Ada Min", old=OLD, new=NEW, reach="070-174 06 05")
    page = hr.get("accounts.recoveries").follow("Ada Min")
    return page.submit(GIVE, person=person_of(ada).public_id, checked=True)


def by_joining(hr: Browser, outbox: Outbox, person: Person) -> Page:
    stranger = hr.another()
    stranger.get("offboarding.join").submit("Skicka", name=person.name, address=NEW)
    stranger.go(path(outbox)).submit("Ja, bekräfta adressen")
    page = hr.get("offboarding.join_requests").follow(f"Hitta personen {person.name}")
    return page.submit("Det är hen, skicka inbjudan", person=person.public_id)


def path(outbox: Outbox) -> str:
    return outbox.last(NEW).find(r"https?://[^/]+(/\S+)")


ROUTES = [by_case, by_change, by_recovery]
Route = Callable[[Browser, Leaver], Page]
PROOFS = [
    (by_case, "Ja, bekräfta adressen", 200),
    (by_change, "Det är min adress", 400),
    (by_recovery, "Det är min adress", 400),
]


@covers("S20")
@pytest.mark.parametrize("route", ROUTES)
def test_hr_gives_nobody_with_a_staff_role_another_address(
    make: Make, outbox: Outbox, hr: Browser, ada: Leaver, route: Route
) -> None:
    make.account(person_of(ada), Role.HR_LEAD)
    assert BARRED in route(hr, ada).errors[0]
    assert outbox.letters(NEW) == []


@covers("S20")
@pytest.mark.parametrize("proof", PROOFS)
def test_a_staff_role_got_before_the_proof_stops_it(
    make: Make, outbox: Outbox, hr: Browser, ada: Leaver, proof: tuple[Route, str, int]
) -> None:
    route, button, status = proof
    route(hr, ada)
    page = hr.another().go(path(outbox))
    make.account(person_of(ada), Role.HR_LEAD)
    page.submit(button, expects=status)
    assert private_of(ada) == OLD


@covers("S59")
@pytest.mark.parametrize("proof", PROOFS)
def test_the_old_address_and_the_one_at_work_are_told(
    outbox: Outbox, hr: Browser, ada: Leaver, proof: tuple[Route, str, int]
) -> None:
    route, button, _status = proof
    route(hr, ada)
    hr.another().go(path(outbox)).submit(button)
    assert private_of(ada) == NEW
    assert "Din adress hos Sundmark Alumni är bytt" in outbox.subjects(OLD)
    at_work = outbox.letters("@sundmark.example")
    told = [one for one in at_work if one.subject.startswith("En privat adress")]
    assert len(told) == 1
    assert NEW not in told[0].text


def test_a_manager_who_leaves_gives_their_own_private_address(
    browser: Browser, make: Make, ada: Leaver, outbox: Outbox
) -> None:
    make.account(person_of(ada), Role.MANAGER)
    page = browser.go(ada.link()).follow("Byt adress")
    page.submit("Mejla en länk dit", address=NEW)
    browser.go(path(outbox)).submit("Ja, bekräfta adressen")
    assert private_of(ada) == NEW


@covers("S20")
def test_a_mailbox_at_work_that_nobody_proved_gives_no_staff_account_an_address(
    browser: Browser, make: Make, outbox: Outbox
) -> None:
    person = make.person("Ada Min", work="nagon@sundmark.example", proved=False)
    employment = make.employment(person, ends=days(24))
    ada = Leaver(make, outbox, open_for(make, employment), "nagon@sundmark.example", employment)
    make.account(person, Role.ADMIN)
    page = browser.go(ada.link()).submit("Mejla en länk dit", address=NEW)
    assert BARRED in page.errors[0]
    assert outbox.letters(NEW) == []


@covers("S20")
def test_a_stranger_is_not_matched_with_a_consultant_who_has_a_role(
    make: Make, outbox: Outbox, hr: Browser
) -> None:
    person = make.person("Ada Min", private=OLD)
    make.account(person, Role.ADMIN)
    assert BARRED in by_joining(hr, outbox, person).errors[0]
    assert private_of_person(make, person) == OLD


@covers("S20")
@pytest.mark.parametrize("has_account", [True, False])
def test_a_stranger_does_not_replace_a_proved_address(
    make: Make, outbox: Outbox, hr: Browser, has_account: object
) -> None:
    person = make.former("Ada Min", private=OLD)
    if has_account:
        make.account(person)
    assert "Förlorade adresser" in by_joining(hr, outbox, person).errors[0]
    assert private_of_person(make, person) == OLD


def test_an_account_without_an_address_is_not_given_away_either(
    make: Make, outbox: Outbox, hr: Browser
) -> None:
    person = make.person("Ada Min")
    make.employment(person, ends=days(-400))
    make.account(person)
    assert "Förlorade adresser" in by_joining(hr, outbox, person).errors[0]


def test_somebody_who_left_joins_with_the_address_they_proved(
    make: Make, outbox: Outbox, hr: Browser
) -> None:
    person = make.former("Ada Min", private=NEW)
    assert by_joining(hr, outbox, person).flashes == ["Ada Min har fått en inbjudan."]
