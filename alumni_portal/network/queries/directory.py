"""The directory: who is listed for a viewer, found by words and narrowed down.

Whoever comes out of here is a member at this moment: the consent is asked for in the same
statement as the row. A word or a filter only finds what this viewer may see (S18).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.paging import Page, page
from alumni_portal.core.text import normalise, words
from alumni_portal.network import rules
from alumni_portal.network.models import (
    DirectoryEntry,
    DirectoryWord,
    PersonSkill,
    PersonTopic,
    Profile,
    Skill,
    Topic,
)
from alumni_portal.network.queries.cards import (
    Shown,
    Viewer,
    listed,
    members_for,
    open_to_contact,
    shown,
)
from alumni_portal.network.queries.together import overlapping
from alumni_portal.network.rules import Audience, Field, Reach, ViewerKind
from alumni_portal.people.models import Employment, Person, Unit

#: A column of a model as conditions take it.
Column = InstrumentedAttribute[Any]

_MOST_WORDS = 8
_AFTER_ANY_WORD = "{"  # follows z in the order of bytes


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody asks the directory for."""

    text: str = ""
    unit: str = ""
    from_year: int | None = None
    to_year: int | None = None
    skill: str = ""
    city: str = ""
    topic: Topic | None = None
    from_my_time: bool = False
    with_stale: bool = False


@dataclass(frozen=True)
class Found:
    """One page of the directory: whom to show, and how many there are in all."""

    total: int
    page: Page[Shown]


def find(
    viewer: Viewer, wanted: Wanted, *, after: str | None = None, before: str | None = None
) -> Found:
    """Return one page of the members that this viewer finds, in Swedish order of last name."""
    entry = DirectoryEntry
    chosen = _narrowed(viewer, wanted)
    total = (
        select(func.count())
        .select_from(entry)
        .where(listed(entry.person_id), *chosen)
        .correlate(None)
        .scalar_subquery()
    )
    query = (
        members_for(viewer)
        .add_columns(entry.sort_key, total.label("total"))
        .join(entry, entry.person_id == Person.id)
        .where(*chosen)
    )
    rows = page(
        query,
        [entry.sort_key, entry.person_id],
        lambda row: [row.sort_key, row.Person.id],
        after=after,
        before=before,
    )
    people = [shown(viewer, row) for row in rows.rows]
    return Found(rows.rows[0].total if rows.rows else 0, Page(people, rows.next, rows.previous))


def _narrowed(viewer: Viewer, wanted: Wanted) -> list[ColumnElement[bool]]:
    person_id = DirectoryEntry.person_id
    typed = [word[: rules.LONGEST_WORD] for word in words(wanted.text)[:_MOST_WORDS]]
    chosen = _has_words(viewer, typed)
    if not wanted.with_stale:
        chosen.append(DirectoryEntry.confirmed_at >= clock.now() - rules.STALE_AFTER)
    if wanted.unit or wanted.from_year or wanted.to_year:
        chosen.append(_worked(wanted))
    if wanted.city:
        same = Profile.city_key == normalise(wanted.city)
        chosen.append(_in_profile(viewer, Field.CITY, same))
    if wanted.skill:
        chosen.append(_in_profile(viewer, Field.SKILLS, _has_skill(wanted.skill)))
    if wanted.topic:
        chosen.append(_in_profile(viewer, Field.TOPICS, _likes(wanted.topic)))
    if wanted.from_my_time:
        chosen += [person_id.in_(overlapping(viewer.person_id)), person_id != viewer.person_id]
    return chosen


def _has_words(viewer: Viewer, typed: list[str]) -> list[ColumnElement[bool]]:
    """Return that somebody has every word: its beginning, or one slip of the finger away."""
    within = _within_reach(viewer, DirectoryWord.reach, DirectoryWord.person_id)
    meant = _meant(typed, within)
    return [
        DirectoryEntry.person_id.in_(
            select(DirectoryWord.person_id).where(
                within, DirectoryWord.word.in_(meant[word]) if word in meant else _begins(word)
            )
        )
        for word in typed
    ]


def _begins(word: str) -> ColumnElement[bool]:
    return and_(DirectoryWord.word >= word, DirectoryWord.word < word + _AFTER_ANY_WORD)


def _meant(typed: list[str], within: ColumnElement[bool]) -> dict[str, list[str]]:
    """Return, for words that nobody has, the known words one slip away."""
    known = [
        select(DirectoryWord.person_id).where(_begins(word), within).exists() for word in typed
    ]
    flags = db.session.execute(select(*known)).one() if typed else ()
    unknown = {
        word: rules.one_edit_away(word)
        for word, is_known in zip(typed, flags, strict=True)
        if not is_known and len(word) >= rules.SHORTEST_GUESS
    }
    if not unknown:
        return {}
    near = sorted(set().union(*unknown.values()))
    found = set(
        db.session.scalars(
            select(DirectoryWord.word).distinct().where(DirectoryWord.word.in_(near))
        )
    )
    return {word: sorted(found & close) for word, close in unknown.items()}


def _within_reach(viewer: Viewer, reach: Column, person_id: Column) -> ColumnElement[bool]:
    if viewer.is_alumnus:
        near = and_(reach == Reach.SAME_UNIT.value, person_id.in_(overlapping(viewer.person_id)))
        return or_(reach.in_(rules.reaches(ViewerKind.ALUMNUS)), near)
    contact = open_to_contact(person_id)
    return or_(reach == Reach.EVERYONE.value, and_(reach == Reach.RECRUITERS.value, contact))


def _in_profile(viewer: Viewer, part: Field, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return a condition on a field of the profile that holds only where the viewer sees it."""
    audience = getattr(Profile, f"{part}_for")
    if viewer.is_alumnus:
        near = Profile.person_id.in_(overlapping(viewer.person_id))
        seen = or_(
            audience.in_([Audience.ALUMNI, Audience.RECRUITERS]),
            and_(audience == Audience.SAME_UNIT, near),
        )
    else:
        seen = and_(audience == Audience.RECRUITERS, open_to_contact(Profile.person_id))
    told = select(Profile.person_id).where(
        Profile.person_id == DirectoryEntry.person_id, condition, seen
    )
    return told.correlate(DirectoryEntry).exists()


def _has_skill(name: str) -> ColumnElement[bool]:
    return exists().where(
        PersonSkill.person_id == Profile.person_id,
        PersonSkill.skill_id
        == select(Skill.id).where(Skill.key == normalise(name)).scalar_subquery(),
    )


def _likes(topic: Topic) -> ColumnElement[bool]:
    return exists().where(PersonTopic.person_id == Profile.person_id, PersonTopic.topic == topic)


def _worked(wanted: Wanted) -> ColumnElement[bool]:
    job = aliased(Employment)
    chosen = [job.person_id == DirectoryEntry.person_id]
    if wanted.unit:
        chosen.append(job.unit_id.in_(_unit_and_below(wanted.unit)))
    if wanted.to_year:
        chosen.append(job.begins_on <= date(wanted.to_year, 12, 31))
    if wanted.from_year:
        since = date(wanted.from_year, 1, 1)
        chosen.append(or_(job.ends_on.is_(None), job.ends_on >= since))
    return exists().where(*chosen)


def _unit_and_below(public_id: str) -> Select[Any]:
    top = select(Unit.id).where(Unit.public_id == public_id).cte("wanted_unit", recursive=True)
    below = aliased(Unit)
    return select(top.union(select(below.id).where(below.parent_id == top.c.id)).c.id)


def listed_since(person_id: int) -> datetime | None:
    """Return when a member last confirmed the profile; nothing for who is no member."""
    entry = DirectoryEntry
    found: datetime | None = db.session.scalar(
        select(entry.confirmed_at).where(entry.person_id == person_id, listed(entry.person_id))
    )
    return found
