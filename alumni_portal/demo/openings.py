"""Openings of the demo: some open now, some still drafts, many filled over the years."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from alumni_portal.core import clock
from alumni_portal.core.text import normalise
from alumni_portal.demo import posts, work_life
from alumni_portal.demo.posts import Post
from alumni_portal.demo.rows import add, public_id, write
from alumni_portal.demo.sundmark import Sundmark
from alumni_portal.network.services import skill_ids
from alumni_portal.openings.models import (
    Opening,
    OpeningCriterion,
    OpeningSkill,
    OpeningState,
)

_DAY = timedelta(days=1)
_MONTH = 30
_OPEN_FOR = 35
AGREEMENT = "Energiavtalet för tjänstemän (Unionen, Ledarna, Sveriges Ingenjörer)"
AREA = "Tjänstemän, energi"


def seed(found: Sundmark, chance: Random) -> None:
    """Write about thirty openings with the skills they want and what everybody is measured by."""
    planned = [*posts.OPEN, *posts.DRAFTS, *_past(chance)]
    ids = write(Opening, [_row(found, one, chance) for one in planned])
    names = {normalise(name): name for one in planned for name, _weight in one.skills}
    known = skill_ids(names)
    pairs = list(zip(ids, planned, strict=True))
    add(
        OpeningSkill,
        [
            {"opening_id": id_, "skill_id": known[normalise(name)], "weight": weight, "place": n}
            for id_, one in pairs
            for n, (name, weight) in enumerate(one.skills)
        ],
    )
    add(
        OpeningCriterion,
        [
            {"public_id": public_id(chance), "opening_id": id_, "text": text, "place": n}
            for id_, one in pairs
            for n, text in enumerate(one.criteria)
        ],
    )


def _past(chance: Random) -> Iterator[Post]:
    for title, unit, place, lowest, highest, months, is_filled in posts.PAST:
        known = work_life.skills_of(unit)
        wanted = chance.sample(known, k=min(3, len(known)))
        yield Post(
            title=title,
            unit=unit,
            place=place,
            pay=(lowest, highest),
            about="Vi förstärker gruppen och söker en ny kollega.",
            tasks=("arbeta i uppdrag hos våra kunder", "dela med dig av det du kan"),
            skills=tuple((name, 3 - n) for n, name in enumerate(wanted)),
            criteria=("Har relevant utbildning för arbetet", "Har arbetat med liknande uppgifter"),
            since=-months * _MONTH - _OPEN_FOR,
            closes=-months * _MONTH,
            state=OpeningState.FILLED if is_filled else OpeningState.CLOSED,
            recruiter=chance.choice(("sofia", "maria")),
        )


def _row(found: Sundmark, one: Post, chance: Random) -> dict[str, Any]:
    return {
        "public_id": public_id(chance),
        "title": one.title,
        "unit_id": found.units[one.unit],
        "place": one.place,
        "workplace": one.place.split(" eller ")[0],
        "agreement_area": AREA,
        "agreement": AGREEMENT if one.pay else "",
        "pay_from": one.pay[0] if one.pay else None,
        "pay_to": one.pay[1] if one.pay else None,
        "text": _text(one),
        "hours": one.hours,
        "kind": one.kind,
        "seats": one.seats,
        "recruiter_id": found.person_id(one.recruiter),
        "manager_id": _lead(found, one.unit),
        "names_recruiter": one.names_recruiter,
        **_times(one),
    }


def _lead(found: Sundmark, unit: str) -> int | None:
    return found.ids[found.leads[unit]] if unit in found.leads else None


def _times(one: Post) -> dict[str, Any]:
    published: datetime | None = None
    if one.state is not OpeningState.DRAFT:
        published = clock.now() + one.since * _DAY - timedelta(hours=3)
    closes = one.closes
    is_over = one.state in {OpeningState.CLOSED, OpeningState.FILLED}
    return {
        "state": one.state,
        "closes_on": clock.today() + closes * _DAY if closes is not None else None,
        "created_at": (published or clock.now()) - 6 * _DAY,
        "published_at": published,
        "closed_at": clock.now() + (closes or 0) * _DAY if is_over else None,
    }


def _text(one: Post) -> str:
    tasks = "\n".join(f"- {task}" for task in one.tasks)
    return (
        f"{one.about}\n\n## Det här gör du\n\n{tasks}\n\n## Så arbetar vi\n\n"
        "Vi bestämmer tillsammans var och när arbetet görs bäst. Du får en fadder den första "
        "månaden, även om du har arbetat hos oss förut."
    )
