"""Pure decisions about mail: states, when to try again, what stands in a slot."""

from alumni_portal.mail.rules.retries import (
    GIVE_UP_AFTER,
    RETRIES,
    is_final,
    next_try,
    nobody_is_there,
    plain_in_markdown,
    relay_pause,
)
from alumni_portal.mail.rules.slots import (
    UNSUBSCRIBE,
    fill_html,
    fill_line,
    fill_text,
    is_address,
    links_in,
    slots_in,
)
from alumni_portal.mail.rules.sources import NOBODY_READS, SuppressedBy
from alumni_portal.mail.rules.states import (
    ENDED,
    DeliveryState,
    LetterState,
    MailingState,
    Why,
    is_finished,
)

__all__ = [
    "ENDED",
    "GIVE_UP_AFTER",
    "NOBODY_READS",
    "RETRIES",
    "UNSUBSCRIBE",
    "DeliveryState",
    "LetterState",
    "MailingState",
    "SuppressedBy",
    "Why",
    "fill_html",
    "fill_line",
    "fill_text",
    "is_address",
    "is_final",
    "is_finished",
    "links_in",
    "next_try",
    "nobody_is_there",
    "plain_in_markdown",
    "relay_pause",
    "slots_in",
]
