"""Who may say yes, who is next in line, and how long an offer stands: tables of cases."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from alumni_portal.core.clock import HOME
from alumni_portal.events.rules import (
    MOVES,
    Closed,
    EventKind,
    EventState,
    InLine,
    Missing,
    Point,
    agenda_of,
    may_decline,
    may_tick_off,
    next_in_line,
    offer_until,
    reasons_not_to_come,
    reasons_not_to_open,
    seats_left,
    window_of,
    wrong_line,
)

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DRAFT, OPEN, OFF, PAST = EventState
MEETING, DIGITAL, HYBRID = EventKind


@pytest.mark.parametrize(
    ("state", "begins_in", "reply_by", "is_invited", "reasons"),
    [
        (OPEN, 24, None, True, []),
        (OPEN, 24, date(2026, 11, 27), True, []),
        (OPEN, 24, date(2026, 11, 26), True, [Closed.TOO_LATE]),
        (OPEN, 0, None, True, [Closed.OVER]),
        (OPEN, -1, None, True, [Closed.OVER]),
        (OPEN, 24, None, False, [Closed.NOT_INVITED]),
        (DRAFT, 24, None, True, [Closed.DRAFT]),
        (OFF, 24, None, True, [Closed.CANCELLED]),
        (PAST, -24, None, False, [Closed.OVER, Closed.NOT_INVITED]),
    ],
)
def test_why_somebody_cannot_come(
    state: EventState,
    begins_in: int,
    reply_by: date | None,
    is_invited: bool,  # noqa: FBT001 - a column of the table
    reasons: list[Closed],
) -> None:
    found = reasons_not_to_come(
        state,
        starts_at=NOW + begins_in * HOUR,
        window=window_of(None, reply_by),
        is_invited=is_invited,
        now=NOW,
    )
    assert found == reasons


def test_the_last_day_ends_at_midnight_in_sweden_not_in_utc() -> None:
    late = datetime(2026, 11, 27, 23, 30, tzinfo=UTC)  # 00.30 on the 28th here
    for now, reasons in ((late, [Closed.TOO_LATE]), (late - HOUR, [])):
        found = reasons_not_to_come(
            OPEN,
            starts_at=late + 48 * HOUR,
            window=window_of(None, date(2026, 11, 27)),
            is_invited=True,
            now=now,
        )
        assert found == reasons


@pytest.mark.parametrize(
    ("state", "begins_in", "may"),
    [(OPEN, 1, True), (OPEN, 0, False), (OFF, 1, False), (DRAFT, 1, False), (PAST, -1, False)],
)
def test_until_when_a_no_means_something(state: EventState, begins_in: int, *, may: bool) -> None:
    assert may_decline(state, starts_at=NOW + begins_in * HOUR, now=NOW) is may


@pytest.mark.parametrize(
    ("capacity", "taken", "left"), [(None, 500, None), (40, 26, 14), (40, 40, 0), (10, 12, 0)]
)
def test_how_many_seats_are_left(capacity: int | None, taken: int, left: int | None) -> None:
    assert seats_left(capacity, taken) == left


LINE = [InLine(1, 3), InLine(2, 1), InLine(3, 2)]


@pytest.mark.parametrize(("left", "who"), [(0, None), (1, 2), (2, 2), (3, 1), (9, 1), (None, 1)])
def test_the_first_whose_party_fits_is_next(left: int | None, who: int | None) -> None:
    chosen = next_in_line(LINE, left)
    assert (chosen.person_id if chosen else None) == who


@pytest.mark.parametrize(
    ("begins_in", "set_to", "hours"),
    [
        (240, 48, 48),
        (192, 48, 48),
        (96, 48, 24),
        (24, 48, 6),
        (24, 4, 4),
        (168, 168, 42),
        (5, 48, 1.25),
        (4, 48, 1),
        (2, 48, 1),
        (0.5, 48, 0.5),
        (240, 1, 1),
    ],
)
def test_how_long_an_offer_stands(begins_in: float, set_to: int, hours: float) -> None:
    assert offer_until(NOW, NOW + begins_in * HOUR, set_to) == NOW + hours * HOUR


def at(hour: int, minute: int = 0, second: int = 0, day: int = 27) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, tzinfo=HOME)


@pytest.mark.parametrize(
    ("now", "starts", "until"),
    [
        (at(19, 59), at(12, day=28), at(23, 59, 15)),
        (at(23), at(12, day=28), at(9, 30, day=28)),
        (at(3, day=28), at(12, day=28), at(9, 30, day=28)),
        (at(6, 59, day=28), at(20, day=28), at(10, 14, 15, day=28)),
        (at(23), at(9, day=28), at(9, day=28)),
        (at(23), at(23, day=30), at(11, day=28)),
    ],
)
def test_an_offer_made_at_night_stands_until_somebody_is_awake(
    now: datetime, starts: datetime, until: datetime
) -> None:
    assert offer_until(now, starts, 12) == until


@pytest.mark.parametrize(
    ("now", "reasons"),
    [
        (at(8, 59, 59), [Closed.TOO_EARLY]),
        (at(9), []),
        (at(11, 59, 59, day=28), []),
        (at(12, day=28), [Closed.TOO_LATE]),
    ],
)
def test_the_window_opens_and_closes_to_the_minute(now: datetime, reasons: list[Closed]) -> None:
    window = window_of(date(2026, 11, 27), date(2026, 11, 28), opens=time(9), closes=time(12))
    found = reasons_not_to_come(
        OPEN, starts_at=at(18, day=29), window=window, is_invited=True, now=now
    )
    assert found == reasons


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2027, 3, 28), 23), (date(2027, 10, 31), 25), (date(2027, 5, 1), 24)]
)
def test_the_day_on_which_clocks_change_is_a_whole_day(day: date, hours: int) -> None:
    window = window_of(day, day)
    assert window.opens is not None
    assert window.closes is not None
    length = window.closes.astimezone(UTC) - window.opens.astimezone(UTC)
    assert length == hours * HOUR


@pytest.mark.parametrize(
    ("kind", "text", "place", "url", "begins_in", "missing"),
    [
        (MEETING, "Kom!", "Malmö", "", 1, []),
        (DIGITAL, "Kom!", "", "https://moten.example/1", 1, []),
        (HYBRID, "Kom!", "Malmö", "https://moten.example/1", 1, []),
        (HYBRID, "Kom!", "Malmö", "", 1, [Missing.LINK]),
        (HYBRID, "Kom!", "", "https://moten.example/1", 1, [Missing.PLACE]),
        (DIGITAL, "Kom!", "Malmö", "", 1, [Missing.LINK]),
        (MEETING, "", "Malmö", "", 1, [Missing.TEXT]),
        (MEETING, "Kom!", "", "https://moten.example/1", 1, [Missing.PLACE]),
        (MEETING, "", "", "", 0, [Missing.TEXT, Missing.PLACE, Missing.OVER]),
    ],
)
def test_what_an_event_needs_before_it_opens(
    kind: EventKind, text: str, place: str, url: str, begins_in: int, missing: list[Missing]
) -> None:
    found = reasons_not_to_open(
        kind, text=text, place=place, online_url=url, starts_at=NOW + begins_in * HOUR, now=NOW
    )
    assert found == missing


@pytest.mark.parametrize(("first", "reasons"), [(28, [Closed.TOO_EARLY]), (27, []), (26, [])])
def test_the_window_opens_on_its_first_day(first: int, reasons: list[Closed]) -> None:
    found = reasons_not_to_come(
        OPEN,
        starts_at=NOW + 99 * HOUR,
        window=window_of(date(2026, 11, first), None),
        is_invited=True,
        now=NOW,
    )
    assert found == reasons


def test_an_agenda_is_read_line_by_line() -> None:
    written = "07.30 Kaffe\n\n 8:05 Luleå på rekordtid |  Karin Öhman "
    assert agenda_of(written) == [
        Point(time(7, 30), "Kaffe"),
        Point(time(8, 5), "Luleå på rekordtid", "Karin Öhman"),
    ]
    assert wrong_line(written) is None


@pytest.mark.parametrize("line", ["Kaffe", "25.00 Kaffe", "07.60 Kaffe", "07.30", "07.30 | Karin"])
def test_which_line_of_an_agenda_is_no_point(line: str) -> None:
    assert wrong_line(f"07.30 Kaffe\n{line}\n08.00 Slut") == 2


@pytest.mark.parametrize(
    ("state", "begins_in", "may"),
    [(OPEN, 1, True), (PAST, -48, True), (OPEN, 24, False), (OFF, 0, False)],
)
def test_from_when_guests_are_ticked_off(state: EventState, begins_in: int, *, may: bool) -> None:
    assert may_tick_off(state, NOW + begins_in * HOUR, now=NOW) is may


def test_what_is_cancelled_or_past_never_opens_again() -> None:
    assert set(MOVES) == set(EventState)
    assert not MOVES[OFF]
    assert not MOVES[PAST]
    assert PAST not in MOVES[DRAFT]
