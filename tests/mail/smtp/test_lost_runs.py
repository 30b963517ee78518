"""Runs that are lost in every way: the database, the lease or the other machine gone (S67, S69)."""

import errno
import os
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import text, update

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.installation import settings as installed
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.transaction import unit
from alumni_portal.mail import queries
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import Delivery, DeliveryState, Mailing, MailingState
from alumni_portal.mail.rules import Answer, NotSent, Sent, Unknown
from alumni_portal.mail.services import chunks, deliveries, outcomes
from alumni_portal.mail.services.journal import Journal
from alumni_portal.mail.services.outcomes import Copy
from alumni_portal.mail.services.watching import Watched
from tests.faults.workers import let_leases_run_out
from tests.mail.making import again, begun, copy_of, readers, recipients
from tests.support.covers import covers
from tests.support.letters import run_jobs
from tests.support.make import Make
from tests.support.relay import Box

pytestmark = pytest.mark.both_databases


def taken(mailing: Mailing, owner: str, number: int = 1) -> list[int]:
    """Claim copies as a run does and return whose they are."""
    with unit():
        chunk = chunks.open_chunk(mailing.id, 0, owner=owner)
        assert chunk
        return [one.person_id for one in deliveries.take(chunk, number).copies]


def written(mailing: Mailing, owner: str, keys: list[int], *, sent: list[int]) -> None:
    """Leave the journal of a run that died after so many answers."""
    run = Journal(mailing.public_id, 0, owner)
    run.claim(keys)
    for key in sent:
        run.intend(key)
        run.tell(key, Sent("250 taken"))
    run.__exit__(SystemExit, None, None)


def at_mail(box: Box, number: int, inside: Flask, statement: str) -> None:
    """Let something happen to the database while so many mails have gone."""
    left = [number]

    def see(_mail: bytes) -> None:
        left[0] -= 1
        if left[0] == 0:
            with inside.app_context():
                db.session.execute(text(statement))
                db.session.commit()

    box.sees = see


@covers("S67")
def test_answers_outlive_a_database_that_is_gone_when_they_are_to_be_noted(
    inside: Flask, make: Make, box: Box
) -> None:
    mailing = begun(make, recipients(readers(make, 12)))
    at_mail(box, 10, inside, "ALTER TABLE delivery RENAME TO away")
    run_jobs(inside, fails=True, by_the_clock=False)
    db.session.rollback()
    db.session.execute(text("ALTER TABLE away RENAME TO delivery"))
    db.session.commit()
    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
        run_jobs(inside, by_the_clock=False)
    assert queries.progress(mailing.id).sent == len(set(box.receivers)) == len(box.raw) == 12


@covers("S69")
def test_a_run_that_lost_its_lease_leaves_its_answers_to_who_goes_on(
    inside: Flask, make: Make, box: Box
) -> None:
    mailing = begun(make, recipients(readers(make, 12)))
    at_mail(box, 10, inside, "UPDATE job SET owner = 'other' WHERE state = 'running'")
    run_jobs(inside, by_the_clock=False)
    let_leases_run_out()
    run_jobs(inside, by_the_clock=False)
    db.session.rollback()
    assert queries.progress(mailing.id).sent == len(set(box.receivers)) == len(box.raw) == 12


@covers("S67")
def test_a_journal_that_is_garbage_leaves_its_handful_in_doubt_and_stops_nobody(
    inside: Flask, make: Make, box: Box
) -> None:
    mailing = begun(make, recipients(readers(make, 4)))
    written(mailing, "lost", taken(mailing, "lost", 2), sent=[])
    path = installed().instance / "mailings" / f"{mailing.public_id}-0-lost"
    path.write_bytes(b"no journal\n")
    run_jobs(inside, by_the_clock=False)
    assert queries.progress(mailing.id) == mail.Progress(0, 2, 0, 0, 2, 4)
    assert path.with_name(f"unreadable-{path.name}").exists()


@covers("S67")
def test_a_journal_that_is_found_later_settles_what_was_in_doubt(
    inside: Flask, make: Make, box: Box
) -> None:
    (anna, bo) = readers(make, 2)
    mailing = begun(make, recipients([anna, bo]))
    keys = taken(mailing, "elsewhere", 2)
    run_jobs(inside, by_the_clock=False)
    assert queries.progress(mailing.id).uncertain == 2
    written(mailing, "elsewhere", keys, sent=[anna.person_id])
    with make.work():
        chunks.open_chunk(mailing.id, 0, owner="next")
    assert copy_of(mailing, anna).state is DeliveryState.SENT
    assert copy_of(mailing, bo).state is DeliveryState.UNCERTAIN


@covers("S67")
def test_what_went_before_a_backup_was_taken_back_does_not_go_again(
    inside: Flask, make: Make, box: Box
) -> None:
    (anna, bo) = readers(make, 2)
    mailing = begun(make, recipients([anna, bo]))
    written(mailing, "lost", [anna.person_id, bo.person_id], sent=[anna.person_id])
    run_jobs(inside, by_the_clock=False)
    assert queries.progress(mailing.id).sent == 2
    assert box.receivers == ["anna1@post.example"]


@covers("S73")
def test_the_two_days_begin_when_somebody_was_reached(inside: Flask, make: Make, port: int) -> None:
    (anna,) = readers(make, 1)
    mailing = begun(make, recipients([anna]))
    run_jobs(inside, by_the_clock=False)  # nobody listens
    assert copy_of(mailing, anna).attempts == 0
    assert copy_of(mailing, anna).first_try_at is None


def test_what_is_sent_again_by_hand_gets_two_days_anew(inside: Flask, make: Make, box: Box) -> None:
    (anna,) = readers(make, 1)
    mailing = begun(make, recipients([anna]))
    taken(mailing, "lost")
    run_jobs(inside, by_the_clock=False)
    with make.work():
        mail.settle_uncertain(again(mailing), again=True, by=SYSTEM)
    assert copy_of(mailing, anna).first_try_at is None


def test_a_paused_mailing_ends_with_its_last_copy(inside: Flask, make: Make, box: Box) -> None:
    mailing = begun(make, recipients(readers(make, 2)))
    taken(mailing, "lost")
    with make.work():
        assert mail.cancel(again(mailing), by=SYSTEM) == 1
    run_jobs(inside, by_the_clock=False)
    assert again(mailing).state is MailingState.PAUSED
    with make.work():
        mail.settle_uncertain(again(mailing), again=False, by=SYSTEM)
    assert again(mailing).state is MailingState.FINISHED


def test_somebody_refused_before_may_be_in_hand_again_without_an_answer(
    inside: Flask,
) -> None:
    del inside
    with Journal("ref", 0, "owner") as run:
        watched = Watched(run, copies=[Copy(1, "a@post.example", "sv", None, 0, None)])
        watched.tell(1, NotSent("554 5.7.1 not from you", final=True))
        assert watched.taken() == {1: NotSent("554 5.7.1 not from you", final=False)}
        assert watched.taken() == {}


@covers("S67")
def test_what_a_full_disk_kept_in_hand_goes_once_there_is_room(
    inside: Flask, make: Make, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The handful is claimed, then its journal takes no more: it is all that the chunk has."""
    mailing = begun(make, recipients(readers(make, 3)))

    def full(_file: int, _length: int) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "ftruncate", full)
        run_jobs(inside, by_the_clock=False)
    assert (again(mailing).trouble, box.raw) == ("NotWritten", [])
    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
        run_jobs(inside, by_the_clock=False)
    assert again(mailing).state is MailingState.FINISHED
    assert queries.progress(mailing.id).sent == len(box.raw) == 3


@covers("S67")
def test_without_a_journal_nothing_leaves_and_the_trouble_is_named(
    inside: Flask, make: Make, box: Box
) -> None:
    mailing = begun(make, recipients(readers(make, 2)))
    folder = installed().instance / "mailings"
    folder.write_bytes(b"no folder")
    run_jobs(inside, by_the_clock=False)
    assert again(mailing).trouble == "NotWritten"
    assert not box.raw
    folder.unlink()
    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
        run_jobs(inside, by_the_clock=False)
    db.session.rollback()
    assert queries.progress(mailing.id).sent == len(box.raw) == 2


@pytest.mark.parametrize(
    "answer",
    [Sent("250"), NotSent("550 5.7.1", final=True), NotSent("451", final=False), Unknown("lost")],
)
@covers("S69")
def test_a_run_that_lost_its_copies_notes_nothing(
    inside: Flask, make: Make, answer: Answer
) -> None:
    (anna,) = readers(make, 1)
    mailing = begun(make, recipients([anna]))
    with unit():
        chunk = chunks.open_chunk(mailing.id, 0, owner="old")
        assert chunk
        (one,) = deliveries.take(chunk, 1).copies
    with unit():
        db.session.execute(update(Delivery).values(owner="new"))
    with unit():
        outcomes.note(chunk, [one], {one.person_id: answer}, seconds=1)
    kept = copy_of(mailing, anna)
    assert (kept.state, kept.owner, kept.outcome) == (DeliveryState.SENDING, "new", "")
