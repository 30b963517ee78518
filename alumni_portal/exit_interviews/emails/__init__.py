"""Letters about exit interviews."""

from alumni_portal.exit_interviews.emails.letters import (
    nameless_link,
    new_reader,
    pulse,
    questionnaire,
    take_back,
    talk,
)

__all__ = ["nameless_link", "new_reader", "pulse", "questionnaire", "take_back", "talk"]
