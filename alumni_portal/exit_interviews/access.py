"""Who may read which answers. No role opens anything: only being named to the leaver does."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, or_

from alumni_portal.core import access_log, audit, transaction
from alumni_portal.core.access_log import Look
from alumni_portal.core.errors import NotFound
from alumni_portal.core.permissions import Actor, Permission
from alumni_portal.exit_interviews.models import Answer, Interview, Reach, Reader, Seat, Track
from alumni_portal.exit_interviews.models.vault import Vault
from alumni_portal.exit_interviews.queries import break_glass, coding
from alumni_portal.exit_interviews.queries import interviews as queries
from alumni_portal.exit_interviews.queries.near import manages
from alumni_portal.exit_interviews.rules.naming import is_named
from alumni_portal.exit_interviews.rules.reading import may_read


@dataclass(frozen=True)
class Opened:
    """Answers in clear, as one reader may see them; the read is on record before they are."""

    interview: Interview
    answers: dict[str, object]


def named_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that an actor was named to the leaver as a reader."""
    return and_(
        Interview.person_id.is_not(None),
        exists().where(
            Reader.interview_id == Interview.id,
            Reader.person_id == actor.person_id,
            Reader.from_circle.is_not(None),
            Reader.person_id != Interview.person_id,
            or_(
                Reader.seat == Seat.MANAGER,
                Interview.track == Track.MANAGER,
                ~manages(actor.person_id),
            ),
        ),
    )


def interview_for(actor: Actor, public_id: str) -> Interview:
    """Return an interview whose answers an actor may read now. Raises NotFound for any other.

    An interviewer reads their own until it closes. A nearest manager reads a questionnaire only
    when the leaver chose so, and never a talk with HR (I2).
    """
    found = queries.find(and_(named_to(actor), Interview.public_id == public_id))
    if found is None or not seats_now(actor, found):
        raise NotFound
    return found


def seats_now(actor: Actor, interview: Interview) -> set[Seat]:
    """Return in which seats an actor reads an interview as it stands."""
    if interview.reach is Reach.AGGREGATE:
        return set()  # nothing is left here, and nobody learns why
    if interview.track is Track.QUESTIONNAIRE and interview.is_open and not interview.sent_in:
        return set()  # nobody looks over the shoulder of somebody who is still writing
    seats = queries.seats(interview, actor.person_id)
    if Seat.MANAGER in seats:
        seats &= {Seat.MANAGER}  # the leaver's manager is nothing else here (I2)
    if (
        not actor.may(Permission.EXIT_INTERVIEWS_READ)
        and interview.interviewer_id != actor.person_id
    ):
        seats &= {Seat.MANAGER}  # the leaver was shown readers at HR; who has left it reads nothing
    if not interview.is_open:
        seats.discard(Seat.INTERVIEWER)
    if interview.reach is not Reach.OPEN or interview.track is not Track.QUESTIONNAIRE:
        seats.discard(Seat.MANAGER)
    return {seat for seat in seats if may_read({seat}, interview.track, interview.reach)}


def held_by(actor: Actor, public_id: str) -> Interview:
    """Return a talk that an actor holds and that is open. Raises NotFound for any other."""
    found = queries.find(and_(named_to(actor), Interview.public_id == public_id))
    if found is None or not found.is_open or found.track is Track.QUESTIONNAIRE:
        raise NotFound
    if Seat.INTERVIEWER not in queries.seats(found, actor.person_id):
        raise NotFound
    return found


def open_answers(actor: Actor, public_id: str, *, holds: bool = False) -> Opened:
    """Return the answers that an actor may read, in clear; `holds` for a talk that they hold.

    The read joins the audit chain, and that is committed, before anything is unsealed (I4); the
    person it is about finds it under who saw their data (I5). Nobody opens what names themselves
    (I2): the record says that they tried.
    """
    find = held_by if holds else interview_for
    about = find(actor, public_id)
    track, person_id = about.track, about.person_id
    with transaction.unit():
        audit.record("exit_answers.read", by=actor, subject=public_id, track=track)
        if person_id is not None:
            access_log.noted_now(actor, person_id, Look.EXIT_ANSWERS)
    interview = find(actor, public_id)
    vault = Vault()
    said = {
        code: vault.open(one.value)
        for code, one in queries.answers_of(interview.id).items()
        if may_read(_seats_for(actor, interview, one), interview.track, one.reach)
    }
    if interview.track is not Track.MANAGER and is_named(actor.name, said.values()):
        raise NotFound
    return Opened(interview, said)


def _seats_for(actor: Actor, interview: Interview, answer: Answer) -> set[Seat]:
    """Return the seats in which an actor was let in before an answer was given."""
    early = queries.seats(interview, actor.person_id, circle=answer.circle)
    return seats_now(actor, interview) & early


def open_in_emergency(actor: Actor, public_id: str) -> Opened:
    """Return all answers of a record that a second person let an actor read now (S62).

    The read is on record, in the chain and for the leaver, before anything is unsealed. Raises
    NotFound when nobody has agreed, half an hour after, for who signed in a while ago (S9), and for
    who manages the leaver or is named.
    """
    if not actor.is_fresh:
        raise NotFound
    interview = queries.find(
        and_(
            Interview.public_id == public_id,
            Interview.person_id.is_not(None),
            ~manages(actor.person_id),
        )
    )
    if interview is None or break_glass.open_for(actor.person_id or 0, interview.id) is None:
        raise NotFound
    interview_id, person_id = interview.id, interview.person_id or 0
    with transaction.unit():
        audit.record("exit_answers.break_read", by=actor, subject=public_id)
        access_log.noted_now(actor, person_id, Look.EXIT_ANSWERS)
    found = queries.find(Interview.id == interview_id)
    if found is None:
        raise NotFound
    vault = Vault()
    said = {code: vault.open(one.value) for code, one in queries.answers_of(found.id).items()}
    if is_named(actor.name, said.values()):
        raise NotFound
    return Opened(found, said)


@dataclass(frozen=True)
class Text:
    """One text for a coder, without a name whatever the leaver chose."""

    key: str
    public_id: str
    question: str
    text: str
    is_cleaned: bool = False
    #: What somebody proposes instead, and whether it was this coder.
    proposed: str = ""
    is_own: bool = False


def open_texts(actor: Actor) -> list[Text]:
    """Return the texts that a named coder may read, the read on record first (I4, I5).

    Nothing of somebody whose texts name the coder (I2).
    """
    found = coding.texts_for(actor.person_id or 0)
    people = sorted({one.person_id for one in found if one.person_id is not None})
    if found:
        with transaction.unit():
            audit.record("exit_answers.coded", by=actor)  # how many would tell who has answered
            for person_id in people:
                access_log.noted_now(actor, person_id, Look.EXIT_ANSWERS)
    vault = Vault()
    texts = [
        Text(
            f"{one.interview_id} {one.question}",
            one.public_id,
            one.question,
            str(vault.open(one.value)),
            one.is_cleaned,
            str(vault.open(one.proposed)) if one.proposed else "",
            one.proposed_by == actor.person_id,
        )
        for one in found
    ]
    own = {one.public_id for one in texts if is_named(actor.name, [one.text])}
    return [one for one in texts if one.public_id not in own]
