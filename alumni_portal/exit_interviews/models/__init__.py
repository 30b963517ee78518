"""The tables of exit interviews."""

from alumni_portal.exit_interviews.models.break_glass import BreakGlass
from alumni_portal.exit_interviews.models.guides import (
    CodeWording,
    Guide,
    GuideVersion,
    ThemeWording,
)
from alumni_portal.exit_interviews.models.imports import SurveyChunk, SurveyImport, SurveyState
from alumni_portal.exit_interviews.models.interviews import (
    Answer,
    Coding,
    Interview,
    Reader,
    Redaction,
    UsualReader,
)
from alumni_portal.exit_interviews.rules import (
    REASONS,
    THEMES,
    ExitType,
    Force,
    InterviewState,
    Precision,
    Reach,
    Reason,
    Seat,
    Theme,
    Track,
)

__all__ = [
    "REASONS",
    "THEMES",
    "Answer",
    "BreakGlass",
    "CodeWording",
    "Coding",
    "ExitType",
    "Force",
    "Guide",
    "GuideVersion",
    "Interview",
    "InterviewState",
    "Precision",
    "Reach",
    "Reader",
    "Reason",
    "Redaction",
    "Seat",
    "SurveyChunk",
    "SurveyImport",
    "SurveyState",
    "Theme",
    "ThemeWording",
    "Track",
    "UsualReader",
]
