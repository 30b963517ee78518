"""An edited chain shows where (S61); on both databases, by any number of writers."""

import subprocess
import sys
from contextlib import suppress
from dataclasses import replace as changed
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update

from alumni_portal.core import audit, clock
from alumni_portal.core.audit import AuditEntry
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.settings import Settings
from alumni_portal.core.transaction import unit
from tests.support.app import SECRET, made_app
from tests.support.covers import covers
from tests.support.repository import ROOT

pytestmark = pytest.mark.both_databases


@pytest.fixture
def chain(inside: Flask) -> Flask:
    """Return the portal with ten entries in its chain."""
    for number in range(10):
        with unit():
            audit.record("test.noted", by=SYSTEM, subject=f"s{number}", number=number, name="åäö")
    return inside


def change(number: int, **values: Any) -> None:
    with unit():
        db.session.execute(update(AuditEntry).where(AuditEntry.seq == number).values(**values))


@covers("S61")
def test_an_untouched_chain_holds(chain: Flask) -> None:
    assert audit.verify() is None
    assert audit.count() == 10


EDITS: list[dict[str, Any]] = [
    {"at_us": 1},
    {"action": "test.other"},
    {"actor": "somebody"},
    {"subject": "s99"},
    {"detail": '{"name":"åäö","number":99}'},
    {"prev": "f" * 64},
    {"mac": "f" * 64},
]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: next(iter(edit)))
@covers("S61")
def test_an_edited_column_is_named_by_its_number(chain: Flask, edit: dict[str, Any]) -> None:
    change(5, **edit)
    broken = audit.verify()
    assert broken is not None
    assert broken.seq == 5


@covers("S61")
def test_an_entry_taken_out_of_the_middle_is_missed(chain: Flask) -> None:
    with unit():
        db.session.execute(delete(AuditEntry).where(AuditEntry.seq == 4))
    assert audit.verify() == audit.Broken(4, "missing")


@covers("S61")
def test_entries_that_change_places_are_found(chain: Flask) -> None:
    change(3, seq=99)
    change(4, seq=3)
    change(99, seq=4)
    broken = audit.verify()
    assert broken is not None
    assert broken.seq == 3


@covers("S61")
def test_a_cut_tail_is_found_by_an_anchor(chain: Flask) -> None:
    seq, mac = audit.head()
    with unit():
        db.session.execute(delete(AuditEntry).where(AuditEntry.seq > 7))
    assert audit.verify() is None, "nothing inside tells"
    assert audit.verify({seq: mac}) == audit.Broken(10, "cut off after it was anchored")


@covers("S61")
def test_a_chain_written_anew_is_found_by_an_anchor(chain: Flask) -> None:
    _seq, mac = audit.head()
    assert audit.verify({5: mac}) == audit.Broken(5, "not what was anchored")


@covers("S61")
def test_who_has_not_the_key_cannot_forge(chain: Flask, settings: Settings) -> None:
    thief = changed(settings, secret_key="another secret of more than 32 signs")
    with made_app(thief) as app, app.app_context(), unit():
        audit.record("test.forged", by=SYSTEM)
    broken = audit.verify()
    assert broken is not None
    assert broken.seq == 11


def test_what_was_undone_leaves_no_entry(inside: Flask) -> None:
    with suppress(ZeroDivisionError), unit():
        audit.record("test.noted", by=SYSTEM)
        _ = 1 / 0
    with unit():
        audit.record("test.other", by=SYSTEM)
    assert db.session.scalars(select(AuditEntry.action)).all() == ["test.other"]


WRITER = """
import sys
from pathlib import Path
from tests.support.app import made_app, settings_for
from alumni_portal.core import audit, clock
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.transaction import unit
with made_app(settings_for(sys.argv[1], Path(sys.argv[2]))) as app, app.app_context():
    for number in range(int(sys.argv[3])):
        with unit():
            audit.record("test.raced", by=SYSTEM, number=number)
"""
PROCESSES, ENTRIES = 4, 75


@covers("S61")
def test_four_processes_append_without_a_fork(
    inside: Flask, settings: Settings, tmp_path: Path
) -> None:
    command = [sys.executable, "-c", WRITER, settings.database_url, str(tmp_path), str(ENTRIES)]
    writers = [subprocess.Popen(command, cwd=ROOT) for _one in range(PROCESSES)]
    assert [writer.wait(timeout=120) for writer in writers] == [0] * PROCESSES
    assert audit.verify() is None
    assert audit.count() == PROCESSES * ENTRIES
    assert db.session.scalar(select(func.count(func.distinct(AuditEntry.prev)))) == audit.count()
    assert settings.secret_key == SECRET


@covers("S61")
def test_what_is_old_may_be_forgotten_and_the_rest_still_holds(chain: Flask) -> None:
    anchors = dict([audit.head()])
    with unit():
        moment = db.session.scalars(select(AuditEntry).where(AuditEntry.seq == 5)).one().at
        assert audit.forget_before(moment) == 4
    assert audit.count() == 7  # six that are kept, and the one that says so
    assert audit.verify(anchors) is None
    change(7, actor="somebody")
    assert audit.verify() == audit.Broken(7, "changed")


@covers("S61")
def test_a_beginning_that_was_cut_off_by_hand_is_missed_after_forgetting_too(chain: Flask) -> None:
    with unit():
        moment = db.session.scalars(select(AuditEntry).where(AuditEntry.seq == 5)).one().at
        audit.forget_before(moment)
    with unit():
        db.session.execute(delete(AuditEntry).where(AuditEntry.seq == 5))
    assert audit.verify() == audit.Broken(1, "missing")


@covers("S61")
def test_the_last_entry_is_never_forgotten(chain: Flask) -> None:
    with unit():
        assert audit.forget_before(clock.now() + timedelta(days=1)) == 9
    assert audit.verify() is None
    with unit():
        assert audit.forget_before(clock.now() - timedelta(days=1)) == 0
