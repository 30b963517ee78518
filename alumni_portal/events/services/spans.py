"""From when until when an event is: on one day, over midnight, or on several days."""

from datetime import datetime

from alumni_portal.core.errors import Refusal
from alumni_portal.core.text import lazy as _l
from alumni_portal.events.rules import LONGEST


def check(starts_at: datetime, ends_at: datetime) -> None:
    """Raise Refusal when an event would end before it begins, or would never end."""
    if ends_at <= starts_at:
        raise Refusal(
            _l(
                "Träffen ska sluta efter att den har börjat. Slutar den en annan dag? Skriv vilken."
            ),
            field="until",
        )
    if ends_at - starts_at > LONGEST:
        raise Refusal(_l("En träff kan vara högst 31 dagar lång."), field="last_day")
