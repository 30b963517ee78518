"""A relay that knows nobody at all is doubted; a list with some old addresses is not."""

import pytest

from alumni_portal.mail.rules import Doubt, NotSent, Sent

NOBODY, OK = NotSent("550 5.1.1 no such user", final=True), Sent("250 ok")
DOMAINS = ("a.example", "b.example", "c.example")


@pytest.mark.parametrize(
    ("gone", "taken", "domains", "opens"),
    [
        (7, 0, 3, False),
        (8, 0, 3, True),
        (8, 0, 2, False),
        (8, 2, 3, True),
        (8, 3, 3, False),
        (16, 4, 3, True),
        (15, 5, 3, False),
    ],
)
def test_nearly_all_of_a_handful_at_several_domains(
    gone: int,
    taken: int,
    domains: int,
    opens: bool,  # noqa: FBT001 - a table
) -> None:
    doubt = Doubt().after("x@a.example", NOBODY)
    for _ in range(taken):
        doubt = doubt.after("y@a.example", OK)
    for number in range(1, gone):
        doubt = doubt.after(f"x@{DOMAINS[number % domains]}", NOBODY)
    assert doubt.is_open is opens


def test_what_went_before_the_first_counts_for_nothing_and_twenty_good_ones_end_it() -> None:
    assert Doubt().after("x@a.example", OK) == Doubt()
    doubt = Doubt().after("x@a.example", NOBODY)
    for _ in range(20):
        doubt = doubt.after("x@a.example", OK)
    assert doubt == Doubt()


@pytest.mark.parametrize("said", ["450 4.1.1 later", "552 5.2.2 full", "554 5.7.1 not you"])
def test_other_refusals_say_nothing_about_it(said: str) -> None:
    answer = NotSent(said, final=said.startswith("5"))
    assert Doubt().after("x@a.example", answer) == Doubt()
