"""A mailing sent once more, to those whose copies came back among others."""

from collections.abc import Collection, Iterable

from sqlalchemy import delete

from alumni_portal.bounces.models import Outcome, ReturnedCopy
from alumni_portal.bounces.queries import who_came_back
from alumni_portal.core.among import AMONG, among
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Actor
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import Mailing
from alumni_portal.mail.services import Recipient


def send_again(mailing: Mailing, recipients: Iterable[Recipient], *, by: Actor) -> int:
    """Send a mailing to those of these whom it has not reached and return how many they are.

    That is who has no copy, whose copy failed or was not sent, and whose copy bounced later; a
    bounce is forgotten with the copy that it was about. Raises Refusal as `mail.send_more` does.
    """
    wanted = list(recipients)
    bounced = who_came_back(mailing.id, Outcome.BOUNCED)
    number = mail.send_more(mailing, wanted, came_back=bounced, by=by)
    if number:
        _forget_bounces(mailing.id, [one.person_id for one in wanted])
    return number


def _forget_bounces(mailing_id: int, people: Collection[int]) -> None:
    db.session.execute(
        delete(ReturnedCopy).where(
            ReturnedCopy.mailing_id == mailing_id,
            ReturnedCopy.outcome == Outcome.BOUNCED,
            among(ReturnedCopy.person_id),
        ),
        {AMONG: people},
    )
