"""The mailed link by which a yes goes on without signing in."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from alumni_portal.consents import queries
from alumni_portal.consents.emails import RENEWAL
from alumni_portal.consents.models import StandingConsent
from alumni_portal.consents.rules import Purpose
from alumni_portal.core import tokens
from alumni_portal.people.models import Person
from alumni_portal.people.queries import person as person_by_public_id

_GOOD_FOR = timedelta(days=60)


class RenewalState(StrEnum):
    """What stands behind a renewal link."""

    OPEN = "open"
    ALREADY_DONE = "already_done"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Renewal:
    """A renewal link as its holder finds it."""

    state: RenewalState
    person: Person | None = None
    consent: StandingConsent | None = None


def look_at_renewal(token: str) -> Renewal:
    """Return what a mailed link asks about. Looking changes nothing."""
    signed = tokens.unsign(RENEWAL, token, max_age=_GOOD_FOR)
    if not isinstance(signed, list):
        return Renewal(RenewalState.UNKNOWN)
    public_id, purpose, entry_id = signed
    person = person_by_public_id(public_id)
    if person is None:
        return Renewal(RenewalState.UNKNOWN)
    consent = queries.standing(person.id).get(Purpose(purpose))
    if consent is None:
        return Renewal(RenewalState.EXPIRED, person)
    done = consent.entry_id != entry_id
    return Renewal(RenewalState.ALREADY_DONE if done else RenewalState.OPEN, person, consent)
