"""Many ids as one value: the same as a list of them, on both databases, and by an index."""

import pytest
from flask import Flask
from sqlalchemy import select

from alumni_portal.core.among import AMONG, among
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


def test_sqlite_looks_each_of_them_up(inside: Flask) -> None:
    del inside
    asked = f"EXPLAIN QUERY PLAN {ASKED.compile(db.engine)}"
    rows = db.session.connection().exec_driver_sql(asked, ("[1]", ""))
    assert "SEARCH person USING INTEGER PRIMARY KEY (rowid=?)" in {row[3] for row in rows}
