"""A mail to the second way out ends that mailing's purpose once (RFC 2369); forged ones nothing."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from alumni_portal.bounces import services
from alumni_portal.bounces.models import Kind, Way
from alumni_portal.consents import queries as consents
from alumni_portal.consents.models import Departure
from alumni_portal.consents.rules import Purpose
from alumni_portal.core.db import db
from alumni_portal.core.transaction import unit
from alumni_portal.mail.models import Delivery, Letter
from alumni_portal.mail.queries import is_suppressed
from alumni_portal.mail.services import return_paths
from tests.bounces.identity import BOUNCES, bare
from tests.bounces.making import Sent, sent, take, with_bounces
from tests.bounces.samples import ARF, AUTO_REPLY, DSN, written
from tests.support.covers import covers
from tests.support.letters import run_jobs
from tests.support.make import Make

ASKS = "From: Anna <anna0@post.example>\nTo: {to}\nSubject: unsubscribe\n\n"


@pytest.fixture
def news(inside: Flask, make: Make) -> Sent:
    with_bounces(inside)
    return sent(make)


def out(news: Sent, place: int = 0) -> str:
    made = return_paths.way_out(news.mailing.public_id, news.people[place])
    return made.partition("@")[0]


def agrees(news: Sent, place: int = 0) -> bool:
    return Purpose.NEWSLETTER in consents.standing(news.people[place])


def departures() -> int:
    return db.session.scalar(select(func.count()).select_from(Departure)) or 0


@covers("S52")
def test_a_mail_there_ends_that_purpose_once_and_whoever_sent_it_gets_no_answer(news: Sent) -> None:
    row = take(out(news), ASKS.replace("anna0@", "somebody@"))
    assert (row.kind, row.waits) == (Kind.UNSUBSCRIBE, False)
    take(out(news), ASKS)
    take(out(news).upper(), ASKS, to="again@studs.example")
    assert not agrees(news)
    assert agrees(news, 1)
    assert Purpose.MEMBERSHIP in consents.standing(news.people[0])
    assert departures() == 1
    assert not is_suppressed("anna0@post.example")
    told = db.session.scalars(select(Letter.to_address)).all()
    assert told == ["anna0@post.example"], "the receipt that every withdrawal has, to Anna, once"


@covers("S52", "S53")
def test_a_forged_one_does_nothing_and_is_kept_for_a_person(news: Sent) -> None:
    ours = out(news)
    for forged in (ours[:-1] + ("a" if ours[-1] != "a" else "b"), ours.replace("b+", "b+a")):
        row = take(forged, ASKS, to=f"{forged}@{BOUNCES}")
        assert (row.kind, row.waits) == (Kind.UNREADABLE, True)
    assert agrees(news)


@pytest.mark.parametrize(
    ("sample", "kind"), [(DSN, Kind.BOUNCE), (ARF, Kind.COMPLAINT)], ids=["bounce", "complaint"]
)
def test_what_servers_say_is_no_wish_of_the_reader(news: Sent, sample: str, kind: Kind) -> None:
    assert take(out(news), sample).kind is kind
    assert agrees(news)


def test_the_address_in_a_mail_that_came_back_lets_nobody_out(news: Sent) -> None:
    quoted = AUTO_REPLY.replace("Jag ar borta", f"<mailto:{out(news)}@{BOUNCES}> Jag ar borta")
    assert take(news.local(), quoted).kind is Kind.AUTO_REPLY
    assert agrees(news)


def test_in_a_file_the_head_says_where_it_went(news: Sent) -> None:
    with unit():
        raw = written(ASKS, to=f"{out(news)}@{BOUNCES}")
        assert services.take(raw, way=Way.FILE).kind is Kind.UNSUBSCRIBE
    assert not agrees(news)


def test_it_still_works_when_it_is_forgotten_to_which_address_it_went(news: Sent) -> None:
    with unit():
        db.session.execute(db.delete(Delivery))
    assert not take(out(news), ASKS).waits
    assert not agrees(news)


def test_an_end_that_is_nobodys_waits_for_a_person(news: Sent) -> None:
    row = take("", ARF, said="opt-out")
    assert (row.kind, row.waits) == (Kind.UNSUBSCRIBE, True)


@covers("S53")
def test_the_two_addresses_of_a_copy_prove_nothing_of_each_other(tmp_path: Path) -> None:
    with bare(tmp_path).app_context():
        ways = return_paths.ways()("Rf2x", 7)
        back, leave = (return_paths.read(one.partition("@")[0]) for one in ways)
        assert back == return_paths.Returned("Rf2x", 7)
        assert leave == return_paths.Returned("Rf2x", 7, asks_out=True)
        of_letter = return_paths.ways()("Rf2x", None).out.partition("@")[0]
        assert return_paths.read(of_letter) is None, "a letter has no way out"
    with bare(tmp_path, mail_bounces="").app_context():
        assert return_paths.way_out("Rf2x", 7) == ""


def test_every_copy_names_both_ways_out_and_both_are_signed(inside: Flask, news: Sent) -> None:
    run_jobs(inside)
    folder = Path(inside.extensions["alumni_portal.settings"].mail_url.removeprefix("file://"))
    assert folder.is_dir()
    heads = [one.read_bytes().decode() for one in folder.iterdir()]
    (mine,) = [one for one in heads if "To: anna0@post.example" in one]
    line = next(one for one in mine.split("\r\n") if one.startswith("List-Unsubscribe: "))
    https, mailto = line.removeprefix("List-Unsubscribe: ").split(", ")
    assert https.startswith("<http")
    assert mailto == f"<mailto:{out(news)}@{BOUNCES}?subject=unsubscribe>"
