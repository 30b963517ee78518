"""The ledger: lines are added, never changed; what stands follows from them at once."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from alumni_portal.cli.consents import consents as commands
from alumni_portal.consents import queries, services
from alumni_portal.consents.models import Act, How, Purpose, StandingConsent, Wording
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.people import services as people
from alumni_portal.people.models import Person
from alumni_portal.wiring import MAY_RECEIVE
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox, run_jobs
from tests.support.make import Make, days
from tests.support.repository import PACKAGE, listing, named

BOTH = (Purpose.MEMBERSHIP, Purpose.NEWSLETTER)
FOR_JOBS = (Purpose.MEMBERSHIP, Purpose.RECRUITER_CONTACT)


def acts(person_id: int) -> list[tuple[Purpose, Act]]:
    return [(line.purpose, line.act) for line in reversed(queries.history(person_id))]


def changes_to_the_ledger(path: Path) -> Iterator[str]:
    """Yield the places that update or delete lines, or set something on one."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        about = {n.id for arg in node.args for n in ast.walk(arg) if isinstance(n, ast.Name)}
        if node.func.id in {"update", "delete"} and "ConsentEntry" in about:
            yield f"{named(path)}:{node.lineno}"


def test_no_code_updates_or_deletes_a_line_but_what_forgets_after_two_years() -> None:
    elsewhere = [path for path in PACKAGE.rglob("*.py") if path.name != "forgetting.py"]
    found = [place for path in elsewhere for place in changes_to_the_ledger(path)]
    assert not found, listing(found)


def test_every_change_is_a_new_line_and_none_is_lost(inside: Flask, make: Make) -> None:
    member = make.alumnus(agreed_to=BOTH)
    person = db.session.get_one(Person, member.person_id)
    before = {line.id: (line.act, line.at) for line in queries.history(person.id)}
    with make.work():
        services.give(person, Purpose.EVENTS, language="en", how=How.CONSENT_CENTRE, by=SYSTEM)
        services.withdraw(person, Purpose.MEMBERSHIP, how=How.CONSENT_CENTRE, by=SYSTEM)
    after = {line.id: (line.act, line.at) for line in queries.history(person.id)}
    assert before.items() <= after.items()
    assert len(after) == len(before) + 4
    assert queries.standing(person.id) == {}


def test_the_exact_text_is_kept_when_the_employer_changes_its_name(
    inside: Flask, make: Make
) -> None:
    member = make.alumnus()
    with make.work():
        key = "alumni_portal.settings"
        inside.extensions[key] = replace(inside.extensions[key], brand_name="Nordsund")
        person = db.session.get_one(Person, member.person_id)
        services.give(person, Purpose.MEMBERSHIP, language="sv", how=How.MAIL_LINK, by=SYSTEM)
    texts = db.session.scalars(select(Wording.text).order_by(Wording.id)).all()
    assert ["Sundmark Alumni" in text for text in texts] == [True, False]
    assert len(set(db.session.scalars(select(Wording.fingerprint)))) == 2


@covers("S24")
@pytest.mark.both_databases
def test_what_has_lapsed_does_not_stand_even_before_the_job_has_run(
    inside: Flask, make: Make
) -> None:
    member = make.alumnus(agreed_to=(*FOR_JOBS, Purpose.NEWSLETTER)).person_id
    later = clock.now() + timedelta(days=184)
    with time_machine.travel(later, tick=False):
        assert set(queries.standing(member)) == {Purpose.MEMBERSHIP, Purpose.NEWSLETTER}
        assert MAY_RECEIVE[Purpose.RECRUITER_CONTACT]([member]) == set()
        assert MAY_RECEIVE[Purpose.NEWSLETTER]([member]) == {member}
    with time_machine.travel(later + timedelta(days=600), tick=False):
        assert MAY_RECEIVE[Purpose.NEWSLETTER]([member]) == set(), "it needs the membership"


def test_time_ends_a_yes_with_a_line_and_everything_that_needs_it(app: Flask, make: Make) -> None:
    member = make.alumnus(agreed_to=BOTH).person_id
    with time_machine.travel(clock.now() + timedelta(days=731)):
        run_jobs(app)
        with app.app_context():
            ended = {(purpose, Act.EXPIRED) for purpose in BOTH}
            assert set(acts(member)[2:]) == ended
            assert db.session.scalar(select(func.count()).select_from(StandingConsent)) == 0


def test_a_letter_asks_in_time_and_its_link_renews_without_signing_in(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    member = make.alumnus(agreed_to=FOR_JOBS, private="amira@post.example").person_id
    with time_machine.travel(clock.now() + timedelta(days=183 - 13)):
        run_jobs(app)
        run_jobs(app)
        assert len(outbox) == 1, "asked once"
        link = outbox.last("amira@post.example").link
        page = browser.go(link)
        page = browser.go(link)
        assert page.heading == "Vill du fortsätta?"
        with app.app_context():
            assert len(acts(member)) == 2, "looking changes nothing"
        page = page.submit("Ja, jag vill fortsätta")
        assert page.heading == "Det gäller igen"
        assert browser.go(link).heading == "Det gäller igen"
    with app.app_context():
        assert acts(member)[2:] == [(Purpose.RECRUITER_CONTACT, Act.RENEWED)]
        assert queries.history(member)[0].how is How.MAIL_LINK


def test_a_link_to_what_was_withdrawn_or_a_changed_link_renews_nothing(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    member = make.alumnus(agreed_to=FOR_JOBS, private="amira@post.example").person_id
    with time_machine.travel(clock.now() + timedelta(days=183 - 13)):
        run_jobs(app)
        link = outbox.last("amira@post.example").link
        with make.work():
            person = db.session.get_one(Person, member)
            services.withdraw(person, Purpose.RECRUITER_CONTACT, how=How.CONSENT_CENTRE, by=SYSTEM)
        assert browser.go(link, status=410).heading == "Länken har gått ut"
        assert browser.go(link + "x", status=410).heading == "Länken går inte att läsa"


def test_from_the_first_day_of_a_new_employment_nothing_stands(inside: Flask, make: Make) -> None:
    member = make.alumnus(agreed_to=BOTH).person_id
    make.employment(db.session.get_one(Person, member), begins=clock.today())
    assert acts(member)[-1][1] is Act.CLOSED
    assert queries.standing(member) == {}


def test_an_employment_that_begins_later_waits_for_its_first_day(app: Flask, make: Make) -> None:
    with app.app_context():
        member = make.alumnus(agreed_to=BOTH).person_id
        make.employment(db.session.get_one(Person, member), begins=days(10))
        assert queries.agreed(Purpose.NEWSLETTER, [member]) == {member}
    with time_machine.travel(clock.now() + timedelta(days=10)):
        with app.app_context():
            assert queries.agreed(Purpose.NEWSLETTER, [member]) == set(), "before the job"
        run_jobs(app)
        with app.app_context():
            assert {act for _purpose, act in acts(member)[2:]} == {Act.CLOSED}


def test_death_ends_everything_and_no_letter_says_so(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    member = make.alumnus(agreed_to=BOTH).person_id
    with make.work():
        people.note_death(db.session.get_one(Person, member), on=clock.today(), by=SYSTEM)
    assert queries.history(member)[0].how is How.DEATH
    assert queries.agreed(Purpose.MEMBERSHIP, [member]) == set()
    assert len(outbox) == 0


def test_the_command_line_does_the_same_work(inside: Flask, make: Make) -> None:
    make.alumnus(agreed_to=BOTH)
    with time_machine.travel(clock.now() + timedelta(days=731)):
        result = inside.test_cli_runner().invoke(commands, ["expire", "--json"])
    assert result.output.strip() == '{"expired": 2, "closed": 0, "asked": 0}'
    assert result.exit_code == 0
