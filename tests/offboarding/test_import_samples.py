"""Both sample files give exactly what is expected of them, through both doors."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from alumni_portal.cli import group
from alumni_portal.core.db import db
from alumni_portal.core.national_id import masked
from alumni_portal.mail.models import Letter
from alumni_portal.offboarding.models import ImportBatch, ImportChunk, ImportState
from alumni_portal.offboarding.views.imports import words
from alumni_portal.people.models import Employment, Person
from tests.offboarding.importing import (
    CHECK,
    EXAMPLES,
    accepted,
    expected,
    hr,
    in_order,
    latest,
    sample,
    uploaded,
)
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make
from tests.support.page import Page

pytestmark = pytest.mark.both_databases
NAMES = ["payroll-sv", "suite-en"]


def as_summary(page: Page) -> dict[str, object]:
    """Return the figures of a dry run as its page shows them."""
    keys = {"Nya": "new", "Upprepas": "repeated", "Avvisas": "rejected"}
    shown = dict(zip(page.texts(".facts dt"), page.texts(".facts dd"), strict=True))
    return {key: int(shown[label]) for label, key in keys.items()}


def as_rejected(page: Page) -> list[tuple[str, str]]:
    return [(row["Rad"], row["Varför"]) for row in page.table("Rader")]


def in_words(app: Flask, rejected: list[dict[str, str]]) -> list[tuple[str, str]]:
    """Return what a reader is told about rejected rows: the column, and the reason in words."""
    with app.test_request_context():
        return [
            (str(one["row"]), f"{one['column']} {words('reason_text', one['reason'])}")
            for one in rejected
        ]


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_through_the_command_line(app: Flask, name: str) -> None:
    mapping = str(EXAMPLES / f"leavers-{name}.toml")
    command = ["leavers", "import", str(sample(name)), "--mapping", mapping, "--json"]
    result = app.test_cli_runner().invoke(group, command)
    printed = json.loads(result.stdout)
    assert result.exit_code == 1  # rows were rejected
    assert in_order(printed) == expected(name)
    assert list(printed) == list(expected(name))
    with app.app_context():
        assert count(Employment) == expected(name)["employments"]


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_through_the_browser(browser: Browser, make: Make, app: Flask, name: str) -> None:
    wanted = expected(name)
    page = uploaded(hr(browser, make), sample(name)).submit(CHECK)
    assert page.heading == "Det här skulle hända"
    assert as_summary(page) == {
        "new": wanted["employments"],
        "repeated": len(wanted["repeated_rows"]),
        "rejected": len(wanted["rejected"]),
    }
    assert as_rejected(page) == in_words(app, wanted["rejected"])
    page = accepted(page)
    assert page.heading == "Filen är inläst"
    with app.app_context():
        assert db.session.scalar(select(Letter.id)) is None  # an import sends no mail
        stored = db.session.scalars(select(Employment).where(Employment.batch.is_not(None))).all()
        assert len(stored) == wanted["employments"]
        figures = latest(app).figures or {}
        assert figures["persons"] == wanted["persons_after_confirmed_matches"]
        assert figures["matches"] == len(wanted["earlier_employments_of_a_known_person"])


@pytest.mark.parametrize("name", NAMES)
def test_a_confirmed_match_is_one_person(
    browser: Browser, make: Make, app: Flask, name: str
) -> None:
    reader = hr(browser, make)
    accepted(uploaded(reader, sample(name)).submit(CHECK))
    page = reader.get("offboarding.list_matches")
    while "Inget att jämföra" not in page:
        about = page.texts(".card h2")[0].partition(":")[0]
        page = page.submit(f"Samma person {about}", within=".card:nth-of-type(1)")
    with app.app_context():
        people = db.session.scalars(select(Person.id).where(Person.batch.is_not(None))).all()
        assert len(people) == expected(name)["persons_after_confirmed_matches"]
        assert count(Employment) == expected(name)["employments"] + 1  # and HR's own


@covers("S65")
@pytest.mark.parametrize("name", NAMES)
def test_no_national_id_is_kept_anywhere(
    browser: Browser, make: Make, app: Flask, name: str
) -> None:
    page = uploaded(hr(browser, make), sample(name))
    assert masked(page.html) == page.html
    page = page.submit(CHECK)
    with app.app_context():
        kept = [repr(vars(one)) for one in db.session.scalars(select(ImportBatch))]
        assert all(masked(text) == text for text in kept)
        assert db.session.scalars(select(ImportChunk)).first() is not None
    accepted(page)
    with app.app_context():
        assert latest(app).state is ImportState.STORED
        for table in db.metadata.sorted_tables:
            for row in db.session.execute(table.select()):
                text = " ".join(str(value) for value in row if isinstance(value, str))
                assert masked(text) == text, table.name


def count(model: type[Employment]) -> int:
    return len(db.session.scalars(select(model.id)).all())
