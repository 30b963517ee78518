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
from alumni_portal.newsletters.rules.outcomes import COUNTED, may_be_a_reader, told
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
    "WAITING",
    "Block",
    "Check",
    "Content",
    "Head",
    "HeldWhy",
    "Kind",
    "NewsletterState",
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
    "told",
    "why_not",
]
