"""What kinds of cases there are, who does what in them, and which moves a case can make."""

from enum import StrEnum


class CaseKind(StrEnum):
    """Which list of tasks a case follows. The values are those of the exit grounds."""

    OWN_REQUEST = "own_request"
    REDUNDANCY = "redundancy"
    FIXED_TERM_ENDED = "fixed_term_ended"
    RETIREMENT = "retirement"
    AGREEMENT = "agreement"
    PERSONAL_REASONS = "personal_reasons"
    DEATH = "death"
    #: The ground is not known yet: what every exit needs, in neutral words.
    OTHER = "other"


class Tone(StrEnum):
    """How the leaver is spoken to."""

    WARM = "warm"
    #: The exit was not the leaver's wish.
    CAREFUL = "careful"
    #: Nobody is spoken to: the person has died.
    SILENT = "silent"


class TaskOwner(StrEnum):
    """Who does a task, by role."""

    MANAGER = "manager"
    HR = "hr"
    IT = "it"
    PAYROLL = "payroll"
    LEAVER = "leaver"


class CaseState(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    CLOSED = "closed"
    #: The notice was withdrawn: the person stays.
    CANCELLED = "cancelled"


MOVES: dict[CaseState, frozenset[CaseState]] = {
    CaseState.OPEN: frozenset({CaseState.CLOSED, CaseState.CANCELLED}),
    CaseState.CLOSED: frozenset({CaseState.OPEN}),
    CaseState.CANCELLED: frozenset(),
}

_TONES = {
    CaseKind.REDUNDANCY: Tone.CAREFUL,
    CaseKind.FIXED_TERM_ENDED: Tone.CAREFUL,
    CaseKind.PERSONAL_REASONS: Tone.CAREFUL,
    CaseKind.OTHER: Tone.CAREFUL,
    CaseKind.DEATH: Tone.SILENT,
}


def kind_of(ground: str | None) -> CaseKind:
    """Return which kind of case an exit ground leads to; an unknown ground has its own."""
    return CaseKind(ground) if ground else CaseKind.OTHER


def tone_of(kind: CaseKind) -> Tone:
    """Return how the leaver in such a case is spoken to."""
    return _TONES.get(kind, Tone.WARM)


def may_move(state: CaseState, to: CaseState) -> bool:
    """Say whether a case in one state may go to another."""
    return to in MOVES[state]
