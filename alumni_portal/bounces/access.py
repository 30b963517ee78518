"""What an actor sees of a mailing's copies; whose they are is noted."""

from collections.abc import Mapping
from dataclasses import dataclass

from alumni_portal.bounces.models import Outcome, ReturnedCopy
from alumni_portal.bounces.queries import returned_copies, who_came_back
from alumni_portal.core import access_log
from alumni_portal.core.access_log import Look
from alumni_portal.core.paging import Page
from alumni_portal.core.permissions import Actor
from alumni_portal.mail import queries as mail
from alumni_portal.mail.models import DeliveryState


@dataclass(frozen=True)
class Copies:
    """One page of the log of a mailing, what it was narrowed to, and what came back."""

    page: Page[mail.Line]
    asked: str
    #: What was searched for.
    q: str
    returned: dict[int, ReturnedCopy]


def copies_of(actor: Actor, mailing_id: int, asked_for: Mapping[str, str]) -> Copies:
    """Return one page of a mailing's copies, by name, for an actor who sends mailings.

    `asked_for` are the values of the page's address: `state` narrows it to those in a state, or to
    those that came back like an outcome; `q` to a name or an address; anything else shows all.
    """
    asked, q = asked_for.get("state", ""), asked_for.get("q", "")[:100].strip()
    states = [DeliveryState(asked)] if asked in set(DeliveryState) else list(DeliveryState)
    back = who_came_back(mailing_id, Outcome(asked)) if asked in set(Outcome) else None
    after, before = asked_for.get("after"), asked_for.get("before")
    page = mail.log(mailing_id, states, only=back, q=q, after=after, before=before)
    people = [line.delivery.person_id for line in page.rows]
    access_log.listed(actor, people, Look.DELIVERIES)
    return Copies(page, asked, q, returned_copies(mailing_id, people))
