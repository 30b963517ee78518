"""What comes back, how it came, and how bad it is."""

from enum import StrEnum


class Way(StrEnum):
    """How something came in."""

    LISTENER = "listener"
    HOOK = "hook"
    FILE = "file"


class Kind(StrEnum):
    """What a returned mail says."""

    BOUNCE = "bounce"
    #: Not yet: the server still tries.
    DELAY = "delay"
    COMPLAINT = "complaint"
    #: A person's machine answers (RFC 3834).
    AUTO_REPLY = "auto_reply"
    #: It arrived, or was handed on: nothing to do.
    RECEIPT = "receipt"
    #: The person ended it with their mail provider.
    UNSUBSCRIBE = "unsubscribe"
    #: Nobody's machine could say what it is: a person reads it.
    UNREADABLE = "unreadable"


class Severity(StrEnum):
    """How bad a bounce is for the address."""

    #: Nobody is there, and never will be.
    NOBODY = "nobody"
    HARD = "hard"
    SOFT = "soft"
    NONE = "none"


class Outcome(StrEnum):
    """What came back for somebody's copy of a mailing."""

    BOUNCED = "bounced"
    COMPLAINED = "complained"


class Verdict(StrEnum):
    """What a person made of a returned mail."""

    NOBODY = "nobody"
    COMPLAINT = "complaint"
    NOTHING = "nothing"
