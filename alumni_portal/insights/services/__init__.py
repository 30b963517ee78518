"""Making releases, and doing something about what they show."""

from alumni_portal.insights.services.actions import Plan, begin, change, close, drop, make
from alumni_portal.insights.services.follow_ups import ask, forget_old, take_back, tell_some
from alumni_portal.insights.services.making import (
    Making,
    ask_for_release,
    ask_when_closed,
    is_released,
    make_release,
    making,
)
from alumni_portal.insights.services.publishing import (
    WORDS,
    Told,
    approve,
    ask_approval,
    take_down,
    words_of,
    write,
)
from alumni_portal.insights.services.quoting import drop_gone, mark_of, quote
from alumni_portal.insights.services.releasing import (
    forget,
    material,
    release,
    release_each,
    release_from,
    release_series,
    themes,
)
from alumni_portal.insights.services.reminding import remind_some

__all__ = [
    "WORDS",
    "Making",
    "Plan",
    "Told",
    "approve",
    "ask",
    "ask_approval",
    "ask_for_release",
    "ask_when_closed",
    "begin",
    "change",
    "close",
    "drop",
    "drop_gone",
    "forget",
    "forget_old",
    "is_released",
    "make",
    "make_release",
    "making",
    "mark_of",
    "material",
    "quote",
    "release",
    "release_each",
    "release_from",
    "release_series",
    "remind_some",
    "take_back",
    "take_down",
    "tell_some",
    "themes",
    "words_of",
    "write",
]
