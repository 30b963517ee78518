"""What a returned mail says is read from any server's words, and never fails."""

import random

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from alumni_portal.bounces.rules import Kind, Severity, read
from alumni_portal.bounces.rules.feedback import told
from tests.bounces.samples import ARF, AUTO_REPLY, DSN, EXIM, QMAIL, written
from tests.support.covers import covers

MARK = "b+abcdefgh.42.abcdefghijklmnop"
EVERY = (DSN, ARF, AUTO_REPLY, QMAIL, EXIM)


@pytest.mark.parametrize(
    ("status", "answer", "severity"),
    [
        ("5.1.1", "550 5.1.1 User unknown", Severity.NOBODY),
        ("5.1.2", "550 no such domain", Severity.NOBODY),
        ("5.1.10", "556 5.1.10 null MX", Severity.NOBODY),
        ("5.0.0", "550 no", Severity.HARD),
        ("5.2.1", "550 disabled", Severity.HARD),
        ("5.1.8", "550 5.1.8 sender's domain", Severity.SOFT),
        ("5.2.2", "552 5.2.2 mailbox full", Severity.SOFT),
        ("5.7.1", "554 5.7.1 looks like spam", Severity.SOFT),
        ("4.4.7", "delivery time expired", Severity.SOFT),
        ("", "550 no such user", Severity.HARD),
        ("", "452 too much", Severity.SOFT),
        ("", "550 5.1.1 nobody", Severity.NOBODY),
        ("nonsense", "", Severity.HARD),
    ],
)
def test_a_final_failure_is_as_bad_as_its_status(
    status: str, answer: str, severity: Severity
) -> None:
    said = read(written(DSN, status=status, answer=answer))
    assert (said.kind, said.severity) == (Kind.BOUNCE, severity)
    assert said.address == "anna0@post.example"


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("failed", Kind.BOUNCE),
        ("FAILED (for good)", Kind.BOUNCE),
        ("", Kind.BOUNCE),
        ("delayed", Kind.DELAY),
        ("delivered", Kind.RECEIPT),
        ("relayed", Kind.RECEIPT),
        ("expanded", Kind.RECEIPT),
    ],
)
def test_only_what_failed_is_a_bounce(action: str, kind: Kind) -> None:
    assert read(written(DSN, action=action)).kind is kind


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("abuse", Kind.COMPLAINT),
        ("fraud", Kind.COMPLAINT),
        ("", Kind.COMPLAINT),
        ("not-spam", Kind.RECEIPT),
        ("auth-failure", Kind.RECEIPT),
        ("opt-out", Kind.UNSUBSCRIBE),
    ],
)
def test_a_report_of_a_reader_s_opinion(said: str, kind: Kind) -> None:
    found = read(written(ARF, said=said, mail_from=f"{MARK}@studs.example"))
    assert found.kind is kind
    assert found.marks == (MARK,)


def test_a_machine_that_answers_is_no_bounce() -> None:
    assert read(written(AUTO_REPLY)).kind is Kind.AUTO_REPLY
    office = b"From: anna0@post.example\nSubject: Out of office: x\n\n550 5.1.1 user unknown"
    assert read(office).kind is Kind.AUTO_REPLY


@pytest.mark.parametrize("sample", [QMAIL, EXIM], ids=["qmail", "exim"])
def test_servers_of_before_the_standard_are_known_by_experience(sample: str) -> None:
    said = read(written(sample))
    assert said.kind is Kind.BOUNCE
    assert said.address == "anna0@post.example"
    assert said.severity is (Severity.NOBODY if sample == QMAIL else Severity.HARD)


def test_the_worst_of_several_recipients_counts() -> None:
    two = written(DSN).replace(
        b"\r\n--B1\r\nContent-Type: text/rfc",
        b"\r\nFinal-Recipient: rfc822; x@post.example\r\nAction: delayed\r\nStatus: 4.0.0\r\n"
        b"\r\n--B1\r\nContent-Type: text/rfc",
    )
    assert read(two).kind is Kind.BOUNCE


def test_a_report_in_utf_8_is_read() -> None:
    world = written(DSN).replace(b"message/delivery-status", b"message/global-delivery-status")
    assert read(world).severity is Severity.NOBODY


@pytest.mark.parametrize(
    "raw",
    [b"", b"\0" * 1000, b"Hej, vem ar ni?", b"Subject: Hej\n\nSluta skriva!", b"\xff\xfe" * 500],
    ids=["empty", "nul", "text", "human", "bytes"],
)
def test_what_no_machine_can_say_is_unreadable(raw: bytes) -> None:
    assert read(raw).kind is Kind.UNREADABLE


def test_of_a_line_without_an_end_the_beginning_is_looked_through() -> None:
    """Some ways of finding an address take the square of a line's length: minutes."""
    said = "From: a@b.example\r\n\r\nfailed addresses follow:\r\n{}bo@post.example\r\n"
    assert read(said.format("").encode()).address == "bo@post.example"
    assert read(said.format("- " * 250).encode()).kind is Kind.UNREADABLE
    assert read(said.format("a" * 250_000).encode()).kind is Kind.UNREADABLE


def test_hostile_reports_are_read_without_an_error() -> None:
    nested = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 3_000
    hostile = [
        nested,
        b"Content-Type: message/rfc822\n\n" * 5_000,
        written(DSN).replace(b"us-ascii", b"x-no-such-charset"),
        written(DSN).replace(b"B1", b""),
        written(DSN, status="5." + "9" * 5_000),
        written(DSN, address="a" * 200_000),
        b"X: " + b"a@b " * 100_000 + b"\n\n" + b"<" * 100_000,
        b"Subject: =?utf-8?b?" + b"/" * 50_000 + b"?=\n\n",
        b"x" * 10_000_000,
    ]
    assert all(len(read(raw).answer) <= 200 for raw in hostile)


def test_a_report_cut_anywhere_is_read_without_an_error() -> None:
    chance = random.Random(7)
    for sample in EVERY:
        whole = written(sample)
        for _ in range(40):
            read(whole[: chance.randrange(len(whole))])
            broken = bytearray(whole)
            for _ in range(20):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            read(bytes(broken))


STATUS = b"Content-Type: message/delivery-status\r\n\r\n"
NEST = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"


@pytest.mark.parametrize(
    "bomb",
    [
        STATUS + b"\r\n" * 120_000,
        STATUS + b"X\r\n\r\n" * 50_000,
        b"".join(NEST % (n, n) for n in range(300)),
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n" * 40_000,
    ],
    ids=["blanks", "blocks", "nests", "parts"],
)
@covers("S36")
def test_a_mail_made_to_keep_a_reader_busy_does_not(bomb: bytes) -> None:
    assert read(bomb).kind is Kind.UNREADABLE


@given(st.binary(max_size=2_000))
@examples(max_examples=100)
def test_reading_never_fails(raw: bytes) -> None:
    assert read(raw).kind in set(Kind)
    report = b"Content-Type: message/delivery-status\n\nAction: failed\n" + raw
    assert "\0" not in read(report).answer


def test_what_a_complaint_is_about_is_told_in_the_readers_words() -> None:
    assert told("abuse SomeGenerator/1.0") == "Anmält som skräppost (SomeGenerator/1.0)"
    assert told("Opt-Out") == "Vill inte ha mejlen"
    assert told("550 5.1.1 abuse") == "550 5.1.1 abuse"
    assert told("") == ""
