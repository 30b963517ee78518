"""What exit interviews ask, in whose words, and what a release may count of them."""

from alumni_portal.exit_interviews.rules.codebook import THEMES, Force, Reason, Theme
from alumni_portal.exit_interviews.rules.kinds import (
    GROUP_SIZE,
    MOST_CODERS,
    MOST_READERS,
    ExitType,
    InterviewState,
    Precision,
    Reach,
    Seat,
    Track,
)
from alumni_portal.exit_interviews.rules.reasons import REASONS
from alumni_portal.exit_interviews.rules.release_row import ReleaseRow

__all__ = [
    "GROUP_SIZE",
    "MOST_CODERS",
    "MOST_READERS",
    "REASONS",
    "THEMES",
    "ExitType",
    "Force",
    "InterviewState",
    "Precision",
    "Reach",
    "Reason",
    "ReleaseRow",
    "Seat",
    "Theme",
    "Track",
]
