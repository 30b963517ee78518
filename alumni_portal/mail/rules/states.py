"""Where a letter, a mailing or a delivery stands, and which steps there are."""

from enum import StrEnum


class LetterState(StrEnum):
    QUEUED = "queued"
    #: Handed to the transport; only an answer tells more.
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    #: Not to be sent: too late, no longer wanted, or nobody behind the address.
    DROPPED = "dropped"


class MailingState(StrEnum):
    SENDING = "sending"
    PAUSED = "paused"
    #: Every delivery has come to an end.
    FINISHED = "finished"


class Policy(StrEnum):
    """What becomes of a copy of which nobody knows whether it arrived."""

    #: It waits for a person's decision: nobody gets it twice.
    HOLD = "hold"
    #: It goes again: nobody goes without.
    RESEND = "resend"


class DeliveryState(StrEnum):
    QUEUED = "queued"
    #: In the hands of one run; only its answer tells more.
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    #: Not to be sent: consent, address or suppression said no at the last moment.
    SKIPPED = "skipped"
    #: The run was lost between handing over and noting the answer. A person decides.
    UNCERTAIN = "uncertain"


#: What has come to an end: nothing more happens to it by itself or by hand.
ENDED = frozenset({DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.SKIPPED})


class Why(StrEnum):
    """Why a delivery was skipped."""

    NOT_AGREED = "not_agreed"
    ADDRESS_GONE = "address_gone"
    SUPPRESSED = "suppressed"
    #: The whole mailing was broken off.
    CANCELLED = "cancelled"
