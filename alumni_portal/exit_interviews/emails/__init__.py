"""Letters about exit interviews."""

from alumni_portal.exit_interviews.emails.letters import (
    break_glass_asked,
    break_glass_opened,
    nameless_link,
    new_reader,
    pulse,
    questionnaire,
    take_back,
    talk,
)

__all__ = [
    "break_glass_asked",
    "break_glass_opened",
    "nameless_link",
    "new_reader",
    "pulse",
    "questionnaire",
    "take_back",
    "talk",
]
