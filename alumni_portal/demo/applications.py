"""Applications of the demo: some in every stage, most decided, one who comes back in January."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from alumni_portal.accounts.models import Account
from alumni_portal.applications.models import (
    Applicant,
    Application,
    ApplicationDraft,
    ApplicationMove,
    Hours,
    Measure,
    Stage,
    Start,
)
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.demo.application_texts import NOT_MET, NOTES, OUTDONE, WHYS
from alumni_portal.demo.rows import add, public_id, write
from alumni_portal.demo.sundmark import Sundmark
from alumni_portal.network.models import PersonSkill, Profile, Since, Skill
from alumni_portal.openings.models import Opening, OpeningCriterion, OpeningState
from alumni_portal.people import services as people
from alumni_portal.people.models import AddressKind, EmailAddress, Person

_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
S = Stage
_WAY = (S.SUBMITTED, S.SCREENING, S.INTERVIEW, S.OFFER, S.HIRED)
PROJECT = "Projektledare, transformatorstationer"
#: key, stage and days in it, as the story has it; the rest of the board is a crowd.
_TOLD = (
    ("farah", S.SUBMITTED, 1), ("daniel", S.SUBMITTED, 4), ("", S.SUBMITTED, 9),
    ("", S.SUBMITTED, 2), ("amira", S.SCREENING, 3), ("oskar", S.SCREENING, 2),
    ("", S.SCREENING, 10), ("johan", S.INTERVIEW, 5), ("linnea", S.INTERVIEW, 6),
    ("", S.INTERVIEW, 1), ("ingrid", S.OFFER, 6), ("erik", S.HIRED, 4), ("", S.DECLINED, 5),
    ("", S.WITHDRAWN, 3),
)  # fmt: skip
_OTHERS = (S.SUBMITTED, S.SUBMITTED, S.SCREENING, S.INTERVIEW, S.DECLINED, S.OFFER, S.DECLINED)
#: First day of who was hired for the open role, and the role that Mehmet came back to.
_BEGINS_IN, _CAME_BACK_TO = 38, "Elkonstruktör, apparatskåp"


@dataclass
class Planned:
    """One application: who, for what, where it stands, since when."""

    person_id: int
    opening: Opening
    stage: Stage
    days: int
    employment_id: int | None = None


def seed(found: Sundmark, chance: Random) -> None:
    """Write about sixty applications with their history, and what Amira has begun."""
    planned = list(_plan(found, chance))
    ids = [one.person_id for one in planned]
    applicants = _write_applicants(sorted(set(ids)), chance)
    known = _Known(ids)
    rows = [_row(one, applicants, known, chance) for one in planned]
    written = write(Application, rows)
    steps = zip(written, planned, rows, strict=True)
    add(ApplicationMove, [move for step in steps for move in _moves(found, known, *step)])
    _begin_a_draft(found)


def _plan(found: Sundmark, chance: Random) -> Iterator[Planned]:
    by_title = {one.title: one for one in db.session.scalars(select(Opening).order_by(Opening.id))}
    crowd = _crowd(found, chance)
    for key, stage, days in _TOLD:
        person_id = found.person_id(key) if key else next(crowd)
        one = Planned(person_id, by_title[PROJECT], stage, days)
        if stage is S.HIRED:
            one.employment_id = _hire(found, one)
        yield one
    others = [one for one in by_title.values() if one.state is OpeningState.PUBLISHED]
    for place, opening in enumerate(one for one in others if one.title != PROJECT):
        for n in range(2 + place % 3):
            stage = _OTHERS[(place + n * 2) % len(_OTHERS)]
            yield Planned(next(crowd), opening, stage, chance.randrange(1, 8))
    mehmet = found.person_id("mehmet")
    back = found.employments[found.company.index("mehmet")]
    yield Planned(mehmet, by_title[_CAME_BACK_TO], S.HIRED, 230, back)
    past = [one for one in by_title.values() if one.state is OpeningState.FILLED]
    for opening in past[:7]:
        ago = (clock.now() - (opening.closed_at or clock.now())).days
        for _ in range(2):
            yield Planned(next(crowd), opening, S.DECLINED, max(ago - 8, 2))


def _crowd(found: Sundmark, chance: Random) -> Iterator[int]:
    """Yield members without a story, nobody twice."""
    members = [
        place
        for place in found.joined.members
        if not found.company.people[place].key
        and not found.company.people[place].is_here(found.company.today)
    ]
    for place in chance.sample(members, len(members)):
        yield found.ids[place]


def _hire(found: Sundmark, one: Planned) -> int:
    person = db.session.get_one(Person, one.person_id)
    new = people.NewEmployment(
        number=found.company.people[found.place_of[person.id]].stays[-1].number,
        begins_on=clock.today() + _BEGINS_IN * _DAY,
        title="Projektledare",
        unit_id=one.opening.unit_id,
        workplace=one.opening.workplace,
        agreement_area=one.opening.agreement_area,
        manager_id=one.opening.manager_id,
    )
    employment = people.begin_employment(person, new, by=found.actor("sofia", Role.RECRUITER))
    return employment.id


def _write_applicants(person_ids: list[int], chance: Random) -> dict[int, int]:
    private = select(EmailAddress.person_id, EmailAddress.address).where(
        EmailAddress.person_id.in_(person_ids), EmailAddress.kind == AddressKind.PRIVATE
    )
    reached = {row.person_id: row.address for row in db.session.execute(private)}
    who = db.session.scalars(select(Person).where(Person.id.in_(person_ids)).order_by(Person.id))
    rows = [
        {
            "public_id": public_id(chance),
            "person_id": one.id,
            "name": one.name,
            "address": reached.get(one.id, ""),
            "language": one.language,
            "created_at": clock.now() - 20 * _DAY,
        }
        for one in who
    ]
    ids = write(Applicant, rows)
    return {row["person_id"]: row_id for row, row_id in zip(rows, ids, strict=True)}


class _Known:
    """What is known of the applicants and the openings, in one statement each."""

    def __init__(self, person_ids: list[int]) -> None:
        accounts = select(Account.person_id, Account.public_id)
        self.refs = {
            row.person_id: row.public_id
            for row in db.session.execute(accounts.where(Account.person_id.in_(person_ids)))
        }
        profiles = db.session.scalars(select(Profile).where(Profile.person_id.in_(person_ids)))
        self.doing = {
            one.person_id: ", ".join(filter(None, (one.now_title, one.now_employer)))
            for one in profiles
        }
        self.learned: dict[int, list[str]] = {}
        skills = select(PersonSkill.person_id, Skill.name).join(PersonSkill.skill)
        skills = skills.where(
            PersonSkill.person_id.in_(person_ids), PersonSkill.since == Since.SINCE_LEFT
        )
        for row in db.session.execute(skills.order_by(PersonSkill.place)):
            self.learned.setdefault(row.person_id, []).append(row.name)
        self.criteria: dict[int, list[int]] = {}
        for one in db.session.scalars(select(OpeningCriterion).order_by(OpeningCriterion.place)):
            self.criteria.setdefault(one.opening_id, []).append(one.id)


def _row(one: Planned, applicants: dict[int, int], known: _Known, chance: Random) -> dict[str, Any]:
    since = clock.now() - one.days * _DAY - chance.randrange(5) * _HOUR
    if (one.stage, one.days) == (S.SCREENING, 3) and one.opening.title == PROJECT:
        return {**_told(one, since), "applicant_id": applicants[one.person_id]}
    gone, declined = one.stage is S.WITHDRAWN, one.stage is S.DECLINED
    measure = chance.choice(list(Measure)) if declined else None
    reasons = NOT_MET if measure is Measure.NOT_MET else OUTDONE
    return {
        "public_id": public_id(chance),
        "opening_id": one.opening.id,
        "applicant_id": applicants[one.person_id],
        "stage": one.stage,
        "stage_since": since,
        "submitted_at": since - _steps(one) * 2 * _DAY,
        "now_doing": "" if gone else known.doing.get(one.person_id, ""),
        "learned": [] if gone else known.learned.get(one.person_id, [])[:4],
        "can_begin": chance.choice(list(Start)),
        "hours": chance.choice((Hours.FULL, Hours.FULL, Hours.MOST)),
        "why": "" if gone else chance.choice(WHYS),
        "history_wrong": chance.choice(NOTES) if one.stage is S.SUBMITTED and one.days == 9 else "",
        "history_settled_at": None,
        "criterion_id": chance.choice(known.criteria[one.opening.id]) if declined else None,
        "measure": measure,
        "reason": chance.choice(reasons) if declined else "",
        "decided_at": since if declined or gone or one.stage is S.HIRED else None,
        "employment_id": one.employment_id,
    }


def _told(one: Planned, since: datetime) -> dict[str, Any]:
    """Return Amira's application, as the story has it."""
    empty = dict.fromkeys(
        ("history_settled_at", "criterion_id", "measure", "decided_at", "employment_id")
    )
    return {
        **empty,
        "public_id": "amira2ansokan2",
        "opening_id": one.opening.id,
        "stage": one.stage,
        "stage_since": since,
        "submitted_at": since - 2 * _DAY,
        "now_doing": "Sektionschef, Nordlys Energi",
        "learned": ["Budgetansvar", "Upphandling enligt LUF", "Ledarskap, 14 personer"],
        "can_begin": Start.THREE_MONTHS,
        "hours": Hours.FULL,
        "why": WHYS[0],
        "history_wrong": "",
        "reason": "",
    }


def _steps(one: Planned) -> int:
    return _WAY.index(one.stage) if one.stage in _WAY else 1


def _moves(
    found: Sundmark, known: _Known, row_id: int, one: Planned, row: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """Yield the history of an application: sent by the applicant, moved by the recruiter."""
    way = _WAY[: _steps(one) + 1] if one.stage in _WAY else (S.SUBMITTED, one.stage)
    staff = found.accounts["sofia"].public_id
    own = known.refs.get(one.person_id, "system")
    begun: datetime = row["submitted_at"]
    for place, stage in enumerate(way):
        yield {
            "application_id": row_id,
            "from_stage": way[place - 1].value if place else None,
            "to_stage": stage,
            "at": row["stage_since"] if stage is one.stage else begun + place * 2 * _DAY,
            "by_ref": own if stage in {S.SUBMITTED, S.WITHDRAWN} else staff,
            "told": stage is not S.WITHDRAWN,
        }


def _begin_a_draft(found: Sundmark) -> None:
    """Let Amira have begun another one."""
    opening = db.session.scalars(
        select(Opening).where(Opening.title == "Sektionschef, elnät Syd")
    ).one()
    answers = {
        "history": "yes",
        "now_doing": "Sektionschef, Nordlys Energi",
        "learned": ["Budget"],
        "can_begin": Start.THREE_MONTHS.value,
        "hours": Hours.FULL.value,
        "why": "Jag leder fjorton personer i dag och vill göra det hos er.",
    }
    saved = clock.now() - 2 * _DAY
    row = {"person_id": found.person_id("amira"), "opening_id": opening.id}
    add(ApplicationDraft, [{**row, "answers": answers, "saved_at": saved}])
