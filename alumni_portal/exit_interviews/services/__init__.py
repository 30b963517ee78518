"""Changes to exit interviews."""

from alumni_portal.exit_interviews.services.answering import (
    BadAnswers,
    close_due,
    closing_day,
    guide_of,
    opened,
    save,
    send_in,
    withdraw,
)
from alumni_portal.exit_interviews.services.booking import book, cancel, move
from alumni_portal.exit_interviews.services.choosing import choose
from alumni_portal.exit_interviews.services.coding import code
from alumni_portal.exit_interviews.services.detaching import detach_due
from alumni_portal.exit_interviews.services.following import (
    after_case_cancelled,
    after_death,
    after_last_day_moved,
)
from alumni_portal.exit_interviews.services.guides import change, reword, version_in_use
from alumni_portal.exit_interviews.services.leaving_cases import follow_forgotten_cases
from alumni_portal.exit_interviews.services.opening import (
    open_due,
    open_questionnaire,
    remind_due,
)
from alumni_portal.exit_interviews.services.pulse import say_about_pulse, send_pulses

__all__ = [
    "BadAnswers",
    "after_case_cancelled",
    "after_death",
    "after_last_day_moved",
    "book",
    "cancel",
    "change",
    "choose",
    "close_due",
    "closing_day",
    "code",
    "detach_due",
    "follow_forgotten_cases",
    "guide_of",
    "move",
    "open_due",
    "open_questionnaire",
    "opened",
    "remind_due",
    "reword",
    "save",
    "say_about_pulse",
    "send_in",
    "send_pulses",
    "version_in_use",
    "withdraw",
]
