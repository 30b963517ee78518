"""Many ids, and what is said of each, as one value: on both databases, and by an index."""

import pytest
from flask import Flask
from sqlalchemy import select, update

from alumni_portal.core.among import AMONG, SAID, among, as_said, said_of
from alumni_portal.core.db import db
from alumni_portal.people.models import Person
from tests.support.make import Make

ASKED = select(Person.id).where(among(Person.id), Person.first_name != "")


@pytest.mark.both_databases
def test_it_is_one_of_the_ids_that_are_given_when_it_is_asked(inside: Flask, make: Make) -> None:
    del inside
    ids = [make.person(f"Person{one}").id for one in range(4)]
    for wanted in (ids, ids[1:3], ids[:1], []):
        assert sorted(db.session.scalars(ASKED, {AMONG: wanted})) == wanted


@pytest.mark.both_databases
def test_each_is_told_what_is_said_of_it_and_the_others_nothing(inside: Flask, make: Make) -> None:
    del inside
    ids = [make.person("Oskriven").id for _one in range(4)]
    dialect = db.session.connection().dialect.name
    told = said_of(dialect)
    named = update(Person).where(Person.id == told.c.id).values(first_name=told.c.said)
    said = {ids[0]: 'Åsa "Ö" [1]', ids[2]: "{}", -1: "Ingen"}
    db.session.connection().execute(named, {SAID: as_said(said, dialect)})
    rows = db.session.execute(select(Person.id, Person.first_name)).all()
    names = {row.id: row.first_name for row in rows}
    assert names == dict.fromkeys(ids, "Oskriven") | {ids[0]: said[ids[0]], ids[2]: "{}"}


def test_sqlite_looks_each_of_them_up(inside: Flask) -> None:
    del inside
    asked = f"EXPLAIN QUERY PLAN {ASKED.compile(db.engine)}"
    rows = db.session.connection().exec_driver_sql(asked, ("[1]", ""))
    assert "SEARCH person USING INTEGER PRIMARY KEY (rowid=?)" in {row[3] for row in rows}
