"""Profiles follow the membership: made when it begins, unlisted when it ends, later forgotten."""

from collections.abc import Collection

from sqlalchemy import delete, exists, insert, select, update

from alumni_portal.consents.facts import ConsentEnded, ConsentGiven
from alumni_portal.consents.models import Purpose
from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.network import queries
from alumni_portal.network.models import (
    DirectoryEntry,
    PersonSkill,
    PersonTopic,
    Profile,
    Skill,
)
from alumni_portal.network.services.index import reindex, unlist
from alumni_portal.network.services.search_docs import note_profile_change
from alumni_portal.people.facts import (
    EmploymentBegan,
    EmploymentEnded,
    PersonChanged,
    PersonDied,
)
from alumni_portal.people.models import Employment

BATCH = 200


def join(fact: ConsentGiven) -> None:
    """React to a membership: a profile that nobody else sees yet, and a place in the directory.

    A yes to contact by recruiters makes its person one whom they find.
    """
    if fact.purpose is Purpose.RECRUITER_CONTACT:
        note_profile_change(fact.person_ids)
    if fact.purpose is not Purpose.MEMBERSHIP:
        return
    chosen = select(Profile.person_id).where(Profile.person_id.in_(fact.person_ids))
    known = set(db.session.scalars(chosen))
    new = [{"person_id": one} for one in fact.person_ids if one not in known]
    if new:
        db.session.execute(insert(Profile), new)
    db.session.execute(update(Profile).where(Profile.person_id.in_(known)).values(left_at=None))
    reindex(fact.person_ids)


def leave(fact: ConsentEnded) -> None:
    """React to the end of a consent: out of directory or search in the same moment."""
    if fact.purpose is Purpose.RECRUITER_CONTACT:
        note_profile_change(fact.person_ids)
    if fact.purpose is not Purpose.MEMBERSHIP:
        return
    unlist(fact.person_ids)
    db.session.execute(
        update(Profile)
        .where(Profile.person_id.in_(fact.person_ids))
        .values(left_at=clock.now())
        .execution_options(synchronize_session="fetch")
    )


def follow_employment(fact: EmploymentBegan | EmploymentEnded) -> None:
    """React to employments: whoever is listed gets units, years and words anew."""
    if isinstance(fact, EmploymentBegan):
        whose = DirectoryEntry.person_id.in_(fact.person_ids)
    else:
        theirs = select(Employment.person_id).where(Employment.id.in_(fact.employment_ids))
        whose = DirectoryEntry.person_id.in_(theirs)
    reindex(list(db.session.scalars(select(DirectoryEntry.person_id).where(whose))))


def follow_person(fact: PersonChanged | PersonDied) -> None:
    """React to a new name, to two rows of one person that became one, or to a death."""
    entries = select(DirectoryEntry.person_id).where(DirectoryEntry.person_id.in_(fact.person_ids))
    note_profile_change(fact.person_ids)
    reindex(list(db.session.scalars(entries)))


def forget(*, limit: int = BATCH) -> int:
    """Forget profiles of people who left the network thirty days ago; return how many."""
    ids = queries.to_forget(clock.now(), limit=limit)
    if not ids:
        return 0
    _uncount(ids)
    unlist(ids)
    for table in (PersonSkill, PersonTopic, Profile):
        db.session.execute(delete(table).where(table.person_id.in_(ids)))
    nobodys = ~exists().where(PersonSkill.skill_id == Skill.id)
    db.session.execute(delete(Skill).where(Skill.people <= 0, nobodys))
    audit.record("profile.forgotten", by=SYSTEM, people=len(ids))
    return len(ids)


def _uncount(person_ids: Collection[int]) -> None:
    skills = select(PersonSkill.skill_id).where(PersonSkill.person_id.in_(person_ids))
    for skill_id in db.session.scalars(skills).all():
        db.session.execute(
            update(Skill).where(Skill.id == skill_id).values(people=Skill.people - 1)
        )
