"""The way out that stands in every mailing: a signed link, bound to person, purpose and mailing.

Here it is made and read; the slice that knows consents acts on it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from alumni_portal.core import tokens
from alumni_portal.core.db import db
from alumni_portal.core.rendering import link
from alumni_portal.people.models import Person

PAGE = "consents.unsubscribe"
_SIGNED = "unsubscribe"
_PLACE = "-token-"


@dataclass(frozen=True)
class WayOut:
    """What a link asks for: that one person gets no more of one thing."""

    person: Person
    purpose: str
    mailing: str

    @property
    def rests_on(self) -> str:
        """Return the purpose that was agreed to: a narrower one stands after a dot."""
        return rests_on(self.purpose)


def rests_on(purpose: str) -> str:
    """Return what somebody agreed to for the purpose of a mailing (`newsletter.greetings`)."""
    return purpose.partition(".")[0]


def ways_out(purpose: str, mailing: str) -> Callable[[str], str]:
    """Return what makes links out of one purpose, each of a person (a public id)."""
    start, end = link(PAGE, token=_PLACE).split(_PLACE)
    signed = _signer(purpose, mailing)
    return lambda person: f"{start}{signed(person)}{end}"


def way_out_of(person: str, purpose: str, mailing: str) -> str:
    """Return one person's link out of one purpose (public ids)."""
    return ways_out(purpose, mailing)(person)


def sign(person: str, purpose: str, mailing: str) -> str:
    """Return the token of one person, purpose and mailing (public ids). It never grows old."""
    return _signer(purpose, mailing)(person)


def _signer(purpose: str, mailing: str) -> Callable[[str], str]:
    stamped, about = tokens.stamper(_SIGNED), f" {purpose} {mailing}"
    return lambda person: stamped(person + about)


def read(token: str) -> WayOut | None:
    """Return whom and what a token is for; nothing when it was changed or is not ours."""
    stamped = tokens.unstamp(_SIGNED, token)
    value = stamped.split(" ") if stamped else tokens.unsign(_SIGNED, token)  # older letters
    if not isinstance(value, list) or len(value) != 3:
        return None
    person = db.session.scalar(select(Person).where(Person.public_id == value[0]))
    return WayOut(person, value[1], value[2]) if person is not None else None
