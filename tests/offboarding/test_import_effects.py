"""What an import makes, what it changes and what it leaves alone."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from alumni_portal.cli import group
from alumni_portal.core.db import db
from alumni_portal.mail.models import Letter
from alumni_portal.offboarding.models import Case
from alumni_portal.people.models import (
    AddressKind,
    BirthDate,
    EmailAddress,
    Employment,
    ExitGround,
    Person,
    Unit,
    UnitLead,
)
from tests.offboarding.importing import (
    CHECK,
    EXAMPLES,
    accepted,
    as_file,
    counts,
    hr,
    imported,
    leaver,
    sample,
    table,
    uploaded,
)
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make

pytestmark = pytest.mark.both_databases
LEFT = {"Anst.datum": "2015-03-01", "Uppsägningsdatum": "2019-10-01", "Slutdatum": "2019-12-31"}

#: Enough rows for a guess to be right although one row is wrong.
GOOD = [leaver(number) for number in (1, 3, 4, 5)]


def job(number: int) -> Employment:
    return db.session.scalars(select(Employment).where(Employment.number == str(number))).one()


def test_somebody_who_has_left_becomes_person_and_employment_only(
    browser: Browser, make: Make, app: Flask
) -> None:
    imported(hr(browser, make), table(leaver(1, **LEFT), leaver(2)))
    with app.app_context():
        assert [case.employment_id for case in db.session.scalars(select(Case))] == [job(2).id]
        kinds = select(EmailAddress.kind).where(EmailAddress.person_id == job(1).person_id)
        assert list(db.session.scalars(kinds)) == [AddressKind.PRIVATE]
        assert db.session.get_one(BirthDate, job(1).person_id).born_on == date(1985, 4, 2)
        assert db.session.scalar(select(Letter.id)) is None


def test_a_work_address_is_proved_and_a_private_one_is_not(
    browser: Browser, make: Make, app: Flask
) -> None:
    imported(hr(browser, make), table(leaver(1)))
    with app.app_context():
        rows = select(EmailAddress).where(EmailAddress.person_id == job(1).person_id)
        proved = {one.kind: one.verified_at is not None for one in db.session.scalars(rows)}
        assert proved == {AddressKind.WORK: True, AddressKind.PRIVATE: False}


def test_a_manager_further_down_in_the_file_is_found(
    browser: Browser, make: Make, app: Flask
) -> None:
    imported(hr(browser, make), table(leaver(1, Chef_anstnr="2"), leaver(2, Chef_anstnr="77")))
    with app.app_context():
        assert job(1).manager_id == job(2).person_id
        assert job(2).manager_id is None


def test_a_death_is_noted_and_nobody_is_written_to(
    browser: Browser, make: Make, app: Flask
) -> None:
    imported(hr(browser, make), table(leaver(1, Avgångsorsak="Avliden"), leaver(2)))
    with app.app_context():
        assert db.session.get_one(Person, job(1).person_id).died_on is not None
        cases = {case.employment_id: case for case in db.session.scalars(select(Case))}
        assert cases[job(1).id].is_about_death
        assert db.session.scalar(select(Letter.id)) is None


def test_strict_stores_nothing_when_a_row_is_rejected(
    browser: Browser, make: Make, app: Flask
) -> None:
    reader = hr(browser, make)
    with app.app_context():
        before = counts()
    page = uploaded(reader, as_file(table(*GOOD, leaver(2, Slutdatum="igår")))).submit(CHECK)
    page = accepted(page, strict=True)
    assert any("ingenting lästes in" in error for error in page.errors)
    with app.app_context():
        assert counts() == before
    assert accepted(page, strict=False).heading == "Filen är inläst"


def test_another_last_day_is_a_change_and_the_case_follows(
    browser: Browser, make: Make, app: Flask
) -> None:
    reader = hr(browser, make)
    imported(reader, table(leaver(1)))
    changed = table(leaver(1, Slutdatum="2027-01-31", Befattning="Controller"))
    page = uploaded(reader, as_file(changed)).submit(CHECK)
    row = page.table("Rader")[0]["Ändring"]
    assert "Sista anställningsdag: 2026-12-11 → 2027-01-31" in row
    assert "Befattning: Ekonom → Controller" in row
    accepted(page)
    with app.app_context():
        assert (job(1).ends_on, job(1).title) == (date(2027, 1, 31), "Controller")
        assert db.session.scalars(select(Case)).one().last_day == date(2027, 1, 31)
        assert db.session.scalar(select(Letter.id)) is None


def test_an_address_that_was_missing_comes_with_the_next_file(
    browser: Browser, make: Make, app: Flask
) -> None:
    reader = hr(browser, make)
    imported(reader, table(leaver(1, **{"Privat e-post": ""}), leaver(2)))
    imported(reader, table(leaver(1), leaver(2, **{"Privat e-post": "annan@post.example"})))
    with app.app_context():
        query = select(EmailAddress.canonical).where(EmailAddress.kind == AddressKind.PRIVATE)
        found = set(db.session.scalars(query))
        assert found == {"elin1@post.example", "elin2@post.example"}  # what is there stays


def test_two_different_people_are_not_asked_about_again(
    browser: Browser, make: Make, app: Flask
) -> None:
    reader = hr(browser, make)
    make.former("Elin Sandellf", private="elin5@post.example")
    imported(reader, table(leaver(5)))
    page = reader.get("offboarding.list_matches")
    page = page.submit("Två olika personer Elin Sandellf")
    assert "Inget att jämföra" in page
    with app.app_context():
        people = select(Person).where(Person.search_name == "elin sandellf")
        assert len(db.session.scalars(people).all()) == 2


def test_a_confirmed_match_has_one_timeline(browser: Browser, make: Make, app: Flask) -> None:
    reader = hr(browser, make)
    known = make.former("Elin Sandellf", private="elin5@post.example")
    page = uploaded(reader, as_file(table(leaver(5)))).submit(CHECK)
    assert "som vi redan känner" in page
    accepted(page)
    reader.get("offboarding.list_matches").submit("Samma person Elin Sandellf")
    with app.app_context():
        assert job(5).person_id == known.id
        jobs = select(Employment).where(Employment.person_id == known.id)
        assert len(db.session.scalars(jobs).all()) == 2


def test_staff_come_with_their_leads_and_become_leavers_later(
    browser: Browser, make: Make, app: Flask
) -> None:
    head = (
        "Anställningsnummer;Namn;E-post;Enhet;Titel;Närmaste chef;Anställningsform;Anställd från;"
        "Chef för;Ersättare för"
    )
    rows = (
        "1;Sandell, Elin;elin1@sundmark.example;Elkraft;Ekonom;2;Tillsvidare;01.03.2015;;",
        "2;Ek, Bo;bo@sundmark.example;Elkraft;Chef;;Tillsvidare;14.05.2010;Elkraft;",
    )
    reader = hr(browser, make)
    imported(reader, table(*rows, headings=head), kind="staff")
    with app.app_context():
        assert job(1).manager_id == job(2).person_id
        assert db.session.scalars(select(UnitLead)).one().person_id == job(2).person_id
        assert db.session.scalar(select(Case.id)) is None
    imported(reader, table(leaver(1, Efternamn="Sandell", Chef_anstnr="2")))
    with app.app_context():
        assert (job(1).ends_on, job(1).exit_ground) == (date(2026, 12, 11), ExitGround.OWN_REQUEST)
        assert db.session.scalars(select(Case)).one().employment_id == job(1).id


def test_units_come_as_a_tree_whatever_their_order(
    browser: Browser, make: Make, app: Flask
) -> None:
    head = "Kod;Enhet;Överordnad;Chef;Ersättare;Gäller från;Upphör"
    rows = ("20;Elkraft;10;;;2015-01-01;", "10;Teknik;;;;2012-01-01;", "30;Väg;Ny gren;;;;")
    reader = hr(browser, make)
    imported(reader, table(*rows, headings=head), kind="units")
    with app.app_context():
        units = {unit.name: unit for unit in db.session.scalars(select(Unit))}
        assert units["Elkraft"].parent_id == units["Teknik"].id
        assert units["Väg"].parent_id == units["Ny gren"].id
    page = uploaded(
        reader, as_file(table("20;Elkraft;10;;;2015-01-01;", headings=head)), kind="units"
    )
    assert "Finns redan, precis så." in page.submit(CHECK)


@covers("S25")
def test_rejected_rows_come_back_guarded_and_can_be_mended(
    browser: Browser, make: Make, app: Flask
) -> None:
    reader = hr(browser, make)
    row = leaver(2, Slutdatum="igår", Befattning="=1+1", Avdelning="@Väg")
    page = uploaded(reader, as_file(table(*GOOD, row))).submit(CHECK)
    accepted(page)
    address = page.links()["Hämta de avvisade raderna"]
    text = reader.open(address).get_data(as_text=True)
    assert "'=1+1" in text
    assert "'@Väg" in text
    assert "inget datum" in text
    imported(reader, text.replace("igår", "2026-12-31").encode())
    with app.app_context():
        assert job(2).title == "=1+1"
        assert db.session.get_one(Unit, job(2).unit_id).name == "@Väg"


def test_the_command_line_says_what_is_missing_without_a_mapping(
    app: Flask, tmp_path: Path
) -> None:
    path = tmp_path / "koder.csv"
    path.write_bytes(table(leaver(1, Avgångsorsak="01"), leaver(2, Avgångsorsak="02")))
    result = app.test_cli_runner().invoke(group, ["leavers", "import", str(path)])
    assert result.exit_code == 2
    assert "exit_ground: 01" in result.stderr


def test_the_command_line_strict_and_dry_run_store_nothing(app: Flask) -> None:
    mapping = ["--mapping", str(EXAMPLES / "leavers-payroll-sv.toml")]
    for flag in ("--strict", "--dry-run"):
        command = ["leavers", "import", str(sample("payroll-sv")), *mapping, flag]
        assert app.test_cli_runner().invoke(group, command).exit_code == 1
        with app.app_context():
            assert db.session.scalar(select(Employment.id)) is None
