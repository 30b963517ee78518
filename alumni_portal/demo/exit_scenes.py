"""Scenes around the answers: who reads, who wants to, a text to clean, emergencies."""

from datetime import timedelta

from sqlalchemy import select

from alumni_portal.accounts.models import Account, Recusal
from alumni_portal.core import access_log, audit, clock
from alumni_portal.core.access_log import Look
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Actor, Role
from alumni_portal.demo.sundmark import Sundmark
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.models import (
    BreakGlass,
    Interview,
    InterviewState,
    Reach,
    Track,
)
from alumni_portal.exit_interviews.queries import interviews as queries
from alumni_portal.exit_interviews.services import break_glass, redacting

_QUESTION = "stay_open"
_SAID = (
    "I mars sa Lars Ek att jag skulle få leda ombyggnaden på Kaj 3. Sedan blev det tyst. Hade "
    "någon sagt nej hade jag stannat."
)
_CLEANED = "Jag blev lovad att leda ett projekt. Sedan blev det tyst. Ett nej hade varit bättre."
_WHY = (
    "Anmälan om hot mot en kollega, ärende 2026-114. Arbetsmiljöombudet ber oss ta reda på om den "
    "som slutade pekade ut någon."
)
_WHY_NOW = (
    "Facket begär förhandling om arbetsmiljön på avdelningen, ärende 2026-131. Vi måste veta om "
    "det här samtalet tar upp skyddsronden."
)


def name_usual(found: Sundmark, readers: list[int]) -> None:
    """Let HR lead have chosen who reads and who codes from now on."""
    coders = [found.person_id("maria"), readers[0]]
    services.choose_usual(readers, coders, by=found.actor("petra", Role.HR_LEAD))


def play(found: Sundmark, readers: list[int]) -> None:
    """Play the scenes after leavers were asked."""
    _propose_reader(found, readers)
    _propose_text(found, readers[0])
    _open_in_emergency(found)


def _propose_reader(found: Sundmark, readers: list[int]) -> None:
    """Let HR lead want to read Elin's answers instead of one of the readers; Elin has not said."""
    interview = _asked(found, "elin")
    if interview is None or interview.case_id is None:
        return
    case = queries.case_of(interview.case_id)
    if case is not None:
        petra, maria = found.person_id("petra"), found.person_id("maria")
        services.change_readers(
            interview,
            case,
            [readers[0], petra],
            [maria, readers[0]],
            by=found.actor("petra", Role.HR_LEAD),
        )


def _propose_text(found: Sundmark, coder_id: int) -> None:
    """Let Birgitta have written names and let it be quoted; one coder has taken them out."""
    interview = _asked(found, "birgitta")
    if interview is None:
        return
    services.save(interview, {_QUESTION: [_SAID]})
    services.allow_quotes(interview, [_QUESTION], [_QUESTION])
    account = db.session.scalars(select(Account).where(Account.person_id == coder_id)).one()
    coder = Actor(account_id=account.id, ref=account.public_id, person_id=coder_id)
    redacting.propose(interview.public_id, _QUESTION, _CLEANED, by=coder)


def _open_in_emergency(found: Sundmark) -> None:
    """Let one record have been read nine days ago and reviewed, and another be asked for."""
    closed = db.session.scalars(
        select(Interview)
        .where(
            Interview.track == Track.QUESTIONNAIRE,
            Interview.state == InterviewState.CLOSED,
            Interview.reach == Reach.HR_ONLY,
            Interview.sent_in.is_(True),
            Interview.person_id.is_not(None),
        )
        .order_by(Interview.id.desc())
        .limit(2)
    ).all()
    lead = found.actor("petra", Role.HR_LEAD)
    if closed:
        _was_read(closed[0], lead, found.actor("gunilla", Role.DPO))
    for one in closed[1:]:
        break_glass.ask(one, _WHY_NOW, by=_fresh(lead))


def _was_read(interview: Interview, lead: Actor, officer: Actor) -> None:
    asked = clock.now() - timedelta(days=9)
    decided = asked + timedelta(hours=2)
    made = BreakGlass(
        interview_id=interview.id,
        asked_by_id=lead.person_id or 0,
        asked_at=asked,
        reason=_WHY,
        decided_by_id=officer.person_id,
        decided_at=decided,
        until=decided + break_glass.OPEN_FOR,
        reviewed_by_id=officer.person_id,
        reviewed_at=decided + timedelta(days=1),
    )
    about = interview.person_id or 0
    kept_out = Recusal(person_id=made.asked_by_id, about_id=about, since_on=decided.date())
    db.session.add_all([made, kept_out])
    db.session.flush()
    for what in ("asked", "agreed", "read"):
        by = officer if what == "agreed" else lead
        audit.record(f"exit_answers.break_{what}", by=by, subject=interview.public_id)
    audit.record("exit_answers.break_reviewed", by=officer, subject=made.public_id)
    access_log.noted_now(lead, about, Look.EXIT_ANSWERS)


def _fresh(actor: Actor) -> Actor:
    return Actor(
        account_id=actor.account_id,
        ref=actor.ref,
        person_id=actor.person_id,
        roles=actor.roles,
        is_fresh=True,
    )


def _asked(found: Sundmark, key: str) -> Interview | None:
    query = select(Interview.id).where(
        Interview.person_id == found.person_id(key),
        Interview.track == Track.QUESTIONNAIRE,
        Interview.state == InterviewState.OPEN,
    )
    interview_id = db.session.scalar(query.limit(1))
    return queries.find(Interview.id == interview_id) if interview_id else None
