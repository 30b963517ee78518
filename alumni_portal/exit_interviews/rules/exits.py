"""What a release counts an exit by (A3): quarter, tenure band, type. Nothing finer leaves here."""

from datetime import date

from alumni_portal.exit_interviews.rules.kinds import ExitType

_YEAR = 365.25
_BANDS = ((1, "<1"), (3, "1-3"), (7, "3-7"))
_OWN = frozenset({"own_request"})
#: Under these names a row without a person keeps what was read out of its texts while they were
#: there, and what was said in the second pulse.
CODED = "coded"
_PULSE = "pulse_"


def pulse_code(question: str) -> str:
    """Return what an answer of the second pulse is called beside those of the exit."""
    return _PULSE + question


def is_of_the_exit(question: str) -> bool:
    """Say whether an answer was given at the exit: not later, not by coders."""
    return question != CODED and not question.startswith(_PULSE)


def tenure_band(begins_on: date, ends_on: date) -> str:
    """Return how long somebody had worked here, as the band that releases know."""
    years = (ends_on - begins_on).days / _YEAR
    return next((name for most, name in _BANDS if years < most), "7+")


def exit_type_of(ground: str | None) -> ExitType:
    """Return whether somebody left at their own wish; the legal ground says no more here."""
    return ExitType.OWN if ground in _OWN else ExitType.OTHER


def quarter_of(year: int, month: int | None) -> str:
    """Return the quarter of an exit ("2026Q3"), or the year alone when no more is known."""
    return f"{year}Q{(month - 1) // 3 + 1}" if month else str(year)


def first_month(day: date) -> int:
    """Return the first month of the quarter of a day."""
    return (day.month - 1) // 3 * 3 + 1


def quarter_start(day: date) -> date:
    """Return the first day of the quarter of a day."""
    return date(day.year, first_month(day), 1)
