"""What came back that higher slices react to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class UnsubscribedElsewhere:
    """Somebody ended a mailing's purpose with their mail provider instead of with us."""

    person_id: int
    purpose: str
    #: Public id of the mailing.
    mailing: str
