"""Who sees which field: every audience against every kind of viewer, on every page (S18)."""

import pytest

from alumni_portal.accounts.models import Account
from alumni_portal.consents.models import Purpose
from alumni_portal.core.permissions import Role
from alumni_portal.network.models import Audience, Field, Topic
from alumni_portal.people.models import Unit
from tests.network.making import profile
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make

#: A word of its own in each field that somebody fills in.
CANARIES = {
    Field.ROLES: "kanarieroll",
    Field.HEADLINE: "kanarierubrik",
    Field.WORK: "kanariejobb",
    Field.CITY: "kanariestad",
    Field.ABOUT: "kanarieprosa",
    Field.SKILLS: "kanariekunskap",
    Field.LINKS: "kanarielank",
    Field.TOPICS: "Vatten och miljö",
}
SEARCHED = (Field.ROLES, Field.HEADLINE, Field.WORK, Field.CITY, Field.SKILLS)
FILTERS = {Field.CITY: "city", Field.SKILLS: "skill"}

AGREED = (Purpose.MEMBERSHIP, Purpose.RECRUITER_CONTACT)
SEEN_BY: dict[Audience, set[str]] = {
    Audience.ONLY_ME: set(),
    Audience.SAME_UNIT: {"same unit"},
    Audience.ALUMNI: {"same unit", "alumnus"},
    Audience.RECRUITERS: {"same unit", "alumnus", "recruiter", "hr"},
}
VIEWERS = ("same unit", "alumnus", "recruiter", "hr", "manager")


def shown_one(
    make: Make, audience: Audience, unit: Unit, *, agreed: tuple[Purpose, ...] = AGREED
) -> str:
    """Make a member with a canary in every field; return the card's address."""
    member = make.alumnus("Bo Berg", unit=unit, title="kanarieroll", agreed_to=agreed)
    return profile(
        make,
        member,
        audiences=dict.fromkeys(Field, audience),
        headline="kanarierubrik",
        now_title="kanariejobb",
        city="kanariestad",
        about="kanarieprosa",
        links="https://kanarielank.example",
        since=("kanariekunskap",),
        topics=(Topic.WATER,),
    )


def viewer(make: Make, kind: str, unit: Unit) -> Account:
    if kind == "same unit":
        return make.alumnus("Nils Nära", unit=unit)
    if kind == "alumnus":
        return make.alumnus("Fia Fjärran", unit=make.unit("Järnväg"))
    return make.staff(Role(kind))


@covers("S18")
@pytest.mark.both_databases
@pytest.mark.parametrize("audience", Audience, ids=str)
def test_a_canary_is_seen_only_where_its_owner_allows(
    browser: Browser, make: Make, audience: Audience
) -> None:
    unit = make.unit("Elkraft")
    address = shown_one(make, audience, unit)
    for kind in VIEWERS:
        reader = browser.another().as_(viewer(make, kind, unit))
        expected = set(Field) if kind in SEEN_BY[audience] else set()
        assert canaries(reader, address) == expected, f"{audience} to {kind}"


@covers("S18", "S24")
@pytest.mark.both_databases
def test_recruiters_see_no_field_without_consent_to_contact(browser: Browser, make: Make) -> None:
    unit = make.unit("Elkraft")
    address = shown_one(make, Audience.RECRUITERS, unit, agreed=(Purpose.MEMBERSHIP,))
    for kind in ("recruiter", "hr", "manager"):
        reader = browser.another().as_(viewer(make, kind, unit))
        assert canaries(reader, address) == set(), kind
    assert canaries(browser.as_(viewer(make, "alumnus", unit)), address) == set(Field)


def canaries(reader: Browser, address: str) -> set[Field]:
    """Return the fields that a reader learns of: by card, by list, by search and by filter."""
    card = reader.go(address).text
    found = {one for one, word in CANARIES.items() if word in card}
    listing = " ".join(reader.get("network.directory").texts(".hit"))
    assert {one for one, word in CANARIES.items() if word in listing} <= found
    for one in SEARCHED:
        hits = reader.get("network.directory", q=CANARIES[one]).texts(".hit h3")
        assert (hits == ["Bo Berg"]) == (one in found), f"searched by {one}"
    for one, name in FILTERS.items():
        hits = reader.go(f"/colleagues?{name}={CANARIES[one]}").texts(".hit h3")
        assert (hits == ["Bo Berg"]) == (one in found), f"filtered by {one}"
    hits = reader.get("network.directory", topic="water").texts(".hit h3")
    assert (hits == ["Bo Berg"]) == (Field.TOPICS in found)
    return found


def test_addresses_and_telephone_numbers_stand_nowhere(browser: Browser, make: Make) -> None:
    member = make.alumnus("Bo Berg", private="bo.privat@post.example")
    address = profile(make, member, city="Malmö")
    for account in (make.alumnus("Fia Fjärran"), make.staff(Role.RECRUITER)):
        reader = browser.another().as_(account)
        assert "bo.privat" not in reader.go(address).html
        assert "bo.privat" not in reader.get("network.directory").html


@pytest.mark.parametrize(
    ("chosen", "kind"), [("same-unit", "same unit"), ("alumni", "alumnus"), ("recruiters", "hr")]
)
def test_the_preview_is_what_the_others_see(
    browser: Browser, make: Make, chosen: str, kind: str
) -> None:
    unit = make.unit("Elkraft")
    member = make.alumnus("Bo Berg", unit=unit, agreed_to=AGREED)
    mixed = dict(zip(Field, [*Audience, *Audience], strict=True))
    address = profile(make, member, audiences=mixed, city="Malmö", about="Om mig", headline="Rad")
    mine = browser.as_(member).go(f"/profile/preview?as={chosen}")
    theirs = browser.another().as_(viewer(make, kind, unit)).go(address)
    assert mine.texts(".cols .card") == theirs.texts(".cols .card")


def test_nothing_is_shown_until_its_owner_says_so(browser: Browser, make: Make) -> None:
    member = make.alumnus("Bo Berg")
    browser.as_(member)
    page = browser.get("network.choose_visibility")
    assert {page.value(str(one)) for one in Field} == {"only_me"}
    page = page.submit("Spara", city="alumni")
    assert page.flashes == ["Sparat. Det gäller från och med nu."]
    assert page.value("city") == "alumni"
    assert page.value("work") == "only_me"
