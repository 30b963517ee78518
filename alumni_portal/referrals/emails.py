"""The notice to somebody who was tipped (GDPR art. 14)."""

from alumni_portal.core import tokens
from alumni_portal.core.rendering import link
from alumni_portal.mail import services as mail
from alumni_portal.openings.models import Opening
from alumni_portal.people.models import Person
from alumni_portal.referrals.models import Referral
from alumni_portal.referrals.queries import LINK
from alumni_portal.referrals.rules import ANSWER_WITHIN

NOBODY = "nobody@portal.example"


def notice(
    referral: Referral,
    referrer: Person,
    opening: Opening | None,
    *,
    greeting: str,
) -> None:
    """Tell the tipped person who tipped, what is held and why; for who is not told, the same work.

    What the referrer wrote stands behind the link, not in the letter: nobody sends their own words
    to strangers through us.
    """
    draft = mail.Draft(
        kind="referrals/notice",
        to=referral.address or NOBODY,
        language=referral.language,
        urgent=True,
        expires_at=referral.told_at + ANSWER_WITHIN,
        values={
            "name": greeting,
            "referrer": referrer.name,
            "opening": opening.title if opening else "",
            "until": (referral.told_at + ANSWER_WITHIN).date(),
            "url": link("referrals.answer", token=tokens.sign(LINK, referral.public_id)),
            "privacy": link("home.privacy"),
        },
    )
    send = mail.post if referral.was_written_to else mail.pretend
    referral.letter_id = send(draft).id
