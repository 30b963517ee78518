"""How a mailing came out, printed by each fault: nobody is lost who has an end or is shown."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from alumni_portal.core.db import db
from alumni_portal.mail import queries
from alumni_portal.mail.models import DeliveryState, Mailing


@dataclass(frozen=True)
class Count:
    """How a mailing came out."""

    acked: int
    lost: int
    dup: int
    uncertain: int


def counted(mailing: Mailing, taken: Iterable[int]) -> Count:
    """Return and print how it came out; `taken` is how often the relay took each mail."""
    db.session.rollback()
    found = Counter(queries.states_of(mailing.id).values())
    count = Count(
        acked=found[DeliveryState.SENT],
        lost=found[DeliveryState.QUEUED] + found[DeliveryState.SENDING],
        dup=sum(number - 1 for number in taken),
        uncertain=found[DeliveryState.UNCERTAIN],
    )
    print(f"acked={count.acked} lost={count.lost} dup={count.dup} uncertain={count.uncertain}")  # noqa: T201 - what the run is for
    return count
