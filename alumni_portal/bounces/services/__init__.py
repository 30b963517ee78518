"""What comes back, and what it does to addresses."""

from alumni_portal.bounces.services.forgetting import (
    forget_copies,
    forget_drafts,
    forget_rows,
    forget_stale_scores,
    forget_texts,
)
from alumni_portal.bounces.services.intake import take, take_event, take_garbled
from alumni_portal.bounces.services.judging import settle
from alumni_portal.bounces.services.resending import send_again
from alumni_portal.bounces.services.suppressions import (
    add,
    discard,
    lift,
    lift_own,
    opened,
    receive,
    store,
)

__all__ = [
    "add",
    "discard",
    "forget_copies",
    "forget_drafts",
    "forget_rows",
    "forget_stale_scores",
    "forget_texts",
    "lift",
    "lift_own",
    "opened",
    "receive",
    "send_again",
    "settle",
    "store",
    "take",
    "take_event",
    "take_garbled",
]
