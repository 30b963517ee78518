"""What a killed run leaves behind, and what whoever goes on makes of it (S67)."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from alumni_portal.core.installation import settings
from alumni_portal.mail.rules import NotSent, Sent, Unknown
from alumni_portal.mail.services import journal
from alumni_portal.mail.services.journal import Journal, NotWritten, left_behind
from tests.support.covers import covers


def killed(*, owner: str = "a") -> Journal:
    """Write a journal as a run that is killed with one copy in its hands does."""
    run = Journal("one", 0, owner)
    run.claim([1, 2, 3, 4])
    run.intend(1)
    run.tell(1, Sent("250 ok"))
    run.intend(2)
    run.tell(2, NotSent("450 4.2.0 busy", final=False))
    run.intend(3)
    return run


def let_go(run: Journal) -> None:
    """End a run's hold as the end of its process does."""
    run.__exit__(SystemExit, None, None)


def only_file() -> Path:
    (path,) = (settings().instance / "mailings").iterdir()
    return path


@covers("S67")
def test_what_was_answered_is_known_and_only_the_one_in_hand_is_in_doubt(inside: Flask) -> None:
    let_go(killed())
    left = left_behind("one", 0)
    assert left.answers == {1: Sent("250 ok"), 2: NotSent("450 4.2.0 busy", final=False)}
    assert left.uncertain == {3}
    assert left.owners == {"a"}


@covers("S69")
def test_while_a_run_lives_nobody_goes_on_in_its_place(inside: Flask) -> None:
    run = killed()
    assert left_behind("one", 0).is_held
    let_go(run)
    assert not left_behind("one", 0).is_held


@covers("S67")
def test_a_torn_last_line_counts_for_nothing(inside: Flask) -> None:
    let_go(killed())
    with only_file().open("ab") as file:
        file.write(b"A 3 S 25")
    assert left_behind("one", 0).uncertain == {3}


@covers("S67")
def test_after_a_power_cut_all_of_a_handful_without_an_answer_is_in_doubt(inside: Flask) -> None:
    let_go(killed())
    written = only_file().read_bytes().split(b"\n", 1)[1]
    only_file().write_bytes(b"B another-start-of-the-machine\n" + written)
    assert left_behind("one", 0).uncertain == {3, 4}


def test_an_answer_that_was_no_answer_is_in_doubt_too(inside: Flask) -> None:
    run = killed()
    run.tell(3, Unknown("EOFError"))
    let_go(run)
    assert left_behind("one", 0).uncertain == {3}


def test_a_copy_that_was_tried_again_counts_as_its_last_try(inside: Flask) -> None:
    run = killed()
    run.intend(2)
    let_go(run)
    assert left_behind("one", 0).uncertain == {2, 3}


def test_a_run_that_ended_well_leaves_nothing_and_a_settled_one_is_forgotten(inside: Flask) -> None:
    with Journal("one", 0, "b") as run:
        run.claim([1])
    assert left_behind("one", 0) == journal.Left()
    let_go(killed())
    left_behind("one", 0).forget()
    assert not list((settings().instance / "mailings").iterdir())


def test_journals_of_other_chunks_are_not_read(inside: Flask) -> None:
    let_go(killed())
    assert left_behind("one", 1) == left_behind("on", 0) == journal.Left()


@pytest.mark.parametrize(
    "garbage",
    [b"what is this\n", b"I x\n", b"A 1 S\n", b"\0" * 64 + b"\n", b"I 99999999999999999999\n"],
)
@covers("S67")
def test_a_journal_that_is_garbage_says_nothing_and_is_kept(inside: Flask, garbage: bytes) -> None:
    let_go(killed())
    with only_file().open("ab") as file:
        file.write(garbage)
    left = left_behind("one", 0)
    assert left.owners == set()
    left.forget()
    assert only_file().name == "unreadable-one-0-a"
    assert left_behind("one", 0) == journal.Left()


@covers("S67")
def test_a_journal_that_cannot_be_opened_says_nothing(inside: Flask) -> None:
    (settings().instance / "mailings" / "one-0-a").mkdir(parents=True)
    assert left_behind("one", 0).owners == set()


@contextmanager
def full_at(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond so many bytes, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("room", [0, 1, 5])
@covers("S67")
def test_a_full_disk_lets_nothing_leave_that_the_journal_does_not_know_of(
    inside: Flask, room: int
) -> None:
    run = killed()
    run.tell(3, Sent("250 ok"))
    with full_at(only_file().stat().st_size + room), pytest.raises(NotWritten):
        run.intend(4)
    run.tell(4, Sent("250 never"))
    let_go(run)
    assert left_behind("one", 0).uncertain == {3}
    assert 4 not in left_behind("one", 0).answers


@covers("S69")
def test_a_journal_on_a_full_disk_is_let_go_all_the_same(inside: Flask) -> None:
    run = killed()
    run.tell(3, Sent("250 ok"))
    with full_at(only_file().stat().st_size):
        let_go(run)
    assert not left_behind("one", 0).is_held
    with pytest.raises(OSError, match="Bad file"):
        os.fstat(run._file)
