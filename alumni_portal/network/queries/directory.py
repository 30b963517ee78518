"""The directory: who is listed for a viewer, found by words and narrowed down.

Whoever comes out of here is a member at this moment: the consent is asked for in the same
statement as the row. A word or a filter only finds what this viewer may see (S18).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, union_all
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
    open_to,
    shown,
)
from alumni_portal.network.queries.together import overlapping
from alumni_portal.network.rules import Audience, Field, Reach, ViewerKind
from alumni_portal.people.models import Employment, Person, Unit

#: A column of a model as conditions take it.
Column = InstrumentedAttribute[Any]

_MOST_WORDS = 8
_LONGEST_MEMORY = 100
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
    """Return one page of the members that this viewer finds, in Swedish order of last name.

    The index says who and how many; the second statement fetches the rows and asks the ledger
    once more, so that nobody is shown who has just withdrawn.
    """
    entry = DirectoryEntry
    chosen = [*_stands(), *_narrowed(viewer, wanted)]
    total = select(func.count()).select_from(entry).where(*chosen).correlate(None)
    query: Any = select(entry.person_id, entry.sort_key, total.scalar_subquery().label("total"))
    found = page(
        query.where(*chosen),
        [entry.sort_key, entry.person_id],
        lambda row: [row.sort_key, row.person_id],
        after=after,
        before=before,
    )
    ids = [row.person_id for row in found.rows]
    people = {row.Person.id: shown(viewer, row) for row in _rows(viewer, ids)}
    listed_now = [people[one] for one in ids if one in people]
    return Found(found.rows[0].total if ids else 0, Page(listed_now, found.next, found.previous))


def _rows(viewer: Viewer, ids: list[int]) -> Sequence[Any]:
    return db.session.execute(members_for(viewer).where(Person.id.in_(ids))).all() if ids else []


def _stands() -> list[ColumnElement[bool]]:
    """Return, from the index alone, that a membership has not lapsed and no work has begun."""
    entry = DirectoryEntry
    return [
        or_(entry.until.is_(None), entry.until > clock.now()),
        or_(entry.works_from.is_(None), entry.works_from > clock.today()),
    ]


def _narrowed(viewer: Viewer, wanted: Wanted) -> list[ColumnElement[bool]]:
    person_id = DirectoryEntry.person_id
    typed = [word[: rules.LONGEST_WORD] for word in words(wanted.text)[:_MOST_WORDS]]
    chosen = _has_words(viewer, typed)
    if not wanted.with_stale:
        chosen.append(DirectoryEntry.confirmed_at >= clock.now() - rules.STALE_AFTER)
    if wanted.unit:
        chosen.append(_worked(wanted))
    elif wanted.from_year or wanted.to_year:
        chosen.append(_was_here(wanted))
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
    asked = [
        select(literal(word).label("typed"), DirectoryWord.word)
        .distinct()
        .where(
            DirectoryWord.word.in_(sorted(rules.one_edit_away(word))),
            ~_is_known(word, within),
        )
        for word in typed
        if len(word) >= rules.SHORTEST_GUESS
    ]
    found: dict[str, list[str]] = {}
    for row in db.session.execute(union_all(*asked)) if asked else ():
        found.setdefault(row.typed, []).append(row.word)
    return found


def _is_known(word: str, within: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(DirectoryWord.person_id).where(_begins(word), within).correlate(None).exists()


def _within_reach(viewer: Viewer, reach: Column, person_id: Column) -> ColumnElement[bool]:
    if viewer.is_alumnus:
        near = and_(reach == Reach.SAME_UNIT.value, person_id.in_(overlapping(viewer.person_id)))
        return or_(reach.in_(rules.reaches(ViewerKind.ALUMNUS)), near)
    contact = open_to(viewer, person_id)
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
        seen = and_(audience == Audience.RECRUITERS, open_to(viewer, Profile.person_id))
    return DirectoryEntry.person_id.in_(select(Profile.person_id).where(condition, seen))


def _has_skill(name: str) -> ColumnElement[bool]:
    wanted = select(Skill.id).where(Skill.key == normalise(name)).scalar_subquery()
    return Profile.person_id.in_(
        select(PersonSkill.person_id).where(PersonSkill.skill_id == wanted)
    )


def _likes(topic: Topic) -> ColumnElement[bool]:
    return Profile.person_id.in_(select(PersonTopic.person_id).where(PersonTopic.topic == topic))


def _was_here(wanted: Wanted) -> ColumnElement[bool]:
    """Return that somebody worked here, anywhere, in one of these years: years are words."""
    this_year = clock.today().year
    first = wanted.from_year or this_year - _LONGEST_MEMORY
    last = min(wanted.to_year or this_year, first + _LONGEST_MEMORY)
    years = [str(year) for year in range(first, last + 1)]
    found = select(DirectoryWord.person_id).where(
        DirectoryWord.word.in_(years), DirectoryWord.reach == Reach.EVERYONE
    )
    return DirectoryEntry.person_id.in_(found)


def _worked(wanted: Wanted) -> ColumnElement[bool]:
    """Return that somebody worked in a unit or below it, in these years if they are given."""
    chosen: list[ColumnElement[bool]] = [Employment.unit_id.in_(_unit_and_below(wanted.unit))]
    if wanted.to_year:
        chosen.append(Employment.begins_on <= date(wanted.to_year, 12, 31))
    if wanted.from_year:
        since = date(wanted.from_year, 1, 1)
        chosen.append(or_(Employment.ends_on.is_(None), Employment.ends_on >= since))
    return DirectoryEntry.person_id.in_(select(Employment.person_id).where(*chosen))


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
