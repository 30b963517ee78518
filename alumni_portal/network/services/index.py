"""The directory's index: entries and words of members, made anew from what they show."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select

from alumni_portal.consents.models import Purpose, StandingConsent
from alumni_portal.consents.queries import agreed
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.network import rules
from alumni_portal.network.models import (
    DirectoryEntry,
    DirectoryWord,
    Profile,
)
from alumni_portal.network.rules import Field, Reach
from alumni_portal.network.services.search_docs import note_profile_change, skill_names_of
from alumni_portal.people.models import Person
from alumni_portal.people.queries import Period, timelines

BATCH = 500


def reindex(person_ids: Collection[int]) -> None:
    """Make entries and words of these people anew; who is no member loses theirs.

    What recruiters search follows in the same transaction.
    """
    if not person_ids:
        return
    note_profile_change(person_ids)
    _unlist(person_ids)
    rows = _members(person_ids)
    if not rows:
        return
    ids = [row.id for row in rows]
    times, skills = timelines(ids), skill_names_of(ids)
    db.session.execute(
        insert(DirectoryEntry), [_entry_of(row, times.get(row.id, [])) for row in rows]
    )
    words = [
        word
        for row in rows
        for word in _words_of(row, times.get(row.id, []), skills.get(row.id, []))
    ]
    db.session.execute(insert(DirectoryWord), words)


def _members(person_ids: Collection[int]) -> Sequence[Any]:
    members = agreed(Purpose.MEMBERSHIP, person_ids)
    query: Any = select(
        Person.id,
        Person.sort_key,
        Person.search_name,
        Person.created_at,
        StandingConsent.until,
        Profile,
    )
    query = query.join(StandingConsent, StandingConsent.person_id == Person.id)
    query = query.outerjoin(Profile, Profile.person_id == Person.id)
    query = query.where(Person.id.in_(members), StandingConsent.purpose == Purpose.MEMBERSHIP)
    found: Sequence[Any] = db.session.execute(query).all() if members else ()
    return found


def _entry_of(row: Any, times: list[Period]) -> dict[str, Any]:  # noqa: ANN401 - a row of `_members`
    return {
        "person_id": row.id,
        "sort_key": row.sort_key,
        "confirmed_at": row.Profile.confirmed_at if row.Profile else row.created_at,
        "until": row.until,
        "works_from": _works_from(times),
    }


def _works_from(times: list[Period]) -> date | None:
    """Return the first day of an employment that runs or is to come."""
    today = clock.today()
    coming = [one.begins_on for one in times if one.ends_on is None or one.ends_on >= today]
    return min(coming, default=None)


def unlist(person_ids: Collection[int]) -> None:
    """Take people out of directory and search at once."""
    _unlist(person_ids)
    note_profile_change(person_ids)


def _unlist(person_ids: Collection[int]) -> None:
    db.session.execute(delete(DirectoryWord).where(DirectoryWord.person_id.in_(person_ids)))
    db.session.execute(delete(DirectoryEntry).where(DirectoryEntry.person_id.in_(person_ids)))


def reindex_after(last_id: int, *, limit: int = BATCH) -> int | None:
    """Make the next batch of everybody's words anew; return where to go on, or nothing."""
    known = select(Profile.person_id.label("id")).where(Profile.person_id > last_id)
    listed = select(DirectoryEntry.person_id).where(DirectoryEntry.person_id > last_id)
    both = known.union(listed).subquery()
    ids = list(db.session.scalars(select(both.c.id).order_by(both.c.id).limit(limit)))
    reindex(ids)
    return ids[-1] if ids else None


def _words_of(
    row: Any,  # noqa: ANN401 - a row of `_members`
    times: list[Period],
    skills: list[str],
) -> Iterator[dict[str, Any]]:
    profile: Profile | None = row.Profile
    by_reach: dict[Reach, list[str]] = {
        Reach.EVERYONE: [row.search_name, *(one.unit for one in times), *_years(times)],
    }
    for part, texts in _texts_of(profile, times, skills):
        reach = rules.reach_of(profile.audience(part)) if profile else None
        if reach is not None:
            by_reach.setdefault(reach, []).extend(texts)
    for reach, texts in by_reach.items():
        for word in rules.tokens_of(texts):
            yield {"word": word, "reach": reach, "person_id": row.id}


def _years(times: list[Period]) -> set[str]:
    return rules.years_of(((t.begins_on, t.ends_on) for t in times), today=clock.today())


def _texts_of(
    profile: Profile | None, times: list[Period], skills: list[str]
) -> Iterator[tuple[Field, list[str]]]:
    if profile is None:
        return
    yield Field.ROLES, [one.title for one in times]
    yield Field.HEADLINE, [profile.headline]
    yield Field.WORK, [profile.now_title, profile.now_employer]
    yield Field.CITY, [profile.city]
    yield Field.SKILLS, skills
