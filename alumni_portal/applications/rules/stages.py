"""Where an application stands and where it may go from there. A person decides every move."""

from datetime import date, timedelta
from enum import StrEnum

from alumni_portal.core.text import lazy as _l


class Stage(StrEnum):
    """Where an application stands."""

    SUBMITTED = "submitted"
    SCREENING = "screening"
    INTERVIEW = "interview"
    OFFER = "offer"
    HIRED = "hired"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Measure(StrEnum):
    """How somebody stood against a criterion of the opening. There is nothing else to choose.

    An ending says which criterion decided; it is no judgement of a person and follows nobody to
    another opening (DESIGN §7.1, S93).
    """

    NOT_MET = "not_met"
    BETTER_MET = "better_met"


class Blocked(StrEnum):
    """Why a move may not be made."""

    NO_SUCH_MOVE = "no_such_move"
    APPLICANT_ONLY = "applicant_only"
    NO_SEAT_LEFT = "no_seat_left"


S = Stage
#: From where to where an application may go. A declined one may be taken up again by a person; a
#: withdrawn one only by sending it anew.
MOVES: dict[Stage, frozenset[Stage]] = {
    S.SUBMITTED: frozenset({S.SCREENING, S.INTERVIEW, S.OFFER, S.DECLINED, S.WITHDRAWN}),
    S.SCREENING: frozenset({S.SUBMITTED, S.INTERVIEW, S.OFFER, S.DECLINED, S.WITHDRAWN}),
    S.INTERVIEW: frozenset({S.SUBMITTED, S.SCREENING, S.OFFER, S.DECLINED, S.WITHDRAWN}),
    S.OFFER: frozenset({S.SCREENING, S.INTERVIEW, S.HIRED, S.DECLINED, S.WITHDRAWN}),
    S.HIRED: frozenset(),
    S.DECLINED: frozenset({S.SCREENING}),
    S.WITHDRAWN: frozenset({S.SUBMITTED}),
}
#: The lanes of the board, in the order of the work.
BOARD = (S.SUBMITTED, S.SCREENING, S.INTERVIEW, S.OFFER, S.HIRED)
ENDED = frozenset({S.DECLINED, S.WITHDRAWN})
#: What only the applicant decides.
BY_APPLICANT = frozenset({(S.WITHDRAWN, S.SUBMITTED)} | {(one, S.WITHDRAWN) for one in BOARD})

STAGES = {
    S.SUBMITTED: _l("Ny"),
    S.SCREENING: _l("Samtal"),
    S.INTERVIEW: _l("Intervju"),
    S.OFFER: _l("Erbjudande"),
    S.HIRED: _l("Återanställd"),
    S.DECLINED: _l("Avslutad"),
    S.WITHDRAWN: _l("Tillbakatagen"),
}
MEASURES = {
    Measure.NOT_MET: _l("Kravet är inte uppfyllt"),
    Measure.BETTER_MET: _l("En annan sökande uppfyllde kravet bättre"),
}
#: So many working days an application may wait in a stage before it counts as late.
GOAL_DAYS = 5
#: Claims under diskrimineringslagen 6:4 may be brought for two years (product.md §5.2).
KEPT_AFTER_DECISION = timedelta(days=730)


def may_move(
    stage: Stage,
    to: Stage,
    *,
    by_applicant: bool = False,
    seats_left: int | None = None,
) -> Blocked | None:
    """Return why an application may not go from one stage to another, or nothing when it may.

    The one place that decides about moves; what the law says of somebody's priority (LAS 25 §)
    will be asked here, too.
    """
    if to not in MOVES[stage]:
        return Blocked.NO_SUCH_MOVE
    if ((stage, to) in BY_APPLICANT) is not by_applicant:
        return Blocked.APPLICANT_ONLY
    if to is Stage.HIRED and seats_left is not None and seats_left < 1:
        return Blocked.NO_SEAT_LEFT
    return None


def goes_forward(stage: Stage, to: Stage) -> bool:
    """Say whether a move takes an application on, so that the applicant is told by letter."""
    if to not in BOARD or stage not in BOARD:
        return to in BOARD
    return BOARD.index(to) > BOARD.index(stage)


def working_days(since: date, until: date) -> int:
    """Return how many working days have passed after a day; Monday to Friday count."""
    whole, rest = divmod(max((until - since).days, 0), 7)
    return 5 * whole + sum(
        (since + timedelta(days=number)).weekday() < 5 for number in range(1, rest + 1)
    )


def late_since(today: date) -> date:
    """Return the latest day on which somebody must have come to a stage to wait too long there."""
    day = today
    while working_days(day, today) <= GOAL_DAYS:
        day -= timedelta(days=1)
    return day
