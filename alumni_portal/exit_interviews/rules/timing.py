"""When a leaver is asked, reminded and no longer asked."""

from datetime import date, timedelta

from alumni_portal.exit_interviews.rules.exits import quarter_start

#: Closed four weeks after the last day, as the leaver's page is (DESIGN §7.13).
ANSWER_UNTIL = timedelta(weeks=4)
#: Reminders go to the leaver alone, so many days after the first letter.
REMIND_AFTER = (timedelta(days=3), timedelta(days=10))
#: The second pulse: sent after three months, open for three more.
PULSE_AFTER = timedelta(days=91)
PULSE_OPEN = timedelta(days=91)

_DAY, _FRIDAY = timedelta(days=1), 4
_BEFORE, _AFTER = timedelta(days=-14), timedelta(days=3)
#: Kind of case → days from the last day. A kind that is not here is never asked by itself.
_WHEN = {
    "own_request": _BEFORE,
    "retirement": _BEFORE,
    "agreement": _AFTER,
    "redundancy": _AFTER,
    "fixed_term_ended": _AFTER,
}


def ask_on(kind: str, last_day: date) -> date | None:
    """Return when a leaver is asked by itself; nothing when HR must first say that they may be.

    Nobody is asked by itself after a death, when they leave for personal reasons, or when the
    ground is not known: it may be one of these.
    """
    after = _WHEN.get(kind)
    return last_day + after if after is not None else None


def may_be_asked(kind: str) -> bool:
    """Say whether anybody may be asked at all: the dead are not."""
    return kind != "death"


def talk_on(last_day: date, today: date) -> date:
    """Return the day proposed for a talk: in two weeks, or a week before the last day, no weekend.

    Never earlier than tomorrow; a day that falls on a weekend moves to the Friday before, or the
    Monday after when that has been.
    """
    day = max(min(last_day - timedelta(days=7), today + timedelta(days=14)), today + _DAY)
    over = max(0, day.weekday() - _FRIDAY)
    return day - over * _DAY if day - over * _DAY > today else day + (3 - over) * _DAY


def closes_on(last_day: date) -> date:
    """Return the last day on which the questionnaire can be answered."""
    return last_day + ANSWER_UNTIL


def last_quarter_to_read(today: date) -> tuple[int, int]:
    """Return year and first month of the quarter of which nobody can be answering any more.

    Texts without a name are read a quarter at a time, once its last leaver can no longer answer:
    one by one, the day on which each comes would tell who left when.
    """
    before = quarter_start(quarter_start(today - ANSWER_UNTIL) - timedelta(days=1))
    return before.year, before.month


def reminder_due(asked_on: date, sent: int, today: date) -> bool:
    """Say whether the next reminder is due."""
    return sent < len(REMIND_AFTER) and today >= asked_on + REMIND_AFTER[sent]
