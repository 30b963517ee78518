"""Purposes, their exact wordings by version and language, and how long a yes lasts."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from alumni_portal.core.text import lazy as _l


class Purpose(StrEnum):
    """What a person can agree to, each on its own (GDPR art. 7; EDPB 05/2020 §44)."""

    MEMBERSHIP = "membership"
    NEWSLETTER = "newsletter"
    EVENTS = "events"
    RECRUITER_CONTACT = "recruiter_contact"
    MENTORING = "mentoring"


class Act(StrEnum):
    """What happened to a consent."""

    GIVEN = "given"
    RENEWED = "renewed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    #: Closed because the person is employed again (DESIGN §7.11).
    CLOSED = "closed"


class How(StrEnum):
    """By which way it was said."""

    CONFIRMATION_LETTER = "confirmation_letter"
    CONSENT_CENTRE = "consent_centre"
    JOIN_REQUEST = "join_request"
    MAIL_LINK = "mail_link"
    EMPLOYMENT = "employment"
    CLOCK = "clock"
    DEATH = "death"


class LetterTopic(StrEnum):
    """What a newsletter is about; each can be turned off on its own."""

    NEWS = "news"
    PEOPLE = "people"
    JOBS = "jobs"
    EVENTS = "events"


class DepartureReason(StrEnum):
    """Why somebody wants no more of a mailing, when they say."""

    TOO_OFTEN = "too_often"
    NOT_RELEVANT = "not_relevant"
    NEVER_ASKED = "never_asked"
    OTHER = "other"


TOPICS = {
    LetterTopic.NEWS: _l("Nytt från oss"),
    LetterTopic.PEOPLE: _l("Människor och projekt"),
    LetterTopic.JOBS: _l("Lediga jobb"),
    LetterTopic.EVENTS: _l("Träffar och besök"),
}
DEPARTURE_REASONS = {
    DepartureReason.TOO_OFTEN: _l("Det kommer för ofta"),
    DepartureReason.NOT_RELEVANT: _l("Det handlar om fel saker"),
    DepartureReason.NEVER_ASKED: _l("Jag har inte bett om det"),
    DepartureReason.OTHER: _l("Något annat"),
}
#: What a pause pauses, and for how long.
PAUSED = (Purpose.NEWSLETTER, Purpose.EVENTS)
PAUSE = timedelta(days=91)

#: A yes to being contacted by recruiters is asked for again after this long.
LASTS: dict[Purpose, timedelta | None] = {
    Purpose.MEMBERSHIP: timedelta(days=730),
    Purpose.NEWSLETTER: None,
    Purpose.EVENTS: None,
    Purpose.RECRUITER_CONTACT: timedelta(days=183),
    Purpose.MENTORING: None,
}
#: A wish that is never confirmed is forgotten after this long.
WISH_LIVES = timedelta(days=60)
WISH_REMINDER = timedelta(days=14)
#: So long before a yes lapses a letter asks whether it should go on.
ASKS_AGAIN: dict[Purpose, timedelta] = {
    Purpose.MEMBERSHIP: timedelta(days=30),
    Purpose.RECRUITER_CONTACT: timedelta(days=14),
}
#: So long before a yes lapses its card in the consent centre offers to renew it.
LAPSES_SOON = timedelta(days=30)

TITLES = {
    Purpose.MEMBERSHIP: _l("Medlem i nätverket"),
    Purpose.RECRUITER_CONTACT: _l("Rekryterare får kontakta mig om jobb"),
    Purpose.NEWSLETTER: _l("Nyhetsbrev"),
    Purpose.EVENTS: _l("Inbjudningar till träffar"),
    Purpose.MENTORING: _l("Mentor och bollplank"),
}

_TEXTS: dict[Purpose, list[dict[str, str]]] = {
    Purpose.MEMBERSHIP: [
        {
            "sv": "Jag vill vara med i {brand} Alumni. {brand} får spara mina anställningsperioder,"
            " mina roller och det jag själv lägger till, så länge jag är medlem. Medlemskapet"
            " gäller i två år och kan förnyas.",
            "en": "I want to be part of {brand} Alumni. {brand} may keep my employment periods, my"
            " roles and what I add myself for as long as I am a member. Membership lasts two years"
            " and can be renewed.",
        }
    ],
    Purpose.NEWSLETTER: [
        {
            "sv": "Jag samtycker till att få {brand} Alumnis nyhetsbrev till min privata"
            " e-postadress, högst en gång i månaden.",
            "en": "I agree to receive the {brand} Alumni newsletter at my private email address,"
            " at most once a month.",
        }
    ],
    Purpose.EVENTS: [
        {
            "sv": "Jag samtycker till att få inbjudningar till {brand} Alumnis träffar till min"
            " privata e-postadress.",
            "en": "I agree to receive invitations to {brand} Alumni events at my private email"
            " address.",
        }
    ],
    Purpose.RECRUITER_CONTACT: [
        {
            "sv": "Jag samtycker till att rekryterare på {brand} söker fram min profil och"
            " kontaktar mig om lediga tjänster. Samtycket gäller i sex månader.",
            "en": "I agree that recruiters at {brand} may find my profile and contact me about"
            " open roles. The consent lasts six months.",
        }
    ],
    Purpose.MENTORING: [
        {
            "sv": "Jag samtycker till att visas som mentor för medarbetare och alumner på {brand},"
            " med de ämnen jag själv har valt.",
            "en": "I agree to be shown as a mentor to staff and alumni of {brand}, with the topics"
            " I have chosen myself.",
        }
    ],
}


@dataclass(frozen=True)
class Words:
    """The exact text that somebody says yes to."""

    purpose: Purpose
    language: str
    version: int
    text: str

    @property
    def fingerprint(self) -> str:
        """Return the hash that proves which text it was."""
        whole = f"{self.purpose}\n{self.language}\n{self.version}\n{self.text}"
        return hashlib.sha256(whole.encode()).hexdigest()


def words_now(purpose: Purpose, language: str, *, brand: str) -> Words:
    """Return the wording that is asked for today, in a language."""
    versions = _TEXTS[purpose]
    text = versions[-1].get(language, versions[-1]["sv"]).format(brand=brand)
    return Words(purpose, language if language in versions[-1] else "sv", len(versions), text)


def ends_at(purpose: Purpose, given_at: datetime) -> datetime | None:
    """Return when a yes given now lapses, or nothing when it stands until withdrawn."""
    lasts = LASTS[purpose]
    return given_at + lasts if lasts else None


def lapses_soon(until: datetime | None, now: datetime) -> bool:
    """Say whether a yes is so near its end that the person should be offered to renew it."""
    return until is not None and now < until <= now + LAPSES_SOON


@dataclass(frozen=True)
class Answers:
    """What a person's answers change: new yeses and ended ones, in the order of purposes."""

    yes: tuple[Purpose, ...]
    no: tuple[Purpose, ...]


def changes(standing: Collection[Purpose], wanted: Collection[Purpose]) -> Answers | None:
    """Return what follows when a person wants exactly these purposes.

    Ending membership ends all that needs it. Nothing when something is wanted without membership
    by somebody who is no member: that must be said, not guessed.
    """
    ends_membership = Purpose.MEMBERSHIP in standing and Purpose.MEMBERSHIP not in wanted
    kept = set() if ends_membership else set(wanted)
    if any(map(depends_on_membership, kept)) and Purpose.MEMBERSHIP not in kept:
        return None
    return Answers(
        tuple(one for one in Purpose if one in kept and one not in standing),
        tuple(one for one in Purpose if one in standing and one not in kept),
    )


def depends_on_membership(purpose: Purpose) -> bool:
    """Say whether a purpose makes sense for members only: all but membership itself."""
    return purpose is not Purpose.MEMBERSHIP
