"""What a newsletter holds and what must be right before it is sent."""

from alumni_portal.newsletters.rules.checks import (
    LARGEST,
    MANY,
    NAMES,
    Check,
    Verdict,
    checked,
    conditions_checked,
    may_be_planned,
    may_be_sent,
    picks_checked,
    promise_checked,
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
from alumni_portal.newsletters.rules.links import (
    FRESH,
    MOST,
    Link,
    LinkState,
    has_died,
    is_public,
    may_be_asked,
    state_of,
)
from alumni_portal.newsletters.rules.nobody import LeftOut, nobody_checked
from alumni_portal.newsletters.rules.outcomes import COUNTED, may_be_a_reader, told
from alumni_portal.newsletters.rules.pace import WHILE, Pace, pace, with_nights
from alumni_portal.newsletters.rules.picks import OFF, Off, Pick
from alumni_portal.newsletters.rules.plain import MARKDOWN, SCHEMES, as_text
from alumni_portal.newsletters.rules.reminding import (
    STILL_NEWS,
    Silent,
    is_time_to_remind,
    silent_among,
)
from alumni_portal.newsletters.rules.scheduling import (
    HELD,
    HeldWhy,
    holds_back,
    moment_of,
    why_not,
)
from alumni_portal.newsletters.rules.spacing import spaced
from alumni_portal.newsletters.rules.states import WAITING, NewsletterState
from alumni_portal.newsletters.rules.ways_out import ways_out_checked

__all__ = [
    "COUNTED",
    "FRESH",
    "HELD",
    "KINDS",
    "LANGUAGES",
    "LARGEST",
    "MANY",
    "MARKDOWN",
    "MOST",
    "NAMES",
    "OFF",
    "ONLY",
    "SCHEMES",
    "STILL_NEWS",
    "WAITING",
    "WHILE",
    "Block",
    "Check",
    "Content",
    "Head",
    "HeldWhy",
    "Kind",
    "LeftOut",
    "Link",
    "LinkState",
    "NewsletterState",
    "Off",
    "Only",
    "OwnText",
    "Pace",
    "Pick",
    "Said",
    "Silent",
    "Verdict",
    "as_text",
    "checked",
    "conditions_checked",
    "content_of",
    "differences",
    "has_died",
    "holds_back",
    "is_public",
    "is_time_to_remind",
    "may_be_a_reader",
    "may_be_asked",
    "may_be_planned",
    "may_be_sent",
    "moment_of",
    "nobody_checked",
    "pace",
    "picks_checked",
    "promise_checked",
    "silent_among",
    "spaced",
    "state_of",
    "told",
    "ways_out_checked",
    "why_not",
    "with_nights",
]
