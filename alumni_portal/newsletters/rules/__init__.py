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
    ONLY,
    Block,
    Content,
    Head,
    Kind,
    Only,
    OwnText,
    Said,
    content_of,
)
from alumni_portal.newsletters.rules.outcomes import COUNTED, may_be_a_reader, told
from alumni_portal.newsletters.rules.pace import WHILE, Pace, pace
from alumni_portal.newsletters.rules.scheduling import (
    HELD,
    HeldWhy,
    holds_back,
    is_quiet,
    moment_of,
    next_morning,
    why_not,
)
from alumni_portal.newsletters.rules.states import WAITING, NewsletterState

__all__ = [
    "COUNTED",
    "HELD",
    "KINDS",
    "LANGUAGES",
    "LARGEST",
    "MANY",
    "NAMES",
    "ONLY",
    "WAITING",
    "WHILE",
    "Block",
    "Check",
    "Content",
    "Head",
    "HeldWhy",
    "Kind",
    "NewsletterState",
    "Only",
    "OwnText",
    "Pace",
    "Said",
    "Verdict",
    "checked",
    "content_of",
    "differences",
    "holds_back",
    "is_quiet",
    "may_be_a_reader",
    "may_be_sent",
    "moment_of",
    "next_morning",
    "pace",
    "told",
    "why_not",
]
