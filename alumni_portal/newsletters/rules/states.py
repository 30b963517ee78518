"""Where a newsletter stands."""

from enum import StrEnum


class NewsletterState(StrEnum):
    DRAFT = "draft"
    #: Goes by itself at a moment that was chosen.
    PLANNED = "planned"
    #: Should have gone and did not: a person decides.
    HELD = "held"
    #: Its mailing was begun; how far that is says the mailing.
    SENT = "sent"


#: What waits for its moment or for an answer: nobody writes in it.
WAITING = frozenset({NewsletterState.PLANNED, NewsletterState.HELD})
