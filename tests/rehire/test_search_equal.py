"""Equal on both databases: each says what a slow, obvious search over the same people says."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, update

from alumni_portal.consents.models import Purpose, StandingConsent
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.text import normalise
from alumni_portal.network import services as network
from alumni_portal.network.models import Profile
from alumni_portal.people import services as people
from alumni_portal.people.models import Person
from alumni_portal.rehire.queries.columns import current
from alumni_portal.rehire.queries.ordering import Cut
from alumni_portal.rehire.queries.rows import hits
from alumni_portal.rehire.queries.search import Found, compute
from alumni_portal.rehire.rules import EMPTY, Facet, Order, Query
from tests.rehire import plain_search as plain
from tests.rehire.town import CITIES, SKILLS, TITLES, Town
from tests.support.make import Make

pytestmark = pytest.mark.both_databases

WORDS = (
    "projektledare", "projektledarna", "chef", "utvecklare", "ingenjörer", "ingenjor", "C++",
    "python", "malmö", "MALMO", "östergård", "ostergard", "garcia", "åkerstrm", "konstruktörer",
    "vätgas", "vatgas", "järnväg", "elkraft", "el", "berg", "lindström", "ledare", "prjektledare",
    "skydd", "anna", "2019", "finnsinte", "projektl", "ledarskap", "ék", "gillar", "zo",
)  # fmt: skip
QUERIES = 150


@pytest.fixture
def town(inside: Flask, make: Make) -> Town:
    return Town(make, people=400)


def queries(town: Town, *, number: int, seed: int) -> Iterator[Query]:
    """Yield mixed searches: words, filters, years, orders."""
    chance = Random(seed)
    values = {
        Facet.ANSWER: ["looking", "open", "curious"],
        Facet.UNIT: [unit.public_id for unit in town.units],
        Facet.SKILL: [normalise(name) for name in SKILLS],
        Facet.CITY: [normalise(name) for name in CITIES],
    }
    for _ in range(number):
        chosen = {
            facet: tuple(chance.sample(some, k=chance.choice((0, 0, 0, 1, 2))))
            for facet, some in values.items()
        }
        years = sorted((chance.randrange(2014, 2027), chance.randrange(2014, 2027)))
        narrows = chance.random() < 0.2
        yield Query(
            text=" ".join(chance.sample(WORDS, k=chance.choice((0, 1, 1, 1, 2)))),
            chosen=chosen,
            left_from=years[0] if narrows else None,
            left_to=years[1] if narrows else None,
            order=chance.choice((Order.ANSWERED, Order.NAME, Order.TENURE)),
            unfolded=frozenset(Facet),
        )


def check(town: Town, query: Query) -> Found:
    told = list(town.told.values())
    real, expected = compute(query, Cut(size=1000)), plain.found(told, query)
    assert real.person_ids == plain.in_order(expected, query.order), query
    assert real.total == len(expected), query
    for shown in real.facets:
        counted = {choice.value: choice.n for choice in shown.choices if choice.n}
        assert counted == plain.counts(told, query, shown.facet), (query, shown.facet)
    return real


def test_ids_totals_facets_and_order_are_those_of_a_plain_search(town: Town) -> None:
    totals = [check(town, query).total for query in queries(town, number=QUERIES, seed=11)]
    assert sum(total > 0 for total in totals) > QUERIES / 3
    for query in queries(town, number=12, seed=13):
        keeps_its_promises(query)


def keeps_its_promises(query: Query) -> None:
    """Each value of a facet finds as many as it says."""
    for shown in compute(query, Cut()).facets:
        for choice in shown.choices[:3]:
            only = replace(query, chosen={**query.chosen, shown.facet: (choice.value,)})
            assert compute(only, Cut()).total == choice.n, (query, choice)


def test_they_stay_so_while_people_change_and_leave(town: Town) -> None:
    check(
        town, replace(EMPTY, unfolded=frozenset(Facet))
    )  # the columns are read before the changes, and patched by them
    chance = Random(3)
    for turn, query in enumerate(queries(town, number=40, seed=12)):
        change(town, chance.choice(list(town.told)), turn)
        check(town, query)


def change(town: Town, person_id: int, turn: int) -> None:
    one = town.told[person_id]
    with town.make.work():
        if turn % 4 == 0:
            db.session.execute(
                delete(StandingConsent).where(
                    StandingConsent.person_id == person_id,
                    StandingConsent.purpose == Purpose.RECRUITER_CONTACT,
                )
            )
            one = replace(one, is_gone=True)
        elif turn % 4 == 1:
            person = db.session.get_one(Person, person_id)
            people.rename(person, "Åke", f"Nyström{turn}", by=SYSTEM)
            one = replace(one, name=person.name, sort_key=person.sort_key)
        else:
            headline = f"{TITLES[turn % 10]} i Kiruna"
            changed = update(Profile).where(Profile.person_id == person_id)
            db.session.execute(changed.values(headline=headline, headline_for="recruiters"))
            db.session.expire_all()
            one = replace(one, headline=headline)
        town.told[person_id] = one
        network.note_profile_change([person_id])


def test_walking_by_keyset_is_the_whole_list_and_back(town: Town) -> None:
    """At one moment: an answer that grows old between two pages goes further down."""
    with time_machine.travel(clock.now(), tick=False):
        for order in Order:
            walk(replace(EMPTY, text="projektledare", order=order))
        sums_are_told()


def test_who_grows_old_between_two_pages_may_come_twice_but_nobody_is_passed_over(
    town: Town,
) -> None:
    query = replace(EMPTY, text="projektledare", order=Order.POINTS)
    seen, still = list[int](), list[int]()
    after, now = None, clock.now()
    for page_number in range(100):
        with time_machine.travel(now + timedelta(days=2 * page_number), tick=False):
            page = compute(query, Cut(after=after, size=7))
            seen += page.person_ids
            after = page.next
            if after is None:
                still = compute(query, Cut(size=1000)).person_ids
                break
    assert after is None
    assert len(still) > 20
    assert len(seen) > len(set(seen))  # somebody did grow old meanwhile
    assert set(still) <= set(seen)


def walk(query: Query) -> None:
    whole = compute(query, Cut(size=1000)).person_ids
    seen: list[int] = []
    after, last = None, None
    while True:
        page = compute(query, Cut(after=after, size=7))
        seen += page.person_ids
        last, after = page, page.next
        if after is None:
            break
    assert seen == whole
    assert len(whole) > 20
    back = compute(query, Cut(before=last.previous, size=7))
    assert back.person_ids == whole[: -len(last.person_ids)][-7:]


def sums_are_told() -> None:
    """The points in the order by points are the sums of the reasons at the hits."""
    query = replace(EMPTY, text="projektledare malmö", order=Order.POINTS)
    for asked in (
        query,
        replace(query, text="", chosen={**EMPTY.chosen, Facet.SKILL: ("python",)}),
    ):
        found = compute(asked, Cut(size=1000))
        points = [hit.points for hit in hits(current(), found.person_ids, found.sought)]
        assert len(points) == found.total > 3
        assert points == sorted(points, reverse=True)
        assert len(set(points)) > 2
