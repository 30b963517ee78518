"""How an address came to get no mailings."""

from datetime import timedelta
from enum import StrEnum


class SuppressedBy(StrEnum):
    #: The relay said, while we were sending, that nobody is there.
    RELAY = "relay"
    #: Mail came back.
    BOUNCE = "bounce"
    #: The person called our mail unwanted.
    COMPLAINT = "complaint"
    #: HR wrote it down.
    HAND = "hand"
    #: HR read it in from a file.
    FILE = "file"


#: What says that nobody reads the address, so that a proof of the opposite ends it.
NOBODY_READS = frozenset({SuppressedBy.RELAY, SuppressedBy.BOUNCE})
#: How long an address is kept from mailings; then it has another chance.
SUPPRESSED_FOR = timedelta(days=730)
