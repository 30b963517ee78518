"""The page around the hits: filters and chips, orders and pages, what to loosen, the opening."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from alumni_portal.core import access_log
from alumni_portal.core.access_log import Look
from alumni_portal.core.permissions import Role
from alumni_portal.rehire.models import Level
from tests.network.making import profile
from tests.openings.making import opening
from tests.rehire.finding import FINDABLE, answer, candidate
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make
from tests.support.page import Page
from tests.support.statements import counted

#: The search's own statements; the counts in the menu belong to others.
OF_THE_SEARCH = ("vocab", "search_fts", "profile_change", "interest", "employment ", "person_skill")


def names(page: Page) -> list[str]:
    return page.texts(".hit h3")


def counts(page: Page, legend: str) -> dict[str, int]:
    """Return what a facet says: the words of each value and its count."""
    found = {}
    for facet in page.all("fieldset.facet"):
        if facet.legend is not None and facet.legend.get_text() == legend:
            for label in facet.select("label.check"):
                number = label.select_one(".n")
                assert number is not None
                words = label.get_text().strip().removesuffix(number.get_text()).strip()
                found[words] = int(number.get_text())
    return found


@pytest.fixture
def recruiter(browser: Browser, make: Make) -> Browser:
    return browser.as_(make.staff(Role.RECRUITER, name="Sofia Lindqvist"))


@pytest.mark.both_databases
def test_filters_count_what_they_would_find_and_leave_themselves_out(
    recruiter: Browser, make: Make
) -> None:
    candidate(make, "Amira Haddad", level=Level.OPEN, city="Malmö", then=("Python",))
    candidate(make, "Bo Berg", level=Level.CURIOUS, city="Malmö")
    candidate(make, "Eva Ek", level=Level.CURIOUS, city="Luleå", then=("Python",))
    page = recruiter.get("rehire.candidates", answer="curious", city="malmo")
    assert names(page) == ["Bo Berg"]
    answers = {"Letar aktivt": 0, "Öppen för rätt roll": 1, "Nyfiken": 1}
    assert counts(page, "Eget svar om att återvända") == answers
    assert counts(page, "Ort") == {"Malmö": 1, "Luleå": 1}
    assert counts(page, "Kompetens") == {}
    assert page.texts(".chip") == ["Ta bort filter: Nyfiken", "Ta bort filter: Malmö"]
    page = page.follow("Ta bort filter: Nyfiken")
    assert set(names(page)) == {"Amira Haddad", "Bo Berg"}
    page = page.submit("Visa 2 träffar", skill=["python"])
    assert names(page) == ["Amira Haddad"]
    assert names(page.follow("Rensa alla")) != []


def test_a_long_list_of_values_is_folded_and_unfolds(recruiter: Browser, make: Make) -> None:
    candidate(make, "Amira Haddad", then=("A1", "A2", "A3", "A4", "A5", "A6", "A7"))
    page = recruiter.get("rehire.candidates")
    assert len(counts(page, "Kompetens")) == 5
    page = page.follow("Visa 2 till för Kompetens")
    assert len(counts(page, "Kompetens")) == 7
    assert len(counts(page.submit("Sök", q="amira"), "Kompetens")) == 7


def test_a_slip_is_put_right_and_said(recruiter: Browser, make: Make) -> None:
    candidate(make, "Amira Haddad", title="Projektledare")
    page = recruiter.get("rehire.candidates", q="projketledare")
    assert names(page) == ["Amira Haddad"]
    assert "Ingen har ordet projketledare. Visar träffar för projektledare" in page
    assert page.value("q") == "projketledare"


def test_who_finds_nobody_is_told_what_to_loosen(recruiter: Browser, make: Make) -> None:
    candidate(make, "Amira Haddad", city="Malmö", level=Level.OPEN)
    page = recruiter.get("rehire.candidates", q="amira", answer="curious")
    assert "Ingen träff" in page
    assert names(page.follow("Eget svar om att återvända (1 träff)")) == ["Amira Haddad"]
    page = recruiter.get("rehire.candidates", q="xyzzyplugh")
    assert "Ingen som går att hitta har ordet xyzzyplugh." in page


@covers("S46")
@pytest.mark.parametrize(
    "asked",
    [
        {"answer": "not_now"},
        {"answer": "x", "sort": "age", "unfold": "name", "unit": "finns-inte"},
        {"left_from": "nittio", "left_to": "-1", "after": "!!!", "before": "W10"},
        {"q": "å" * 10_000},
        {"q": "a" * 10_000, "skill": "%_'\"\\", "city": "'; DROP TABLE person; --"},
        {"q": "\" OR * NEAR( ' | & ! :", "sort": "name", "after": "WyJuYW1lIiwieCIsMV0"},
    ],
)
def test_what_is_no_choice_is_no_error(
    recruiter: Browser, make: Make, asked: dict[str, Any]
) -> None:
    candidate(make, "Amira Haddad")
    recruiter.get("rehire.candidates", **asked)


def test_a_search_for_an_opening_points_to_what_it_wants(recruiter: Browser, make: Make) -> None:
    unit = make.unit("Elkraft")
    candidate(
        make, "Amira Haddad", title="Elkonstruktör", unit=unit, city="Luleå", then=("AutoCAD",)
    )
    candidate(make, "Bo Berg", title="Ekonom")
    made = opening(make, unit=unit)
    page = recruiter.get("rehire.candidates", opening=made.public_id)
    assert names(page) == ["Amira Haddad"]
    assert "Du söker till Elkonstruktör station" in page
    assert "Kompetens: AutoCAD +7" in page.texts(".points li")
    assert "Varför träffen: 72 av 100 poäng" in page
    assert names(page.submit("Sök", q="amira")) == ["Amira Haddad"]
    shown = recruiter.get("openings.opening", public_id=made.public_id)
    assert "1 alumn har en efterfrågad kompetens eller en liknande roll" in shown
    assert names(shown.follow("Visa kandidater")) == ["Amira Haddad"]
    recruiter.get("rehire.candidates", opening="x" * 14, status=404)


def test_an_alumnus_sees_the_same_points_as_the_recruiter(browser: Browser, make: Make) -> None:
    unit = make.unit("Elkraft")
    made = opening(make, unit=unit)
    account = make.alumnus("Amira Haddad", agreed_to=FINDABLE, title="Elkonstruktör", unit=unit)
    browser.as_(account)
    assert "Du hittas inte just nu" in browser.get("rehire.how_found")
    assert account.person_id is not None
    profile(make, account, then=("AutoCAD",))
    answer(make, account.person_id, Level.LOOKING)
    page = browser.get("rehire.how_found", opening=made.public_id)
    recruiter = browser.another().as_(make.staff(Role.RECRUITER))
    theirs = recruiter.get("rehire.candidates", opening=made.public_id)
    points = theirs.texts(".whyhit .points li")
    assert len(points) > 4
    assert page.texts(".points li")[: len(points)] == points
    browser.get("rehire.how_found", opening="x" * 14, status=404)


@covers("S23")
def test_a_script_is_stopped_after_a_hundred_searches(recruiter: Browser, make: Make) -> None:
    candidate(make, "Bo Berg")
    answers = [recruiter.open("/candidates").status_code for _ in range(102)]
    assert answers == [200] * 100 + [429] * 2


@covers("S17")
def test_every_look_is_noted_for_who_was_shown(recruiter: Browser, make: Make, app: Flask) -> None:
    person_id = candidate(make, "Bo Berg")
    other = candidate(make, "Eva Ek")
    recruiter.get("rehire.candidates", q="berg")
    with app.app_context():
        assert [(seen.look, seen.roles) for seen in access_log.seen(person_id)] == [
            (Look.SEARCH, ("recruiter",))
        ]
        assert access_log.seen(other) == []


def test_the_log_names_the_weights_and_nothing_that_was_typed(
    recruiter: Browser, make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    candidate(make, "Amira Haddad")
    recruiter.get("rehire.candidates", q="haddad")
    lines = [one for one in capsys.readouterr().err.splitlines() if "candidate_search" in one]
    assert len(lines) == 1
    assert '"weights": "2026-11"' in lines[0]
    assert "addad" not in lines[0]


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.RECRUITER, 200), (Role.HR, 200), (Role.MANAGER, 404), (Role.ADMIN, 404)],
)
def test_only_who_recruits_searches(browser: Browser, make: Make, role: Role, status: int) -> None:
    browser.as_(make.staff(role)).get("rehire.candidates", status=status)


def test_words_are_suggested_while_typing_and_no_names(recruiter: Browser, make: Make) -> None:
    candidate(make, "Prosper Projektsson", title="Projektledare", then=("Projektering",))
    ask: Callable[[str], object] = lambda q: recruiter.open(  # noqa: E731 - asked four times
        f"/candidates/suggestions?q={q}"
    ).get_json()
    assert ask("proj") == {"suggestions": ["Projektering", "Projektledare"]}
    assert ask("malm%C3%B6 projektl") == {"suggestions": ["malmö Projektledare"]}
    assert ask("prosp") == ask("p") == ask("") == {"suggestions": []}


def test_a_warm_search_asks_the_database_little(recruiter: Browser, make: Make, app: Flask) -> None:
    for number in range(12):
        candidate(make, f"Bo B{number}", then=("Python", "C++"))
    recruiter.get("rehire.candidates", q="python")
    with counted(app) as asked:
        recruiter.get("rehire.candidates", q="python", sort="points")
    own = [one for one in asked if any(f" {table}" in one for table in OF_THE_SEARCH)]
    assert len(own) == 6, own
