"""Who reads: chosen by HR lead, told to the leaver by name, and let in later only by the leaver."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete

from alumni_portal.core import audit, facts
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, NotFound, Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.exit_interviews import emails
from alumni_portal.exit_interviews.facts import ReadersNamed
from alumni_portal.exit_interviews.models import (
    Interview,
    Reach,
    Reader,
    Seat,
    Track,
    UsualReader,
)
from alumni_portal.exit_interviews.queries import staff
from alumni_portal.exit_interviews.rules import MOST_CODERS, MOST_READERS
from alumni_portal.offboarding.models import Case
from alumni_portal.people.models import Employment

Place = tuple[int, Seat]


def chosen(employment: Employment, *, holder_id: int | None = None) -> list[Place]:
    """Return who reads and codes: those HR lead has chosen, without anybody near the leaver.

    Where all of the chosen are near, others at HR take their place. Raises Refusal when nobody at
    HR is left.
    """
    near = [who.id for who in staff.neutral(employment) if who.id != holder_id]
    if not near:
        raise Refusal(_l("Ingen på HR utanför det egna teamet kan läsa svaren. Utse någon först."))
    usual = staff.usual_readers()
    readers = [who for who in near if (who, Seat.READER) in usual] or near
    coders = [who for who in near if (who, Seat.CODER) in usual] or near[MOST_READERS:] + near
    return [(who, Seat.READER) for who in readers[:MOST_READERS]] + [
        (who, Seat.CODER) for who in coders[:MOST_CODERS]
    ]


def choose_usual(readers: Collection[int], coders: Collection[int], *, by: Actor) -> None:
    """Keep who reads and codes from the next interview on. Interviews that are open keep theirs.

    Raises Refusal (field `reader_1` or `coder_1`) for nobody, somebody outside HR, or too many.
    """
    _check(readers, coders, {who.id for who in staff.at_hr()})
    db.session.execute(delete(UsualReader))
    db.session.add_all(
        UsualReader(person_id=who, seat=seat) for who, seat in _places(readers, coders)
    )
    audit.record("exit_readers.chosen", by=by, readers=len(set(readers)), coders=len(set(coders)))
    db.session.flush()


def _places(readers: Collection[int], coders: Collection[int]) -> list[Place]:
    return [(who, Seat.READER) for who in dict.fromkeys(readers)] + [
        (who, Seat.CODER) for who in dict.fromkeys(coders)
    ]


def _check(
    readers: Collection[int], coders: Collection[int], may: Collection[int], *, most: int = 2
) -> None:
    if not readers:
        raise Refusal(_l("Välj minst en läsare."), field="reader_1")
    if len(set(readers)) > most or len(set(coders)) > MOST_CODERS:
        raise Refusal(_l("Högst två läsare och två kodare."), field="reader_1")
    if not set(readers) <= set(may):
        raise Refusal(_l("Välj någon på HR utanför det egna teamet."), field="reader_1")
    if not set(coders) <= set(may):
        raise Refusal(_l("Välj någon på HR utanför det egna teamet."), field="coder_1")


def name(interview: Interview, seats: Sequence[Place]) -> None:
    """Write down who may read; those who learn who said it decide nothing about that person."""
    db.session.add_all(
        Reader(interview_id=interview.id, person_id=person_id, seat=seat, from_circle=0)
        for person_id, seat in seats
    )
    recuse(interview, [who for who, seat in seats if seat is not Seat.MANAGER])
    db.session.flush()


def recuse(interview: Interview, reader_ids: Sequence[int]) -> None:
    """State who may read by name, so that they are kept out of decisions (I1)."""
    if interview.person_id is not None and reader_ids:
        facts.state(ReadersNamed(interview.person_id, tuple(sorted(set(reader_ids)))))


def may_change_readers(interview: Interview) -> bool:
    """Say whether others can be chosen: as long as the interview is open."""
    return interview.is_open


def has_chosen(interview: Interview) -> bool:
    """Say whether HR may learn that the leaver has chosen readers.

    Never of somebody who chose to have no name: they look like who has not chosen at all.
    """
    return interview.reach not in {None, Reach.AGGREGATE}


def change_readers(
    interview: Interview,
    case: Case,
    readers: Sequence[int],
    coders: Sequence[int],
    *,
    by: Actor,
) -> bool:
    """Choose other readers for one interview; say whether the leaver must now agree.

    Before the leaver has chosen, the new names simply stand on the page. Afterwards whoever is
    taken out stops reading at once, and whoever is put in reads nothing until the leaver has
    agreed, and then only what is said from then on. Raises Refusal as `choose_usual`, Conflict
    when the interview is over. Answers without a name stand elsewhere and keep their coders.
    """
    if not may_change_readers(interview):
        raise Conflict(_l("Det går inte längre att byta läsare."))
    is_managers = interview.track is Track.MANAGER
    neutral = {who.id for who in staff.neutral(case.employment)} - {interview.interviewer_id}
    _check(readers, coders, neutral, most=MOST_READERS - is_managers)
    wanted = _places(readers, [] if is_managers else coders)
    gone = [one for one in _exchangeable(interview) if (one.person_id, one.seat) not in wanted]
    kept = {(one.person_id, one.seat) for one in _exchangeable(interview)}
    new = [place for place in wanted if place not in kept]
    for one in gone:
        db.session.delete(one)
    db.session.flush()
    must_agree = has_chosen(interview) and bool(new)
    if must_agree:
        _propose(interview, case, new, gone)
    else:
        name(interview, new)
    if new or gone:
        audit.record("exit_readers.changed", by=by, subject=interview.public_id, new=len(new))
    db.session.expire(interview, ["readers"])
    return must_agree


def _exchangeable(interview: Interview) -> list[Reader]:
    """Return the readers whom HR chooses: not who holds the talk, not the manager."""
    return [
        one
        for one in interview.readers
        if one.seat in {Seat.READER, Seat.CODER} and one.person_id != interview.interviewer_id
    ]


def _propose(interview: Interview, case: Case, new: list[Place], gone: list[Reader]) -> None:
    for person_id, seat in new:
        left = next((one for one in gone if one.seat is seat and one.is_let_in), None)
        if left is not None:
            gone.remove(left)
        db.session.add(
            Reader(
                interview_id=interview.id,
                person_id=person_id,
                seat=seat,
                from_circle=None,
                instead_of_id=left.person_id if left else None,
            )
        )
    db.session.flush()
    emails.new_reader(interview, case)


def proposed(interview: Interview) -> list[Reader]:
    """Return the readers whom the leaver has not yet let in."""
    return [one for one in interview.readers if not one.is_let_in]


def answer_proposal(interview: Interview, public_id: str, *, lets_in: bool) -> None:
    """Keep the leaver's answer about somebody who wants to read, in all seats they wait for.

    They read what is said from now on, never what was said before. Raises NotFound for nobody who
    waits, Conflict when the interview is over.
    """
    if not interview.is_open:
        raise Conflict(_l("Det går inte längre att byta läsare."))
    waiting = [one for one in proposed(interview) if one.person.public_id == public_id]
    if not waiting:
        raise NotFound
    if lets_in:
        interview.circle += 1
        recuse(interview, [one.person_id for one in waiting])
    for one in waiting:
        if lets_in:
            one.from_circle = interview.circle
        else:
            db.session.delete(one)
    db.session.flush()
