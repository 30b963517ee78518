"""Letters about exit interviews."""

from alumni_portal.exit_interviews.emails.letters import nameless_link, pulse, questionnaire, talk

__all__ = ["nameless_link", "pulse", "questionnaire", "talk"]
