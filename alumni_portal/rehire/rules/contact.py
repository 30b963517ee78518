"""Letters to candidates: who may be written to, how often, and which answer may follow which."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from alumni_portal.core.text import lazy as _l
from alumni_portal.rehire.rules.interest import Level


class ContactState(StrEnum):
    """Where a letter to a candidate stands."""

    SENT = "sent"
    INTERESTED = "interested"
    NOT_NOW = "not_now"
    #: Do not ask again for this.
    NEVER = "never"
    #: The candidate's consent ended before the letter was answered.
    WITHDRAWN = "withdrawn"


#: What the one written to may answer.
ANSWERS = (ContactState.INTERESTED, ContactState.NOT_NOW, ContactState.NEVER)
#: An unanswered letter waits so long; then its link is closed and another letter may go.
WAITS = timedelta(days=60)
#: After one recruiter's letter the others wait so long.
QUIET = timedelta(days=14)
#: ”Do not ask again” without an opening keeps that recruiter away so long.
LEFT_ALONE = timedelta(days=365)
SHORTEST, LONGEST = 20, 2_000
#: So long a letter is kept.
KEPT = timedelta(days=730)


class Obstacle(StrEnum):
    """Why no letter may go."""

    UNANSWERED = "unanswered"
    RECENT = "recent"
    ASKED_NOT_TO = "asked_not_to"
    NEEDS_OPENING = "needs_opening"
    OPENING_CLOSED = "opening_closed"


OBSTACLES = {
    Obstacle.UNANSWERED: _l(
        "Det finns redan ett brev från oss som inte är besvarat. Vänta på svaret först."
    ),
    Obstacle.RECENT: _l(
        "En annan rekryterare har skrivit de senaste fjorton dagarna. Vänta tills de har gått."
    ),
    Obstacle.ASKED_NOT_TO: _l("Personen har bett att inte få fler frågor om det här. Det gäller."),
    Obstacle.NEEDS_OPENING: _l(
        "Personen är nyfiken: skicka gärna en ledig tjänst, men skriv inte utan en."
    ),
    Obstacle.OPENING_CLOSED: _l("Tjänsten är inte öppen längre. Välj en annan."),
}


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A letter that somebody got before."""

    by_person_id: int
    opening_id: int | None
    state: ContactState
    sent_at: datetime
    answered_at: datetime | None = None


def is_waiting(state: ContactState, sent_at: datetime, now: datetime) -> bool:
    """Say whether a letter still waits for its answer."""
    return state is ContactState.SENT and now < sent_at + WAITS


def _is_about_this(one: Earlier, opening_id: int | None, by_person_id: int, now: datetime) -> bool:
    """Say whether an earlier ”do not ask again” is about this letter."""
    if one.state is not ContactState.NEVER:
        return False
    if one.opening_id is not None:
        return one.opening_id == opening_id
    since = one.answered_at or one.sent_at
    return one.by_person_id == by_person_id and now < since + LEFT_ALONE


def reasons_not_to_write(
    earlier: Sequence[Earlier],
    *,
    level: Level,
    opening_id: int | None,
    by_person_id: int,
    now: datetime,
) -> list[Obstacle]:
    """Return why no letter may go from a recruiter to a candidate; nothing when it may.

    Source: our own last-contact rule (nobody is written to by several recruiters at once), and
    the wish of the one written to.
    """
    found = []
    if any(_is_about_this(one, opening_id, by_person_id, now) for one in earlier):
        found.append(Obstacle.ASKED_NOT_TO)
    if any(is_waiting(one.state, one.sent_at, now) for one in earlier):
        found.append(Obstacle.UNANSWERED)
    elif any(one.by_person_id != by_person_id and now < one.sent_at + QUIET for one in earlier):
        found.append(Obstacle.RECENT)
    if level is Level.CURIOUS and opening_id is None:
        found.append(Obstacle.NEEDS_OPENING)
    return found


def may_answer(
    state: ContactState, sent_at: datetime, acted_at: datetime | None, now: datetime
) -> bool:
    """Say whether the one written to may still answer, or change the answer.

    Not once the recruiter has acted on it, and not a letter that was left too long.
    """
    if acted_at is not None or state is ContactState.WITHDRAWN:
        return False
    return state is not ContactState.SENT or is_waiting(state, sent_at, now)
