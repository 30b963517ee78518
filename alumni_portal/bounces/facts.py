"""What came back that higher slices react to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class UnsubscribedElsewhere:
    """Somebody ended a mailing's purpose by mail, or with their mail provider."""

    person_id: int
    purpose: str
    #: Public id of the mailing.
    mailing: str
