"""Words for everybody (A9): enough people behind them, and read by more than their writer."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.permissions import COMMAND_LINE, SYSTEM, Role
from alumni_portal.insights import queries, services
from alumni_portal.insights.models import Action, Publication
from alumni_portal.insights.rules.telltales import dates_in, maybe_names, print_of
from alumni_portal.people.models import Unit
from tests.insights.leavers import row
from tests.insights.making_actions import WORDS, action, backed, leavers, published, released
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.page import Page

ASK, APPROVE = "Be en kollega godkänna", "Godkänn och låt alla läsa"
FEW = (
    "Minst tio personer i en publicering ska ha temat som viktigaste skäl eller ha skrivit om det, "
    "och minst tre ska ha nämnt det i egna svar."
)


def told(**more: Any) -> services.Told:
    return services.Told(**{**WORDS, **more})


def editor(reader: Browser, one: Action) -> Page:
    return reader.get("insights.publication", public_id=one.public_id)


@pytest.mark.both_databases
def test_what_one_has_written_another_lets_everybody_read(browser: Browser, make: Make) -> None:
    made, stranger = action(make), browser.another()
    backed(make)
    writer, other = browser.as_(make.staff(Role.HR)), browser.another().as_(make.staff(Role.HR))
    page = editor(writer, made).submit(ASK, within="", expects=200, **WORDS)
    assert "Väntar på godkännande" in page
    page = page.follow("Läs och godkänn")
    assert "Du skrev texten" in page
    assert APPROVE not in page.buttons()
    assert WORDS["done_sv"] not in stranger.get("insights.what_changed")
    page = other.get("insights.actions").follow("Läs och godkänn Högst 15 medarbetare per chef")
    assert page.submit(APPROVE).errors[0].endswith("Läs texterna och kryssa i rutan.")
    page = page.submit(APPROVE, is_clean=True)
    assert "Alla kan läsa om det" in page
    told = stranger.get("insights.what_changed")
    assert WORDS["done_sv"] in told
    assert "Hela företaget, avslut till och med Kv 1 2024" in told


def test_the_writer_can_not_approve_by_a_request_of_their_own(browser: Browser, make: Make) -> None:
    made = action(make)
    backed(make)
    writer = browser.as_(make.staff(Role.HR))
    page = editor(writer, made).submit(ASK, within="", expects=200, **WORDS)
    data = {"seen": print_of(WORDS), "is_clean": "y", "csrf_token": page.value("csrf_token")}
    path = f"/insights/actions/{made.public_id}/publication/approve"
    answer = writer.go(path, method="POST", data=data)
    assert "En kollega måste läsa och godkänna den." in answer
    assert "Inget publicerat än" in browser.another().get("insights.what_changed")


def asked(make: Make, **more: str) -> Action:
    """Make an action whose words wait for a second reader."""
    made = action(make)
    backed(make)
    with make.work():
        services.ask_approval(found(made), told(**more), by=SYSTEM)
    return made


def found(made: Action) -> Action:
    again = queries.action(made.public_id)
    assert again is not None
    return again


@pytest.mark.both_databases
def test_nobody_approves_other_words_than_those_that_were_read(inside: Flask, make: Make) -> None:
    made = asked(make)
    with make.work():
        services.write(found(made), told(heard_sv="Något annat."), by=SYSTEM)
    with pytest.raises(Conflict, match="ändrats sedan"):
        services.approve(found(made), seen=print_of(WORDS), by=COMMAND_LINE)


def test_what_nobody_asked_for_can_not_be_approved(inside: Flask, make: Make) -> None:
    made = published(make, action(make))
    with pytest.raises(Conflict, match="väntar inte"):
        services.approve(found(made), seen=print_of(WORDS), by=COMMAND_LINE)
    with pytest.raises(Conflict):
        services.approve(found(action(make)), seen="", by=COMMAND_LINE)


def test_saving_what_a_colleague_wrote_makes_nobody_its_writer(inside: Flask, make: Make) -> None:
    made = asked(make)
    with make.work():
        services.write(found(made), told(), by=COMMAND_LINE)
    with pytest.raises(Refusal, match="Du skrev texten"):
        services.approve(found(made), seen=print_of(WORDS), by=SYSTEM)
    with make.work():
        services.approve(found(made), seen=print_of(WORDS), by=COMMAND_LINE)
    stored = db.session.scalars(select(Publication)).one()
    assert (stored.written_by, stored.approved_by) == ("system", "command-line")


def test_everybody_reads_the_approved_words_while_new_ones_wait(
    browser: Browser, make: Make
) -> None:
    made = published(make, action(make))
    hr = browser.as_(make.staff(Role.HR))
    editor(hr, made).submit(ASK, heard_sv="Nytt och oläst.")
    for place in ("insights.what_changed", "insights.poster"):
        told = browser.another().get(place)
        assert WORDS["heard_sv"] in told
        assert "Nytt och oläst." not in told
    other = browser.another().as_(make.staff(Role.HR))
    other.get("insights.approve", public_id=made.public_id).submit(APPROVE, is_clean=True)
    assert "Nytt och oläst." in browser.another().get("insights.what_changed")
    other.get("insights.approve", public_id=made.public_id, status=404)


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("heard_en", "", "Skriv texten på båda språken innan alla får läsa."),
        ("heard_sv", "Den 3 mars sa många det.", "”Den 3 mars” är en dag eller månad."),
        ("done_en", "Since March 2026 we do.", "”March 2026” är en dag eller månad."),
        ("done_sv", "Vi tackar Osynlig Chef.", "Osynlig Chef är någons namn. Ta bort det."),
    ],
    ids=["missing", "day", "month", "name"],
)
def test_words_that_may_not_be_told_are_refused_at_their_field(
    browser: Browser, make: Make, field: str, text: str, said: str
) -> None:
    make.person("Osynlig Chef")
    made = action(make)
    backed(make)
    page = editor(browser.as_(make.staff(Role.HR)), made).submit(
        ASK, within="", expects=200, **{**WORDS, field: text}
    )
    assert said in page.errors[0]
    assert page.value(field) == text
    assert "Väntar" not in page


def test_a_theme_of_few_people_is_not_told_of(browser: Browser, make: Make) -> None:
    made = action(make)
    released(make, *leavers("2024Q1", 11, 60), quarters=["2024Q1"])
    page = editor(browser.as_(make.staff(Role.HR)), made)
    assert "För få står bakom temat" in page
    page = page.submit(ASK, within="", expects=200, **WORDS)
    assert page.errors == [FEW]
    assert page.value("done_en") == WORDS["done_en"]
    with make.work(), pytest.raises(Refusal, match="Minst tio personer"):
        services.ask_approval(found(made), told(), by=SYSTEM)


def test_backing_is_asked_again_when_the_text_is_approved(inside: Flask, make: Make) -> None:
    """Erasure may have withdrawn the figures in between (A11)."""
    made = asked(make)
    with make.work():
        services.forget([f"2024Q1-{n}" for n in range(100)], by=SYSTEM)
    with pytest.raises(Refusal, match="Minst tio personer"):
        services.approve(found(made), seen=print_of(WORDS), by=COMMAND_LINE)


def test_a_text_is_about_the_company_or_a_division_and_nothing_finer(
    inside: Flask, make: Make
) -> None:
    company = make.unit("Bolaget")
    division = make.unit("Norr", parent=company)
    team = make.unit("Lag", parent=division)
    path = tuple(unit.public_id for unit in (company, division, team))
    in_team = [
        row(f"t{n}", quarter="2024Q1", unit_path=path, reasons=("leadership",)) for n in range(40)
    ]
    others = [
        row(f"o{n}", quarter="2024Q1", unit_path=path[:1], reasons=("pay",)) for n in range(60)
    ]
    mixed = [row(f"m{n}", quarter="2024Q1", unit_path=path[:2], reasons=("pay",)) for n in range(9)]
    released(make, *in_team, *others, *mixed, quarters=["2024Q1"])
    assert place_of(make, team) == division.public_id
    assert place_of(make, division) == division.public_id
    assert place_of(make, company) == place_of(make, None) == ""


def place_of(make: Make, unit: Unit | None) -> str:
    made = action(make, unit_id=unit.id if unit else None)
    backing = queries.backing(found(made))
    assert backing is not None
    assert backing.quarter == "2024Q1"
    return backing.place


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Den 3 mars och 2026-03-12 och 3/4.", ["Den 3 mars", "2026-03-12", "3/4"]),
        ("On 3 March, March 3rd, in May.", ["3 March", "March 3rd", "in May"]),
        ("I mars 2026, vecka 12, v. 7", ["I mars", "vecka 12", "v. 7"]),
        ("Under 2026 och kvartal 3. You may march on. 15 medarbetare, 3,5 timmar.", []),
        ("", []),
    ],
    ids=["swedish", "english", "months", "none", "empty"],
)
def test_days_and_months_are_found(text: str, found: list[str]) -> None:
    assert dates_in(text) == found


def test_pairs_of_capitals_may_be_names() -> None:
    assert ("Anna-Karin", "Öhrn") in maybe_names("Vi tackar Anna-Karin Öhrn.")
    assert maybe_names("Elkraft. Vi gör. annat Vi") == set()
    assert maybe_names("") == set()
