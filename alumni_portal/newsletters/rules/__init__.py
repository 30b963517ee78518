"""What a newsletter holds and what must be right before it is sent."""

from alumni_portal.newsletters.rules.checks import (
    LARGEST,
    MANY,
    NAMES,
    Check,
    Verdict,
    checked,
    may_be_sent,
)
from alumni_portal.newsletters.rules.comparing import differences
from alumni_portal.newsletters.rules.content import (
    KINDS,
    LANGUAGES,
    Block,
    Content,
    Head,
    Kind,
    Said,
    content_of,
)
from alumni_portal.newsletters.rules.states import NewsletterState

__all__ = [
    "KINDS",
    "LANGUAGES",
    "LARGEST",
    "MANY",
    "NAMES",
    "Block",
    "Check",
    "Content",
    "Head",
    "Kind",
    "NewsletterState",
    "Said",
    "Verdict",
    "checked",
    "content_of",
    "differences",
    "may_be_sent",
]
