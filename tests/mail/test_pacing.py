"""How fast mails may go: what a bucket allows, and who is slowed down by what is answered."""

from datetime import UTC, datetime, timedelta

import pytest

from alumni_portal.mail.rules import Answer, Breaker, Bucket, NotSent, Sent, Unknown, heard

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
OK, SLOW = Sent("250 ok"), NotSent("421 4.7.0 slow down", final=False)


@pytest.mark.parametrize(
    ("per_second", "tokens", "seconds", "allowed"),
    [
        (None, 0.0, 0, 500),
        (10.0, 0.0, 0, 0),
        (10.0, 0.0, 0.5, 5),
        (10.0, 0.0, 3_600, 10),
        (0.5, 0.0, 1, 0),
        (0.5, 0.0, 2, 1),
        (10.0, 3.0, -86_400, 3),
    ],
)
def test_a_bucket_holds_a_seconds_worth_and_a_clock_that_jumps_adds_no_more(
    per_second: float | None, tokens: float, seconds: float, allowed: int
) -> None:
    bucket = Bucket(per_second, tokens, NOON).filled(NOON + timedelta(seconds=seconds))
    assert bucket.allows(500) == allowed


@pytest.mark.parametrize(("per_second", "wait"), [(10.0, 0.1), (0.5, 2.0), (None, 0.0)])
def test_how_long_until_the_next_may_go(per_second: float | None, wait: float) -> None:
    assert Bucket(per_second, 0.0, NOON).wait() == timedelta(seconds=wait)


def test_half_as_fast_when_told_and_one_a_second_more_each_time_it_goes_well() -> None:
    slow = Bucket(None, 0.0, NOON).slowed(200.0)
    assert slow.per_second == 100
    assert slow.slowed(80.0).per_second == 40
    assert slow.eased(None).per_second == 101
    assert slow.eased(100.5).per_second == 100.5
    assert Bucket(999.5, 0.0, NOON).eased(None).per_second is None


def test_it_never_stops_altogether() -> None:
    bucket = Bucket(1.0, 0.0, NOON)
    for _ in range(50):
        bucket = bucket.slowed(0.0)
    assert bucket.per_second == 0.1


@pytest.mark.parametrize(
    ("answers", "relay", "domains"),
    [
        ([("a.example", OK)], False, set()),
        ([("a.example", SLOW), ("b.example", OK)], False, {"a.example"}),
        ([("a.example", SLOW), ("a.example", OK)], True, set()),
        ([("a.example", SLOW), ("b.example", SLOW)], True, set()),
        ([("a.example", NotSent("450 4.2.1 busy", final=False))], False, set()),
        ([("a.example", NotSent("451 4.7.1 greylisted", final=False))], True, set()),
        ([("a.example", NotSent("550 5.7.1 no", final=True))], False, set()),
        ([("a.example", Unknown("EOFError"))], False, set()),
    ],
)
def test_who_asked_to_slow_down(
    answers: list[tuple[str, Answer]],
    relay: bool,  # noqa: FBT001 - a table
    domains: set[str],
) -> None:
    told = heard(answers)
    assert (told.relay_is_slow, set(told.slow_domains)) == (relay, domains)


@pytest.mark.parametrize(
    ("answer", "opens"),
    [
        ("554 5.7.1 we do not take your mail", True),
        ("535 5.7.8 not signed in", True),
        ("550 5.7.515 not authenticated", True),
        ("550 5.1.8 <b+x@bounces.example>: sender's domain not found", True),
        ("552 5.3.4 larger than we take", True),
        ("503 5.5.1 bad sequence", True),
        ("501 5.1.3 no address", False),
        ("550 5.1.1 no such user", False),
        ("552 5.2.2 mailbox full", False),
    ],
)
def test_twenty_refusals_in_a_row_that_are_about_us_open_the_breaker(
    answer: str,
    opens: bool,  # noqa: FBT001 - a table
) -> None:
    breaker = Breaker()
    for _ in range(19):
        breaker = breaker.after(NotSent(answer, final=True))
    assert not breaker.is_open
    assert not breaker.after(OK).after(NotSent(answer, final=True)).is_open
    assert breaker.after(NotSent(answer, final=True)).is_open is opens


@pytest.mark.parametrize(
    ("answer", "opens"), [("550 sender verify failed", True), ("550 5.1.1 no such user", False)]
)
def test_a_hundred_refusals_in_a_row_open_it_whatever_they_say_but_that_nobody_is_there(
    answer: str,
    opens: bool,  # noqa: FBT001 - a table
) -> None:
    breaker = Breaker()
    for _ in range(99):
        breaker = breaker.after(NotSent(answer, final=True))
    assert not breaker.is_open
    assert not breaker.after(NotSent("450 4.2.0 busy", final=False)).is_open
    assert breaker.after(NotSent(answer, final=True)).is_open is opens
