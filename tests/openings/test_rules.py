"""When an opening is open, and what it must say before it is published."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from alumni_portal.openings.rules import (
    OpeningState,
    Stated,
    is_open,
    reasons_not_to_publish,
    wrong_pay,
)

TODAY = date(2026, 11, 27)
DAY = timedelta(days=1)
WHOLE = Stated(
    title="Elkonstruktör",
    place="Luleå",
    agreement="Teknikavtalet Unionen",
    pay_from=42_000,
    pay_to=55_000,
    text="Du ritar ställverk.",
    seats=1,
    closes_on=TODAY + 30 * DAY,
    has_unit=True,
    has_recruiter=True,
    criteria=2,
)


@pytest.mark.parametrize(
    ("state", "closes_on", "answer"),
    [
        (OpeningState.PUBLISHED, TODAY + DAY, True),
        (OpeningState.PUBLISHED, TODAY, True),
        (OpeningState.PUBLISHED, TODAY - DAY, False),
        (OpeningState.PUBLISHED, None, True),
        (OpeningState.DRAFT, TODAY + DAY, False),
        (OpeningState.CLOSED, TODAY + DAY, False),
        (OpeningState.FILLED, TODAY + DAY, False),
    ],
)
def test_an_opening_is_open_while_published_to_the_end_of_its_last_day(
    state: OpeningState, closes_on: date | None, answer: object
) -> None:
    assert is_open(state, closes_on, TODAY) is answer


def test_what_is_whole_can_be_published() -> None:
    assert reasons_not_to_publish(WHOLE, today=TODAY) == []


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"title": ""}, ["title"]),
        ({"has_unit": False}, ["unit"]),
        ({"place": ""}, ["place"]),
        ({"pay_from": None}, ["pay_from"]),
        ({"pay_to": None}, ["pay_to"]),
        ({"pay_from": None, "pay_to": None}, ["pay_from", "pay_to"]),
        ({"agreement": ""}, ["agreement"]),
        ({"text": ""}, ["text"]),
        ({"criteria": 0}, ["criteria"]),
        ({"closes_on": None}, ["closes_on"]),
        ({"closes_on": TODAY}, ["closes_on"]),
        ({"closes_on": TODAY - DAY}, ["closes_on"]),
        ({"has_recruiter": False}, ["recruiter"]),
        ({"pay_to": 41_000}, ["pay_to"]),
    ],
)
def test_each_lack_is_named_at_its_field(change: dict[str, object], fields: list[str]) -> None:
    stated = replace(WHOLE, **change)  # type: ignore[arg-type]  # one field each
    assert [one.field for one in reasons_not_to_publish(stated, today=TODAY)] == fields


@pytest.mark.parametrize(
    ("lowest", "highest", "field"),
    [
        (42_000, 55_000, None),
        (42_000, 42_000, None),
        (None, None, None),
        (55_000, 42_000, "pay_to"),
        (250, 42_000, "pay_from"),
        (42_000, 550_000, "pay_to"),
        (-1, None, "pay_from"),
    ],
)
def test_pay_is_a_range_by_month(
    lowest: int | None, highest: int | None, field: str | None
) -> None:
    wrong = wrong_pay(lowest, highest)
    assert (wrong.field if wrong else None) == field
