"""Pure decisions about mail: states, when to try again, what stands in a slot."""

from alumni_portal.mail.rules.answers import Answer, NotSent, Sent, Unknown, Unreached
from alumni_portal.mail.rules.compiling import Source, Template
from alumni_portal.mail.rules.conversation import Conversation, Garbled, Hands, Parcel
from alumni_portal.mail.rules.doubting import Doubt, is_unknown
from alumni_portal.mail.rules.forms import Made
from alumni_portal.mail.rules.pacing import (
    Breaker,
    Bucket,
    Heard,
    domain_of,
    heard,
    is_about_us,
    is_too_fast,
    without_addresses,
)
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
    Values,
    fill_html,
    fill_line,
    fill_text,
    is_address,
    links_in,
    loose_marks,
    slots_in,
)
from alumni_portal.mail.rules.sources import NOBODY_READS, SUPPRESSED_FOR, SuppressedBy
from alumni_portal.mail.rules.states import (
    ENDED,
    DeliveryState,
    LetterState,
    MailingState,
    Policy,
    Why,
)

__all__ = [
    "ENDED",
    "GIVE_UP_AFTER",
    "NOBODY_READS",
    "RETRIES",
    "SUPPRESSED_FOR",
    "UNSUBSCRIBE",
    "Answer",
    "Breaker",
    "Bucket",
    "Conversation",
    "DeliveryState",
    "Doubt",
    "Garbled",
    "Hands",
    "Heard",
    "LetterState",
    "Made",
    "MailingState",
    "NotSent",
    "Parcel",
    "Policy",
    "Sent",
    "Source",
    "SuppressedBy",
    "Template",
    "Unknown",
    "Unreached",
    "Values",
    "Why",
    "domain_of",
    "fill_html",
    "fill_line",
    "fill_text",
    "heard",
    "is_about_us",
    "is_address",
    "is_final",
    "is_too_fast",
    "is_unknown",
    "links_in",
    "loose_marks",
    "next_try",
    "nobody_is_there",
    "plain_in_markdown",
    "relay_pause",
    "slots_in",
    "without_addresses",
]
