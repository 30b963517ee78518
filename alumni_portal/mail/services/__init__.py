"""One letter to one person: written with its cause, sent after it."""

from alumni_portal.mail.services.letters import (
    Draft,
    Written,
    drop_waiting_for,
    forget_texts,
    note_sent,
    opened,
    post,
    pretend,
    write,
)

__all__ = [
    "Draft",
    "Written",
    "drop_waiting_for",
    "forget_texts",
    "note_sent",
    "opened",
    "post",
    "pretend",
    "write",
]
