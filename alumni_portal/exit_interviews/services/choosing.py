"""The leaver's choice of readers; later changes never widen what has been said already."""

from sqlalchemy import delete, update

from alumni_portal.core import clock, facts, tokens
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.text import lazy as _l
from alumni_portal.exit_interviews import emails
from alumni_portal.exit_interviews.facts import ReadersNamed
from alumni_portal.exit_interviews.models import (
    Answer,
    Coding,
    Interview,
    Reach,
    Reader,
    Redaction,
    Seat,
)
from alumni_portal.exit_interviews.models.vault import Vault
from alumni_portal.exit_interviews.queries import interviews as queries
from alumni_portal.exit_interviews.rules.reading import is_wider
from alumni_portal.exit_interviews.services.detaching import without_a_name
from alumni_portal.exit_interviews.services.mixing import mix_around, take_turn
from alumni_portal.offboarding import services as offboarding
from alumni_portal.offboarding.models import Case

CLOSED = _l("Sidan har stängt. Det går inte längre att svara.")


def readers_shown(interview: Interview) -> str:
    """Return a digest of the readers that a page shows, to tell whether they changed meanwhile."""
    told = sorted((r.person_id, r.seat) for r in interview.readers if r.is_let_in)
    return tokens.digest(repr(told))[:16]


def choose(
    interview: Interview,
    reach: Reach,
    case: Case,
    *,
    agreed: bool = False,
    shown: str | None = None,
) -> str | None:
    """Keep who may read from now on. Returns the token of the nameless answers when chosen.

    `shown` is the digest of the names that the leaver saw: when HR has changed them since, nothing
    is chosen and the leaver looks again.

    A narrower choice holds for what is already written. A wider one needs the leaver to say so
    (`agreed`) and holds only for what they write afterwards. Raises Conflict after closing and
    Refusal (field `reach`) for a wider choice that was not agreed, or after going nameless.
    """
    check_open(interview)
    _check_choice(interview, reach, agreed=agreed, shown=shown)
    old, interview.reach = interview.reach, reach
    if reach is Reach.AGGREGATE:
        return _go_nameless(interview, case)
    if old is not None and is_wider(old, reach):
        db.session.execute(
            update(Answer).where(Answer.interview_id == interview.id).values(reach=reach)
        )
    if reach is Reach.OPEN and interview.person_id is not None:
        managers = [one.person_id for one in interview.readers if one.seat is Seat.MANAGER]
        facts.state(ReadersNamed(interview.person_id, tuple(managers)))
    db.session.flush()
    return None


def _check_choice(interview: Interview, reach: Reach, *, agreed: bool, shown: str | None) -> None:
    if shown is not None and shown != readers_shown(interview):
        raise Refusal(_l("De som läser har ändrats. Se namnen och välj igen."), field="reach")
    old = interview.reach
    if old is Reach.AGGREGATE:
        raise Refusal(
            _l("Du har valt att svara utan namn. Använd länken som vi mejlade."), field="reach"
        )
    if old is not None and is_wider(reach, old) and not agreed:
        raise Refusal(
            _l("Kryssa i att chefen får läsa det du skriver från och med nu."), field="reach"
        )


def check_open(interview: Interview) -> None:
    """Raise Conflict when an interview can no longer be answered."""
    late = interview.closes_on is not None and interview.closes_on < clock.today()
    if not interview.is_open or late:
        raise Conflict(CLOSED)


def _go_nameless(interview: Interview, case: Case) -> str:
    """Make the row without a person, take over what was written, and forget the way there."""
    take_turn()
    token, vault = tokens.new_token(), Vault()
    loose = without_a_name(interview, case.employment)
    loose.token_hash = tokens.digest(token)
    loose.closing = vault.seal(str(interview.closes_on))
    db.session.add(loose)
    db.session.flush()
    db.session.add_all(
        Reader(interview_id=loose.id, person_id=who, seat=Seat.CODER, from_circle=0)
        for who in _coders_told(interview, case)
    )
    kept = queries.answers_of(interview.id)
    for table in (Redaction, Coding, Answer):
        db.session.execute(delete(table).where(table.interview_id == interview.id))
    db.session.add_all(
        Answer(
            interview_id=loose.id,
            question=one.question,
            value=vault.seal(vault.open(one.value)),  # the same bytes would tell whose they were
            reach=Reach.AGGREGATE,
            is_quotable=one.is_quotable,
        )
        for one in kept.values()
    )
    interview.sent_in = False
    way = offboarding.way_to_page(case)
    if way is not None:
        emails.nameless_link(case, way[0], token)
    mix_around(loose)
    return token


def _coders_told(interview: Interview, case: Case) -> list[int]:
    """Return who codes what is said without a name, as the leaver was told.

    Nobody for somebody's second exit of a quarter: five texts are of five people.
    """
    if queries.chose_no_name_before(interview, case.employment):
        return []
    told = [r for r in interview.readers if r.seat is Seat.CODER and r.is_let_in]
    # Who was let in later reads nothing from before; without others they are who was named here.
    return [r.person_id for r in told if r.from_circle == 0] or [r.person_id for r in told]
