"""Changes: answers about coming back, and letters to those who may be found."""

from alumni_portal.rehire.services.contact import (
    Letter,
    answer_contact,
    contact,
    forget_contacts,
    may_be_answered,
    may_be_written_to,
    note_in_touch,
    note_kept_back,
    preview_contact,
    reasons_not_to_contact,
    withdraw_unanswered,
)
from alumni_portal.rehire.services.interest import (
    Answer,
    answer_interest,
    follow_consents,
    forget_interest,
    forget_the_dead,
    let_recruiters_write,
    renew_interest,
)
from alumni_portal.rehire.services.renewals import (
    Renewal,
    RenewalState,
    ask_if_still_so,
    look_at_renewal,
    renew_by_link,
)
from alumni_portal.rehire.services.search import (
    follow_answers,
)

__all__ = [
    "Answer",
    "Letter",
    "Renewal",
    "RenewalState",
    "answer_contact",
    "answer_interest",
    "ask_if_still_so",
    "contact",
    "follow_answers",
    "follow_consents",
    "forget_contacts",
    "forget_interest",
    "forget_the_dead",
    "let_recruiters_write",
    "look_at_renewal",
    "may_be_answered",
    "may_be_written_to",
    "note_in_touch",
    "note_kept_back",
    "preview_contact",
    "reasons_not_to_contact",
    "renew_by_link",
    "renew_interest",
    "withdraw_unanswered",
]
