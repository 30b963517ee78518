"""The seeded demo: consistent, alive for every role, and the same each time."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from alumni_portal.accounts.models import Account
from alumni_portal.consents import queries as consents
from alumni_portal.consents.models import Act, ConsentEntry, Purpose, StandingConsent
from alumni_portal.core import audit, clock
from alumni_portal.core.db import Base, db
from alumni_portal.demo import seeding
from alumni_portal.demo.characters import ACCOUNTS, PASSWORD
from alumni_portal.network.models import DirectoryEntry
from alumni_portal.offboarding.models import Case, CaseState, CaseTask, ImportMatch, JoinRequest
from alumni_portal.people.models import EmailAddress, Person
from tests.support.app import made_app, migrate, settings_for
from tests.support.browser import Browser
from tests.support.database import Database
from tests.support.statements import counted

ROLES = [told.address.partition("@")[0] for told in ACCOUNTS]
Find = Callable[[str], Account]


def number_of(model: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_it_is_seeded_only_once(inside: Flask) -> None:
    assert not seeding.is_empty()
    assert number_of(Person) > 2000


def test_the_audit_chain_holds(inside: Flask) -> None:
    assert audit.verify() is None


def test_every_address_is_fictional(inside: Flask) -> None:
    hosts = {one.rpartition("@")[2] for one in db.session.scalars(select(EmailAddress.canonical))}
    assert {host.rpartition(".")[2] for host in hosts} == {"example"}


def test_what_stands_is_what_the_ledger_says(inside: Flask) -> None:
    told: dict[tuple[int, Purpose], ConsentEntry] = {}
    for entry in db.session.scalars(
        select(ConsentEntry).order_by(ConsentEntry.at, ConsentEntry.id)
    ):
        told[entry.person_id, entry.purpose] = entry
    agreed = {key for key, entry in told.items() if entry.act in {Act.GIVEN, Act.RENEWED}}
    rows = list(db.session.scalars(select(StandingConsent)))
    assert {(row.person_id, row.purpose) for row in rows} == agreed
    assert all(row.entry_id == told[row.person_id, row.purpose].id for row in rows)


def test_every_member_is_in_the_directory(inside: Flask) -> None:
    """Somebody's membership may lapse today: the night's work takes them out."""
    row = select(StandingConsent.person_id).where(StandingConsent.purpose == Purpose.MEMBERSHIP)
    members = set(db.session.scalars(consents.agreeing(Purpose.MEMBERSHIP)))
    entries = set(db.session.scalars(select(DirectoryEntry.person_id)))
    assert members <= entries <= set(db.session.scalars(row))


def test_there_are_cases_in_every_state_and_things_for_hr_to_decide(inside: Flask) -> None:
    states = set(db.session.scalars(select(Case.state)))
    assert states == set(CaseState)
    assert number_of(ImportMatch) == 1
    assert number_of(JoinRequest) == 6


def test_elins_case_is_the_one_of_the_story(inside: Flask) -> None:
    elin = select(Person.id).where(Person.first_name == "Elin", Person.last_name == "Bergström")
    case = db.session.scalars(select(Case).where(Case.person_id.in_(elin))).one()
    tasks = list(db.session.scalars(select(CaseTask).where(CaseTask.case_id == case.id)))
    late = [task.key for task in tasks if task.is_left and task.due_on < clock.today()]
    assert (case.last_day - clock.today()).days == 25
    assert late == ["phone_number"]
    assert 6 < sum(not task.is_left for task in tasks) < len(tasks)


def test_two_seedings_tell_the_same(sundmark: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.sqlite3", tmp_path / "second.sqlite3"
    shutil.copyfile(sundmark, first)
    migrate(f"sqlite:///{second}")
    told = []
    for path in (second, first):
        with made_app(settings_for(f"sqlite:///{path}", tmp_path)) as app, app.app_context():
            if seeding.is_empty():
                seeding.seed()
            counts = {name: number_of_table(name) for name in Base.metadata.tables}
            names = list(db.session.scalars(select(Person.public_id).order_by(Person.id)))
            told.append((counts, names[:2000]))
    assert told[0] == told[1]


@time_machine.travel(datetime(2028, 2, 29, 0, 20, tzinfo=UTC))
def test_it_can_be_seeded_on_another_day(database: Database, tmp_path: Path) -> None:
    """The told people keep their story whatever chance does with all others."""
    with (
        made_app(settings_for(database.fresh(tmp_path), tmp_path)) as app,
        app.app_context(),
    ):
        found = seeding.seed()
        told = {found.company.people[place].key for place in found.joined.members}
        assert {"amira", "linnea", "farah"} <= told
        assert number_of(ImportMatch) == 1
        assert audit.verify() is None


def number_of_table(name: str) -> int:
    table = Base.metadata.tables[name]
    return db.session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.both_databases
def test_seeding_asks_the_database_sparingly(database: Database, tmp_path: Path) -> None:
    """Statements, not seconds: a demo that grows must not grow row by row."""
    url = database.fresh(tmp_path)
    with (
        made_app(settings_for(url, tmp_path / "instance")) as app,
        counted(app) as asked,
        app.app_context(),
    ):
        seeding.seed()
        assert number_of(Person) > 2000
        assert audit.verify() is None
    assert len(asked) < 1200
    database.drop(url)


@pytest.mark.parametrize("name", ROLES)
def test_each_account_comes_in_by_password(browser: Browser, name: str) -> None:
    door = browser.get("/sign-in")
    page = door.submit("Logga in med lösenord", email=f"{name}@sundmark.example", password=PASSWORD)
    assert page.heading.startswith("Hej")


@pytest.mark.parametrize("name", ROLES)
def test_no_screen_of_a_menu_is_empty(browser: Browser, account: Find, name: str) -> None:
    browser.as_(account(name))
    home = browser.get("/home" if name == "alumn" else "/start")
    links = [tag["href"] for tag in home.soup.select(".nav a[href], .rail nav a[href]")]
    assert links
    for address in sorted({str(link) for link in links}):
        page = browser.get(address)
        bare = page.texts(".empty:not(.empty--plain)")
        assert not bare, f"{address} shows {name}: {bare}"
