"""Two years of answers from Sundmark's leavers, readers at HR, and one questionnaire that waits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from alumni_portal.accounts import services as accounts
from alumni_portal.accounts.models import Recusal
from alumni_portal.core import clock
from alumni_portal.core.db import db, new_public_id
from alumni_portal.core.permissions import Role
from alumni_portal.demo import exit_scenes
from alumni_portal.demo.exit_words import TEXTS, answers_of, found_in
from alumni_portal.demo.rows import add, write
from alumni_portal.demo.sundmark import Sundmark
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.models import (
    Answer,
    Coding,
    Interview,
    InterviewState,
    Precision,
    Reach,
    Reader,
    Seat,
    Track,
)
from alumni_portal.exit_interviews.models.vault import Vault
from alumni_portal.exit_interviews.queries import REASONS
from alumni_portal.exit_interviews.rules.exits import CODED, exit_type_of, first_month, tenure_band
from alumni_portal.exit_interviews.rules.timing import closes_on
from alumni_portal.exit_interviews.services.booking import Talk
from alumni_portal.exit_interviews.services.detaching import NAMED_FOR
from alumni_portal.offboarding.models import Case, CaseState
from alumni_portal.offboarding.queries import cases
from alumni_portal.people.models import Employment, ExitGround, Person
from alumni_portal.people.queries import running_on

_BACK = timedelta(days=760)
_ANSWERS, _NAMELESS, _OPENLY = 0.74, 0.2, 0.12


@dataclass(frozen=True)
class _Left:
    """One employment that ended."""

    person_id: int
    employment_id: int
    unit_id: int | None
    begins_on: date
    ends_on: date
    ground: ExitGround | None


def seed(found: Sundmark, chance: Random) -> None:
    """Write what was answered, bulk; then ask two of the told leavers by the real service."""
    version = services.version_in_use(Track.QUESTIONNAIRE)
    readers = _readers(found)
    _write(list(_left()), version.id, readers, chance)
    exit_scenes.name_usual(found, readers)
    _ask(found, chance)
    _book(found)
    exit_scenes.play(found, readers)


def _readers(found: Sundmark) -> list[int]:
    """Return who reads the answers: colleagues at HR who stand in no other story."""
    told = {found.person_id(key) for key in found.accounts}
    people = db.session.scalars(
        select(Person)
        .join(Employment, Employment.person_id == Person.id)
        .where(Employment.unit_id == found.units["7200"], running_on(clock.today()))
        .order_by(Person.id)
    )
    chosen = [who for who in people if who.id not in told][:2]
    by = found.actor("petra", Role.HR_LEAD)
    for who in chosen:
        accounts.grant(accounts.open_account(who, by=by), Role.HR, by=by)
    return [who.id for who in chosen]


def _left() -> Iterator[_Left]:
    today = clock.today()
    rows = db.session.execute(
        select(
            Employment.person_id,
            Employment.id,
            Employment.unit_id,
            Employment.begins_on,
            Employment.ends_on,
            Employment.exit_ground,
        )
        .where(Employment.ends_on.between(today - _BACK, today - timedelta(days=29)))
        .order_by(Employment.id)
    )
    for person, job, unit, begins_on, ends_on, ground in rows:
        if ends_on and ground not in {ExitGround.DEATH, ExitGround.PERSONAL_REASONS}:
            yield _Left(person, job, unit, begins_on, ends_on, ground)


def _write(left: list[_Left], version_id: int, readers: list[int], chance: Random) -> None:
    today, vault = clock.today(), Vault()
    known = _cases()
    named: list[dict[str, Any]] = []
    said: list[dict[str, object]] = []
    loose: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    for one in left:
        answers = answers_of(one.ends_on, chance) if chance.random() < _ANSWERS else {}
        if one.ends_on < today - NAMED_FOR or chance.random() < _NAMELESS:
            row = _nameless(one, version_id, chance)
            loose.append(row)
            rows += _sealed(row["id"], answers, Reach.AGGREGATE, vault)
        else:
            reach = Reach.OPEN if chance.random() < _OPENLY else Reach.HR_ONLY
            named.append(_named(one, version_id, known.get(one.employment_id), reach, answers))
            said.append(answers)
    add(Interview, loose)
    ids = write(Interview, named)
    for row_id, row, answers in zip(ids, named, said, strict=True):
        rows += _sealed(row_id, answers, row["reach"], vault)
    add(Answer, rows)
    _code(dict(zip(ids, said, strict=True)), readers)
    seats = (Seat.READER, Seat.CODER)
    add(
        Reader,
        [
            {"interview_id": row_id, "person_id": who, "seat": seat, "from_circle": 0}
            for row_id in ids
            for who in readers
            for seat in seats
        ],
    )
    _recuse(named, readers)


def _code(said: dict[int, dict[str, object]], coders: list[int]) -> None:
    """Let both coders have found the same in each text."""
    add(
        Coding,
        [
            {"interview_id": row_id, "question": question, "coder_id": who, "codes": [reason]}
            for row_id, answers in said.items()
            for question, reason in found_in(answers).items()
            for who in coders
        ],
    )


def _recuse(named: list[dict[str, Any]], readers: list[int]) -> None:
    """Keep the readers out of decisions on those whose answers they read, as the pages do."""
    about = sorted({row["person_id"] for row in named} - set(readers))
    today = clock.today()
    add(
        Recusal,
        [
            {"person_id": who, "about_id": person, "since_on": today}
            for who in readers
            for person in about
        ],
    )


def _cases() -> dict[int, int]:
    rows = db.session.execute(select(Case.employment_id, Case.id))
    return {row.employment_id: row.id for row in rows}


def _shared(version_id: int) -> dict[str, Any]:
    return {
        "public_id": new_public_id(),
        "mark": new_public_id(),
        "track": Track.QUESTIONNAIRE,
        "state": InterviewState.CLOSED,
        "version_id": version_id,
        "language": "sv",
        "wants_pulse": False,
        "reminders": 0,
        "withdrawn": False,
        "minutes": 90,
        "place": "",
        "online_url": "",
        "purpose": "",
        "sequence": 0,
    }


def _nameless(one: _Left, version_id: int, chance: Random) -> dict[str, Any]:
    return {
        **_shared(version_id),
        "id": -1 - chance.randrange(2**31 - 2),  # as the real ones: it tells no order and nobody
        "exit_year": one.ends_on.year,
        "exit_month": first_month(one.ends_on),
        "precision": Precision.QUARTER,
        "exit_type": exit_type_of(one.ground),
        "unit_id": one.unit_id,
        "tenure_band": tenure_band(one.begins_on, one.ends_on),
        "reach": Reach.AGGREGATE,
        "sent_in": False,
    }


def _named(
    one: _Left, version_id: int, case_id: int | None, reach: Reach, answers: dict[str, object]
) -> dict[str, Any]:
    return {
        **_shared(version_id),
        "person_id": one.person_id,
        "employment_id": one.employment_id,
        "case_id": case_id,
        "precision": Precision.UNKNOWN,
        "reach": reach if answers else None,
        "closes_on": closes_on(one.ends_on),
        "created_on": one.ends_on - timedelta(days=14),
        "asked_on": one.ends_on - timedelta(days=14),
        "sent_in": bool(answers),
    }


def _sealed(
    interview_id: int, answers: dict[str, object], reach: Reach | None, vault: Vault
) -> Iterator[dict[str, Any]]:
    themes = sorted({REASONS[reason].theme for reason in found_in(answers).values()})
    kept = {CODED: themes} if reach is Reach.AGGREGATE and themes else {}
    for question, value in (answers | kept).items():
        if reach is Reach.AGGREGATE and question in TEXTS:
            continue  # six months on, texts are gone; a nameless one is read no longer either
        yield {
            "interview_id": interview_id,
            "question": question,
            "value": vault.seal(value),
            "reach": reach,
            "by_interviewer": False,
            "is_quotable": question == "stay_open",
            "is_cleaned": question == "stay_open",
        }


def _ask(found: Sundmark, chance: Random) -> None:
    """Let Elin have been asked; she has begun. One of the others has sent in."""
    by = found.actor("maria", Role.HR)
    for key, sends in (("elin", False), ("birgitta", True)):
        case = _case(found.person_id(key))
        if case is None:
            continue
        made = services.open_questionnaire(case, by=by)
        services.choose(made, Reach.HR_ONLY, case)
        answers = answers_of(case.last_day, chance)
        shown = dict(list(answers.items())[: None if sends else 5])
        services.save(made, {code: _typed(value) for code, value in shown.items()})
        if sends:
            services.send_in(made)


def _book(found: Sundmark) -> None:
    """Let HR have booked a talk with somebody who leaves Anders' unit, by the manager's guide."""
    anders = db.session.get_one(Person, found.person_id("anders"))
    leaving = db.session.scalars(
        select(Case.person_id)
        .join(Employment, Employment.id == Case.employment_id)
        .where(Employment.unit_id == found.units["2200"], Case.state == CaseState.OPEN)
        .order_by(Case.last_day.desc(), Case.id)
        .limit(1)
    )
    day = clock.local(clock.now() + timedelta(days=4))
    at_one = day.replace(hour=13, minute=0, second=0, microsecond=0)
    for case in filter(None, map(_case, leaving)):
        talk = Talk(starts_at=at_one, place="Kaj 3")
        services.book(case, Track.MANAGER, anders, talk, by=found.actor("maria", Role.HR))


def _case(person_id: int) -> Case | None:
    query = select(Case.public_id).where(Case.person_id == person_id, Case.state == CaseState.OPEN)
    public_id = db.session.scalar(query.limit(1))
    return cases.find(Case.public_id == public_id) if public_id else None


def _typed(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
