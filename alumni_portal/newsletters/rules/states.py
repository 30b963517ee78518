"""Where a newsletter stands."""

from enum import StrEnum


class NewsletterState(StrEnum):
    DRAFT = "draft"
    #: Its mailing was begun; how far that is says the mailing.
    SENT = "sent"
