"""Which interviews there are, who may read them, and where they stand."""

from enum import StrEnum


class Track(StrEnum):
    """Which guide an interview follows; each has its own record and its own readers."""

    #: The leaver's own answers, on their own phone.
    QUESTIONNAIRE = "questionnaire"
    #: A talk with a neutral person at HR.
    HR = "hr"
    #: A talk with the nearest manager, told to the leaver as not confidential.
    MANAGER = "manager"
    #: A few questions to the private address, months later.
    PULSE = "pulse"


class Reach(StrEnum):
    """Who may read the answers, as the leaver chose before the first question."""

    HR_ONLY = "hr_only"
    #: The nearest manager too, for the questionnaire only.
    OPEN = "open"
    #: Kept without a name; only texts are read, by the named coders.
    AGGREGATE = "aggregate"


class InterviewState(StrEnum):
    """Where an interview stands."""

    #: HR has not yet said that it may be sent (death, personal reasons).
    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Seat(StrEnum):
    """In what capacity somebody may read one interview."""

    INTERVIEWER = "interviewer"
    READER = "reader"
    CODER = "coder"
    MANAGER = "manager"


class ExitType(StrEnum):
    """What releases tell exits apart by (A3); the legal ground is never more than this."""

    OWN = "own"
    OTHER = "other"


class Precision(StrEnum):
    """How much of an exit's date is known."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    UNKNOWN = "unknown"


#: The leaver sees these numbers on the page; nobody may name more.
MOST_READERS = 2
MOST_CODERS = 2
#: A1–A4 of docs/security.md: the smallest group that any number is about.
GROUP_SIZE = 5
