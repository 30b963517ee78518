"""In which order things are written: neither a power cut nor an old row deceives anybody."""

import os
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from alumni_portal.core.db import db
from alumni_portal.core.transaction import unit
from alumni_portal.mail import queries
from alumni_portal.mail.models import DeliveryState, Mailing, MailingState
from alumni_portal.mail.services import mailings
from tests.mail.making import begun, readers, recipients
from tests.support.covers import covers
from tests.support.letters import run_jobs
from tests.support.make import Make
from tests.support.relay import Box

FIRST = 50


@pytest.fixture
def on_the_disk(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Return what files held whenever somebody waited until they were on the disk."""
    seen: list[bytes] = []
    wait = os.fdatasync

    def watched(file: int) -> None:
        wait(file)
        seen.append(Path(f"/proc/self/fd/{file}").read_bytes())

    monkeypatch.setattr(os, "fdatasync", watched)
    return seen


def claimed(journal: bytes) -> set[int]:
    (line,) = [one for one in journal.splitlines() if one.startswith(b"C ")]
    return {int(key) for key in line[2:].split(b",")}


@covers("S67")
def test_a_handful_is_in_rows_and_journal_before_it_leaves_and_in_rows_before_the_next(
    inside: Flask, make: Make, box: Box, on_the_disk: list[bytes]
) -> None:
    mailing = begun(make, recipients(readers(make, FIRST + 3)))
    looked: list[tuple[set[int], dict[int, DeliveryState]]] = []

    def see(_mail: bytes) -> None:
        if len(box.raw) in {0, FIRST}:  # the first mail of each handful
            with inside.app_context():
                looked.append((claimed(on_the_disk[-1]), queries.states_of(mailing.id)))

    box.sees = see
    run_jobs(inside, by_the_clock=False)
    (first, before), (second, after) = looked
    assert {one for one, state in before.items() if state is DeliveryState.SENDING} == first
    assert {one for one, state in after.items() if state is DeliveryState.SENDING} == second
    assert {one for one, state in after.items() if state is DeliveryState.SENT} == first
    assert len(first) == FIRST


@covers("S69")
def test_who_asks_for_a_mailing_gets_it_as_it_is_now(inside: Flask, make: Make) -> None:
    mailing = begun(make, recipients(readers(make, 1)))
    with unit():
        known = db.session.get_one(Mailing, mailing.id)
        assert known.state is MailingState.SENDING
        paused = update(Mailing).values(state=MailingState.PAUSED)
        db.session.execute(paused, execution_options={"synchronize_session": False})
        held = mailings.lock(mailing.id)
        assert held is known
        assert held.state is MailingState.PAUSED
