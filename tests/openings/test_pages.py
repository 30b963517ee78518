"""The pages of openings: written, checked, published, read by the world, closed."""

import json
from typing import Any

from flask import Flask

from alumni_portal.core.permissions import Role
from alumni_portal.openings.models import OpeningState
from tests.network.making import profile
from tests.openings.making import CRITERIA, opening, overdue
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make, days
from tests.support.page import Page

WHOLE: dict[str, Any] = {
    "title": "Elkonstruktör station",
    "place": "Luleå",
    "pay_from": "42 000",
    "pay_to": "55\u00a0000 kr",
    "agreement": "Teknikavtalet",
    "text": "Du ritar **ställverk**.",
    "decisive": "Relä och skydd",
    "good": "AutoCAD, revit",
    "criteria": "Examen inom elkraft\nHar projekterat ställverk",
    "closes_on": str(days(30)),
}


def block_of(page: Page) -> dict[str, Any]:
    """Return the data block of a public page."""
    found: dict[str, Any] = json.loads(page.one("script[type='application/ld+json']").string or "")
    return found


def test_a_recruiter_writes_checks_and_publishes(browser: Browser, make: Make) -> None:
    unit = make.unit("Station och ställverk")
    browser.as_(make.staff(Role.RECRUITER))
    page = browser.get("openings.manage").follow("Ny tjänst")
    page = page.submit("Spara och granska", unit=unit.public_id, **WHOLE)
    assert page.heading == "Publicera Elkonstruktör station?"
    assert "Lönespann: 42 000–55 000 kr i månaden" in page.text.replace("\xa0", " ")
    assert "2 krav, som låses nu" in page
    page = page.submit("Publicera")
    assert page.flashes == ["Tjänsten är publicerad. Alla kan läsa den nu."]
    stranger = browser.another().get("openings.index").follow("Elkonstruktör station")
    assert "Teknikavtalet" in stranger
    assert "Examen inom elkraft" in stranger
    assert stranger.texts(".prose strong") == ["ställverk"]


def test_what_publishing_lacks_is_said_at_the_fields_and_nothing_is_lost(
    browser: Browser, make: Make
) -> None:
    make.unit()
    browser.as_(make.staff(Role.HR))
    page = browser.get("openings.new")
    page = page.submit("Spara och granska", title="Elkonstruktör", text="Du ritar.", recruiter="")
    assert [line.partition(":")[0] for line in page.errors] == [
        "Avdelning",
        "Var arbetet utförs",
        "Lägsta lön",
        "Högsta lön",
        "Kollektivavtal",
        "Krav som alla bedöms efter",
        "Sista ansökningsdag",
        "Svarar för rekryteringen",
    ]
    assert page.value("text") == "Du ritar."
    assert "Inget här" in browser.get("openings.manage", show="all")
    page = page.submit("Spara utkast")
    assert page.flashes == ["Utkastet är sparat. Bara ni ser det."]


def test_pay_that_is_none_is_explained(browser: Browser, make: Make) -> None:
    browser.as_(make.staff(Role.RECRUITER))
    page = browser.get("openings.new").submit("Spara utkast", **{**WHOLE, "pay_from": "mycket"})
    assert page.errors == ["Lägsta lön: Skriv lönen med siffror, till exempel 42 000."]
    assert page.value("pay_from") == "mycket"
    page = page.submit("Spara utkast", pay_from="60000")
    assert page.errors == ["Högsta lön: Den högsta lönen är lägre än den lägsta."]
    assert page.value("criteria") == WHOLE["criteria"].replace("\n", "\r\n")


def test_an_unfinished_draft_cannot_be_published_by_the_button_either(
    browser: Browser, make: Make, app: Flask
) -> None:
    made = opening(make, state=OpeningState.DRAFT, pay_from=None, pay_to=None)
    browser.as_(make.staff(Role.RECRUITER))
    page = browser.get("openings.publish", public_id=made.public_id)
    assert "Publicera" not in page.buttons()
    assert "Skriv den lägsta lönen" in page
    token = page.all("input[name=csrf_token]")[0]["value"]
    page = browser.go(page.address, method="POST", data={"csrf_token": token})
    assert page.errors == ["Skriv den lägsta lönen. Den som söker ska veta lönespannet innan."]
    browser.another().get("openings.opening", public_id=made.public_id, status=404)


def test_locked_criteria_stay_whatever_is_sent(browser: Browser, make: Make) -> None:
    made = opening(make, names_recruiter=True)
    browser.as_(make.staff(Role.HR))
    page = browser.get("openings.edit", public_id=made.public_id)
    page = page.submit("Spara ändringen", criteria="Något helt annat", place="Boden")
    assert page.errors[0].startswith("Krav som alla bedöms efter: Kraven låstes")
    page = page.submit("Spara ändringen", criteria="\n".join(CRITERIA))
    assert page.flashes == ["Ändringen är sparad."]
    assert "Boden" in page


def test_the_data_block_says_pay_place_and_last_day_and_names_nobody(
    browser: Browser, make: Make
) -> None:
    made = opening(make, names_recruiter=True)
    page = browser.get("openings.opening", public_id=made.public_id)
    found = block_of(page)
    assert found["@type"] == "JobPosting"
    assert found["baseSalary"]["currency"] == "SEK"
    pay = found["baseSalary"]["value"]
    assert (pay["minValue"], pay["maxValue"], pay["unitText"]) == (42_000, 55_000, "MONTH")
    assert found["validThrough"].startswith(f"{days(30)}T23:59:59+0")
    assert found["jobLocation"]["address"]["addressLocality"] == "Luleå"
    assert found["employmentType"] == ["FULL_TIME"]
    assert found["hiringOrganization"]["name"] == "Sundmark"
    assert "<strong>ställverk</strong>" in found["description"]
    assert "Karin" not in json.dumps(found)


def test_hostile_text_stays_text(browser: Browser, make: Make) -> None:
    hostile = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\u2028&amp;"
    links = "[a](javascript:alert(1)) [b](https://ok.example/)"
    made = opening(make, title=f"A {hostile}"[:110], place=hostile, text=f"{hostile}\n\n{links}")
    page = browser.get("openings.opening", public_id=made.public_id)
    assert len(page.all("script")) == 2, "the module of every page, and the block"
    assert block_of(page)["jobLocation"]["address"]["addressLocality"].startswith("</script>")
    assert not page.all("main img, main script, .prose [onerror]")
    assert [tag["href"] for tag in page.all(".prose a")] == ["https://ok.example/"]


def test_only_what_is_open_has_a_data_block(browser: Browser, make: Make) -> None:
    browser.as_(make.staff(Role.RECRUITER))
    for state in (OpeningState.DRAFT, OpeningState.CLOSED, OpeningState.FILLED):
        made = opening(make, state=state)
        page = browser.get("openings.opening", public_id=made.public_id)
        assert not page.all("script[type='application/ld+json']")


def test_a_closed_opening_leads_on_to_those_that_are_open(browser: Browser, make: Make) -> None:
    closed = opening(make, state=OpeningState.CLOSED, title="Montör")
    filled = opening(make, state=OpeningState.FILLED, title="Beredare")
    late = overdue(make, title="Granskare")
    opening(make, title="Signalprojektör")
    for made, words in (
        (closed, "Ansökningstiden är slut"),
        (filled, "Tjänsten är tillsatt"),
        (late, "Ansökningstiden är slut"),
    ):
        page = browser.get("openings.opening", public_id=made.public_id, status=410)
        assert page.heading == f"{made.title} är stängd"
        assert words in page
        assert page.follow("Signalprojektör").heading == "Signalprojektör"
    assert "Montör" not in browser.get("openings.index")


def test_a_draft_and_what_never_was_look_the_same_to_a_stranger(
    browser: Browser, make: Make
) -> None:
    made = opening(make, state=OpeningState.DRAFT)
    foreign = browser.get("openings.opening", public_id=made.public_id, status=404)
    missing = browser.get("openings.opening", public_id="n0such", status=404)
    assert foreign.text == missing.text
    browser.as_(make.staff(Role.MANAGER))
    assert "Det här är ett utkast" in browser.get("openings.opening", public_id=made.public_id)


def test_the_recruiter_is_named_only_when_the_advert_says_so(browser: Browser, make: Make) -> None:
    named = opening(make, names_recruiter=True)
    quiet = opening(make, recruiter=make.person("Berit Ohm"), manager_id=make.person("Åke Ek").id)
    assert "Karin Alm" in browser.get("openings.opening", public_id=named.public_id)
    page = browser.get("openings.opening", public_id=quiet.public_id)
    assert "Berit Ohm" not in page.html
    assert "Åke Ek" not in page.html
    browser.as_(make.staff(Role.RECRUITER))
    page = browser.get("openings.opening", public_id=quiet.public_id)
    assert "Berit Ohm" in page
    assert "Åke Ek" in page


@covers("S44")
def test_search_engines_keep_openings_that_are_open_and_nothing_else(
    browser: Browser, make: Make
) -> None:
    made, closed = opening(make), opening(make, state=OpeningState.CLOSED)
    robots = browser.open("/robots.txt").get_data(as_text=True)
    told = ["User-agent: *", "Disallow: /", "Allow: /openings", "Allow: /openings/"]
    assert robots.splitlines() == [*told, "Allow: /what-changed"]
    page = f"/openings/{made.public_id}"
    for path, said in (
        ("/openings", "all"),
        (page, "all"),
        (f"/openings/{closed.public_id}", "noindex, nofollow"),
        ("/openings/n0such", "noindex, nofollow"),
        ("/openings/manage", "noindex, nofollow"),
    ):
        assert browser.open(path).headers["X-Robots-Tag"] == said, path
    browser.as_(make.alumnus())
    assert browser.open(page).headers["X-Robots-Tag"] == "noindex, nofollow"


def test_an_alumnus_sees_why_an_opening_is_near_in_words(browser: Browser, make: Make) -> None:
    unit = make.unit("Station och ställverk")
    account = make.alumnus(unit=unit, title="Elkonstruktör station, senior")
    profile(make, account, then=("Relä och skydd",))
    opening(make, title="Inköpare", closes_on=days(3), skills=[("Förhandling", 3)])
    near = opening(make, unit=unit)
    browser.as_(account)
    page = browser.get("home.alumnus")
    assert "Roller som liknar det du gjorde" in page.texts("h2")
    assert page.texts(".job h3") == ["Elkonstruktör station", "Inköpare"]
    pills = page.texts(".job .why .pill")
    assert pills[0].startswith("Samma roll som")
    assert pills[1:] == ["Din gamla avdelning", "1 av 2 kompetenser"]
    assert "42 000–55 000 kr i månaden" in page.text.replace("\xa0", " ")
    page = browser.get("openings.opening", public_id=near.public_id)
    assert "Det här har ni gemensamt" in page.texts("h2")


def test_with_nothing_open_the_home_page_has_no_box_for_it(browser: Browser, make: Make) -> None:
    opening(make, state=OpeningState.CLOSED)
    browser.as_(make.alumnus())
    assert "Lediga tjänster" not in browser.get("home.alumnus").texts("h2")


def test_it_is_all_there_in_english(app: Flask, make: Make) -> None:
    made = opening(make)
    english = Browser(app, language="en")
    page = english.get("openings.opening", public_id=made.public_id)
    assert page.language == "en"
    assert "42,000–55,000 kr a month" in page


def test_no_field_asks_what_somebody_earned(browser: Browser, make: Make) -> None:
    browser.as_(make.staff(Role.HR))
    page = browser.get("openings.new")
    names = {str(tag["name"]) for tag in page.all("main [name]")}
    assert {"pay_from", "pay_to"} <= names
    words = ("previous", "earlier", "current", "salary", "history")
    assert not [name for name in names if any(word in name for word in words)]
    assert "Fråga aldrig vad någon tjänar" in page
