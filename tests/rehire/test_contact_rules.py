"""Who may be written to, how often, and which answers may be changed."""

from datetime import UTC, datetime, timedelta

import pytest

from alumni_portal.rehire.rules import (
    LEFT_ALONE,
    QUIET,
    WAITS,
    ContactState,
    Earlier,
    Level,
    Obstacle,
    may_answer,
    reasons_not_to_write,
)

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
ME, OTHER, THIS, THAT = 1, 2, 10, 11
SENT, YES, LATER, NEVER, OFF = ContactState


def wrote(by: int, state: ContactState, *, ago: timedelta, about: int | None = None) -> Earlier:
    at = NOW - ago
    answered = None if state in {SENT, OFF} else at
    return Earlier(by_person_id=by, opening_id=about, state=state, sent_at=at, answered_at=answered)


HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.mark.parametrize(
    ("earlier", "about", "reasons"),
    [
        ([], None, []),
        ([wrote(ME, SENT, ago=HOUR)], None, [Obstacle.UNANSWERED]),
        ([wrote(OTHER, SENT, ago=HOUR)], THIS, [Obstacle.UNANSWERED]),
        ([wrote(OTHER, SENT, ago=WAITS - MINUTE)], None, [Obstacle.UNANSWERED]),
        ([wrote(OTHER, SENT, ago=WAITS)], None, []),
        ([wrote(ME, LATER, ago=HOUR)], None, []),
        ([wrote(OTHER, LATER, ago=QUIET - MINUTE)], None, [Obstacle.RECENT]),
        ([wrote(OTHER, LATER, ago=QUIET)], None, []),
        ([wrote(OTHER, YES, ago=HOUR)], None, [Obstacle.RECENT]),
        ([wrote(ME, YES, ago=HOUR)], None, []),
        ([wrote(ME, NEVER, ago=LEFT_ALONE * 3, about=THIS)], THIS, [Obstacle.ASKED_NOT_TO]),
        ([wrote(OTHER, NEVER, ago=LEFT_ALONE * 3, about=THIS)], THIS, [Obstacle.ASKED_NOT_TO]),
        ([wrote(ME, NEVER, ago=HOUR, about=THIS)], THAT, []),
        ([wrote(ME, NEVER, ago=HOUR, about=THIS)], None, []),
        ([wrote(ME, NEVER, ago=LEFT_ALONE - MINUTE)], None, [Obstacle.ASKED_NOT_TO]),
        ([wrote(ME, NEVER, ago=LEFT_ALONE - MINUTE)], THIS, [Obstacle.ASKED_NOT_TO]),
        ([wrote(ME, NEVER, ago=LEFT_ALONE)], None, []),
        ([wrote(OTHER, NEVER, ago=QUIET)], None, []),
        ([wrote(OTHER, OFF, ago=HOUR)], None, [Obstacle.RECENT]),
    ],
)
def test_the_last_contact_rule(
    earlier: list[Earlier], about: int | None, reasons: list[Obstacle]
) -> None:
    found = reasons_not_to_write(
        earlier, level=Level.OPEN, opening_id=about, by_person_id=ME, now=NOW
    )
    assert found == reasons


@pytest.mark.parametrize(
    ("level", "about", "reasons"),
    [
        (Level.LOOKING, None, []),
        (Level.OPEN, None, []),
        (Level.CURIOUS, None, [Obstacle.NEEDS_OPENING]),
        (Level.CURIOUS, THIS, []),
    ],
)
def test_the_curious_are_sent_openings_only(
    level: Level, about: int | None, reasons: list[Obstacle]
) -> None:
    found = reasons_not_to_write([], level=level, opening_id=about, by_person_id=ME, now=NOW)
    assert found == reasons


@pytest.mark.parametrize(
    ("state", "ago", "has_acted", "is_open"),
    [
        (SENT, WAITS - MINUTE, False, True),
        (SENT, WAITS, False, False),
        (YES, WAITS * 2, False, True),
        (LATER, HOUR, False, True),
        (NEVER, HOUR, False, True),
        (YES, HOUR, True, False),
        (OFF, HOUR, False, False),
    ],
)
def test_an_answer_may_be_changed_until_the_recruiter_has_acted(
    state: ContactState, ago: timedelta, *, has_acted: bool, is_open: bool
) -> None:
    acted_at = NOW if has_acted else None
    assert may_answer(state, NOW - ago, acted_at, NOW) is is_open
