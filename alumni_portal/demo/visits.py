"""Readers who let us count, and went on from the latest letter to a job or two."""

from datetime import timedelta
from random import Random

from sqlalchemy import select

from alumni_portal.consents.models import CountedVisits
from alumni_portal.core.db import db
from alumni_portal.demo.rows import add
from alumni_portal.demo.sundmark import Sundmark
from alumni_portal.mail.models import Delivery, DeliveryState
from alumni_portal.newsletters.models import Newsletter, OpeningVisit
from alumni_portal.newsletters.queries import Kind

#: So many readers let us count their visits to jobs, and this share of them went on to some.
_COUNTED, _WENT_ON = 85, 0.4


def seed(found: Sundmark, chance: Random) -> None:
    """Write who lets us count, and the visits from the latest letter that lists jobs."""
    del found
    sent = db.session.scalars(select(Newsletter).where(Newsletter.sent_at.is_not(None)))
    listing = [one for one in sent if one.content.refs(Kind.OPENINGS)]
    for letter in sorted(listing, key=lambda one: one.sent_at or one.created_at)[-1:]:
        _visits(letter, chance)


def _visits(letter: Newsletter, chance: Random) -> None:
    got = select(Delivery.person_id).where(
        Delivery.mailing_id == letter.mailing_id, Delivery.state == DeliveryState.SENT
    )
    people = list(db.session.scalars(got.order_by(Delivery.person_id)))
    counted = chance.sample(people, min(len(people), _COUNTED))
    begun = letter.sent_at or letter.created_at
    add(CountedVisits, [{"person_id": one, "since": begun - timedelta(days=9)} for one in counted])
    jobs = letter.content.refs(Kind.OPENINGS)
    seen = {
        (one, chance.choice(jobs)): begun + timedelta(hours=chance.randrange(1, 200))
        for one in counted[: int(len(counted) * _WENT_ON)]
        for _turn in range(2)
    }
    rows = [
        {"newsletter_id": letter.id, "opening": job, "person_id": one, "at": at}
        for (one, job), at in seen.items()
    ]
    add(OpeningVisit, rows)
