"""Changes: answers about coming back, and letters to those who may be found."""

from alumni_portal.rehire.services.interest import (
    Answer,
    answer_interest,
    follow_consents,
    forget_interest,
    forget_the_dead,
    renew_interest,
)

__all__ = [
    "Answer",
    "answer_interest",
    "follow_consents",
    "forget_interest",
    "forget_the_dead",
    "renew_interest",
]
