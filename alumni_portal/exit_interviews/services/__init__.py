"""Changes to exit interviews."""

from alumni_portal.exit_interviews.services.answering import (
    BadAnswers,
    allow_quotes,
    close_due,
    closing_day,
    corrected,
    guide_of,
    opened,
    quotable,
    save,
    send_in,
    withdraw,
)
from alumni_portal.exit_interviews.services.booking import book, cancel, move
from alumni_portal.exit_interviews.services.break_glass import (
    forget_old as forget_broken_glass,
)
from alumni_portal.exit_interviews.services.choosing import choose, readers_shown
from alumni_portal.exit_interviews.services.coding import code
from alumni_portal.exit_interviews.services.detaching import detach_due, forget_nameless_texts
from alumni_portal.exit_interviews.services.erasing import erase
from alumni_portal.exit_interviews.services.following import (
    after_case_cancelled,
    after_death,
    after_last_day_moved,
)
from alumni_portal.exit_interviews.services.guides import change, version_in_use
from alumni_portal.exit_interviews.services.leaving_cases import follow_forgotten_cases
from alumni_portal.exit_interviews.services.mixing import mix, unseen
from alumni_portal.exit_interviews.services.opening import (
    open_due,
    open_questionnaire,
    remind_due,
)
from alumni_portal.exit_interviews.services.pulse import say_about_pulse, send_pulses
from alumni_portal.exit_interviews.services.readers import (
    answer_proposal,
    change_readers,
    choose_usual,
    has_chosen,
    may_change_readers,
    proposed,
)

__all__ = [
    "BadAnswers",
    "after_case_cancelled",
    "after_death",
    "after_last_day_moved",
    "allow_quotes",
    "answer_proposal",
    "book",
    "cancel",
    "change",
    "change_readers",
    "choose",
    "choose_usual",
    "close_due",
    "closing_day",
    "code",
    "corrected",
    "detach_due",
    "erase",
    "follow_forgotten_cases",
    "forget_broken_glass",
    "forget_nameless_texts",
    "guide_of",
    "has_chosen",
    "may_change_readers",
    "mix",
    "move",
    "open_due",
    "open_questionnaire",
    "opened",
    "proposed",
    "quotable",
    "readers_shown",
    "remind_due",
    "save",
    "say_about_pulse",
    "send_in",
    "send_pulses",
    "unseen",
    "version_in_use",
    "withdraw",
]
