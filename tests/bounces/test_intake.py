"""What comes back ends mail to addresses that nobody reads, and changes nothing twice."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from time_machine import travel

from alumni_portal.bounces import queries, services
from alumni_portal.bounces.models import Kind, ReturnedMail, Way
from alumni_portal.bounces.queries import Counts
from alumni_portal.consents import queries as consents
from alumni_portal.consents.rules import Purpose
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.transaction import unit
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import Letter, SuppressedBy, Suppression
from alumni_portal.mail.queries import is_suppressed
from alumni_portal.mail.services import return_paths, wires
from alumni_portal.people.facts import PrivateAddressProved
from tests.bounces.making import Sent, sent, take, with_bounces
from tests.bounces.samples import ARF, AUTO_REPLY, DSN, QMAIL, written
from tests.support.covers import covers
from tests.support.hours import on_day
from tests.support.make import Make

pytestmark = pytest.mark.both_databases
ANNA = "anna0@post.example"
SOFT = {"status": "5.2.2", "answer": "552 5.2.2 mailbox full"}
HARD = {"status": "5.0.0", "answer": "550 5.0.0 no"}


@pytest.fixture
def news(inside: Flask, make: Make) -> Sent:
    with_bounces(inside)
    return sent(make)


def rows() -> int:
    return db.session.scalar(select(func.count()).select_from(ReturnedMail)) or 0


def why(address: str = ANNA) -> SuppressedBy | None:
    return db.session.scalar(select(Suppression.source).where(Suppression.canonical == address))


def test_nobody_there_ends_mail_at_once_and_once(news: Sent) -> None:
    row = take(news.local(), address="forged@elsewhere.example")
    assert (row.kind, row.canonical, row.waits) == (Kind.BOUNCE, ANNA, False), "ours, not theirs"
    assert why() is SuppressedBy.BOUNCE
    assert not is_suppressed("forged@elsewhere.example")
    assert take(news.local(), address="forged@elsewhere.example").id == row.id
    assert rows() == 1
    assert queries.counts_of(news.mailing.id) == Counts(bounced=1)
    assert queries.returned_copies(news.mailing.id, news.people).keys() == {news.people[0]}


@pytest.mark.parametrize(("bad", "days"), [(HARD, 5), (SOFT, 10)], ids=["hard", "soft"])
def test_others_end_it_when_they_come_on_enough_days(
    news: Sent, bad: dict[str, str], days: int
) -> None:
    for day in range(days):
        assert not is_suppressed(ANNA), day
        for number in range(2):  # twice a day counts once
            with on_day(clock.today() + timedelta(days=day), tick=False):
                take(news.local(), message_id=f"<{day}.{number}@elsewhere.example>", **bad)
    assert why() is SuppressedBy.BOUNCE
    assert queries.score_of(ANNA) is None, "a new chance begins at nought"


def test_a_quiet_week_begins_the_count_anew(news: Sent) -> None:
    start = clock.now()
    for day in (0, 1, 2, 3, 11, 12):
        with travel(start + timedelta(days=day), tick=False):
            take(news.local(), message_id=f"<{day}@elsewhere.example>", **HARD)
    found = queries.score_of(ANNA)
    assert found is not None
    assert found.points == pytest.approx(2.0)
    with travel(start + timedelta(days=30), tick=False), unit():
        assert services.forget_stale_scores() == 1


@pytest.mark.parametrize(
    ("sample", "more", "kind"),
    [
        (AUTO_REPLY, {}, Kind.AUTO_REPLY),
        (DSN, {"action": "delayed", "status": "4.0.0"}, Kind.DELAY),
        (DSN, {"action": "relayed"}, Kind.RECEIPT),
        (ARF, {"said": "not-spam"}, Kind.RECEIPT),
    ],
    ids=["auto-reply", "delay", "receipt", "not-spam"],
)
def test_what_is_no_failure_is_kept_and_counts_for_nothing(
    news: Sent, sample: str, more: dict[str, str], kind: Kind
) -> None:
    row = take(news.local(), sample, **more)
    assert (row.kind, row.waits) == (kind, False)
    assert why() is None
    assert queries.score_of(ANNA) is None
    assert queries.counts_of(news.mailing.id) == Counts()


def test_a_complaint_ends_mail_and_leaves_the_consent(news: Sent) -> None:
    take(news.local(), **HARD)
    take("", ARF, mail_from=f"{news.local()}@studs.example", address="redacted")
    assert why() is SuppressedBy.COMPLAINT
    assert queries.counts_of(news.mailing.id) == Counts(complained=1), "it outweighs a bounce"
    assert Purpose.NEWSLETTER in consents.standing(news.people[0])


def test_a_complaint_outlives_a_proof_that_somebody_is_there(news: Sent) -> None:
    take(news.local())
    take(news.local(1))
    take(news.local(1), ARF)
    with unit():
        mail.lift_for_proved(PrivateAddressProved(news.people))
    assert why() is None
    assert why("anna1@post.example") is SuppressedBy.COMPLAINT


def test_the_end_of_a_purpose_elsewhere_is_one_here(news: Sent) -> None:
    take(news.local(), ARF, said="opt-out")
    assert why() is None
    assert Purpose.NEWSLETTER not in consents.standing(news.people[0])
    assert Purpose.MEMBERSHIP in consents.standing(news.people[0])


@covers("S53")
def test_without_our_mark_nothing_is_believed(news: Sent) -> None:
    for local in ("", "b+abc.1.aaaaaaaaaaaaaaaa", news.local().replace("b+", "b+a")):
        row = take(local, message_id=f"<{local or 'x'}@elsewhere.example>")
        assert row.waits
        assert row.canonical == ANNA, "shown to whoever decides"
    assert why() is None


def test_our_own_message_id_is_a_mark(news: Sent) -> None:
    made = wires.message_id(news.mailing.public_id, news.people[0])
    take("", message_id=made, address="anna1@post.example")
    assert why() is None
    assert why("anna1@post.example") is None, "another's copy"
    take("", message_id=made)
    assert why() is SuppressedBy.BOUNCE


def test_a_letter_that_comes_back_is_known(news: Sent, make: Make) -> None:
    with make.work():
        letter = mail.post_written(
            mail.Written("Hej", "Hej!\n", "<p>Hej!"),
            kind="people/hello",
            to="bo@post.example",
            language="sv",
            person_id=news.people[1],
        )
    local = return_paths.letter_return_path(letter.public_id).partition("@")[0]
    row = take(local)
    assert (row.letter_id, row.canonical) == (letter.id, "bo@post.example")
    assert why("bo@post.example") is SuppressedBy.BOUNCE
    with unit():
        db.session.get_one(Letter, letter.id).to_address = ""
    assert take(local, QMAIL).waits, "to whom it went is forgotten"


def test_what_nobody_can_read_waits_and_is_kept_as_it_came(news: Sent) -> None:
    raw = b"\xff\x00 Hej p\xc3\xa5 er\r\n" + b"x" * 2_000_000
    with unit():
        row = services.take(raw, way=Way.FILE, recipient=news.local())
    assert (row.kind, row.waits, row.canonical) == (Kind.UNREADABLE, True, ANNA)
    assert row.size == len(raw)
    shown = queries.text_of(row)
    assert shown.startswith("\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER} Hej på er\n")
    assert len(shown) <= queries.MOST_SHOWN
    assert "Hej på er".encode() not in (row.sealed or b""), "sealed"


def test_it_is_forgotten_in_time(news: Sent) -> None:
    row = take(news.local())
    take(news.local(1), ARF)
    with unit():
        assert services.forget_texts(clock.now() + timedelta(days=1)) == 2
        assert services.forget_copies(clock.now() + timedelta(days=1)) == 2
    db.session.refresh(row)
    assert queries.text_of(row) == ""
    assert queries.counts_of(news.mailing.id) == Counts(1, 1), "the number stays"
    assert queries.returned_copies(news.mailing.id, news.people) == {}
    with unit():
        assert services.forget_rows(clock.now() + timedelta(days=1)) == 2
    assert rows() == 0
    with unit():
        services.take(written(DSN), way=Way.FILE, recipient=news.local(2))
        assert services.forget_copies(clock.now() + timedelta(days=1)) == 1
    assert queries.counts_of(news.mailing.id) == Counts(2, 1)
