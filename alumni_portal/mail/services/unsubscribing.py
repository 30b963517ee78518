"""The way out that stands in every mailing: a signed link, bound to person, purpose and mailing.

Here it is made and read; the slice that knows consents acts on it.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from alumni_portal.core import tokens
from alumni_portal.core.db import AMONG, among, db
from alumni_portal.core.rendering import link
from alumni_portal.people.models import Person

PAGE = "consents.unsubscribe"
_SIGNED = "unsubscribe"
_PLACE = "-token-"

Links = dict[int, str]


@dataclass(frozen=True)
class WayOut:
    """What a link asks for: that one person gets no more of one thing."""

    person: Person
    purpose: str
    mailing: str


def links(person_ids: Collection[int], purpose: str, mailing: str) -> Links:
    """Return the link of each of these people out of one purpose."""
    start, end = link(PAGE, token=_PLACE).split(_PLACE)
    rows = db.session.connection().execute(
        select(Person.id, Person.public_id).where(among(Person.id)), {AMONG: list(person_ids)}
    )
    stamped = tokens.stamper(_SIGNED)
    return {
        person_id: f"{start}{stamped(f'{public_id} {purpose} {mailing}')}{end}"
        for person_id, public_id in rows
    }


def way_out_of(person_id: int, purpose: str, mailing: str) -> str:
    """Return one person's link out of one purpose."""
    return links([person_id], purpose, mailing)[person_id]


def sign(person: str, purpose: str, mailing: str) -> str:
    """Return the token of one person, purpose and mailing (public ids). It never grows old."""
    return tokens.stamper(_SIGNED)(f"{person} {purpose} {mailing}")


def read(token: str) -> WayOut | None:
    """Return whom and what a token is for; nothing when it was changed or is not ours."""
    stamped = tokens.unstamp(_SIGNED, token)
    value = stamped.split(" ") if stamped else tokens.unsign(_SIGNED, token)  # older letters
    if not isinstance(value, list) or len(value) != 3:
        return None
    person = db.session.scalar(select(Person).where(Person.public_id == value[0]))
    return WayOut(person, value[1], value[2]) if person is not None else None
