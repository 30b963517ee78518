"""Openings written, published, closed and filled, on both databases."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from alumni_portal.core import clock
from alumni_portal.core.audit import AuditEntry
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.openings import facts, queries, services
from alumni_portal.openings.models import OpeningState
from tests.openings.making import CRITERIA, now, opening, terms
from tests.support.letters import run_jobs
from tests.support.make import Make, days

pytestmark = pytest.mark.both_databases
#: What a question about earlier pay would be called.
EARLIER = ("previous", "earlier", "former", "current", "history", "salary", "wage")


def told(app: Flask, kind: type) -> list[Any]:
    """Return the list into which facts of a kind are put from now on."""
    heard: list[Any] = []
    table = dict(app.extensions["alumni_portal.facts"])
    app.extensions["alumni_portal.facts"] = {**table, kind: [heard.append]}
    return heard


def audited() -> list[str]:
    return list(db.session.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.seq)))


def test_a_draft_is_published_and_can_be_applied_for(inside: Flask, make: Make) -> None:
    published = told(inside, facts.OpeningPublished)
    made = opening(make)
    assert published == [facts.OpeningPublished((made.id,))]
    assert [one.id for one in queries.published()] == [made.id]
    assert queries.is_open(now(made))
    wanted = queries.skills_of([made.id])[made.id]
    assert [(one.name, one.weight) for one in wanted] == [("Relä och skydd", 3), ("AutoCAD", 1)]
    assert tuple(one.text for one in queries.criteria_of(made.id)) == CRITERIA
    assert audited()[-2:] == ["opening.drafted", "opening.published"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"pay_from": None}, "pay_from"),
        ({"pay_to": None}, "pay_to"),
        ({"agreement": "  "}, "agreement"),
        ({"criteria": (" ",)}, "criteria"),
        ({"closes_on": None}, "closes_on"),
    ],
)
def test_without_pay_agreement_or_criteria_nothing_is_published(
    inside: Flask, make: Make, changes: dict[str, Any], field: str
) -> None:
    made = opening(make, state=OpeningState.DRAFT, **changes)
    with pytest.raises(Refusal) as refused, make.work():
        services.publish(now(made), by=SYSTEM)
    assert refused.value.field == field
    assert now(made).state is OpeningState.DRAFT
    assert queries.published() == []


def test_criteria_are_fixed_at_publishing_and_all_else_can_be_mended(
    inside: Flask, make: Make
) -> None:
    made = opening(make)
    as_it_is = services.terms_of(now(made))
    with pytest.raises(Refusal) as refused, make.work():
        services.change(now(made), replace(as_it_is, criteria=("Annat krav",)), by=SYSTEM)
    assert refused.value.field == "criteria"
    with pytest.raises(Refusal) as refused, make.work():
        services.change(now(made), replace(as_it_is, pay_to=None), by=SYSTEM)
    assert refused.value.field == "pay_to"
    with make.work():
        services.change(now(made), replace(as_it_is, closes_on=days(50)), by=SYSTEM)
    assert now(made).closes_on == days(50)
    assert tuple(one.text for one in queries.criteria_of(made.id)) == CRITERIA


def test_a_closed_opening_is_neither_changed_nor_published_nor_closed_again(
    inside: Flask, make: Make
) -> None:
    closed = told(inside, facts.OpeningClosed)
    made = opening(make, state=OpeningState.CLOSED)
    assert closed == [facts.OpeningClosed((made.id,))]
    as_it_is = services.terms_of(now(made))
    with pytest.raises(Conflict), make.work():
        services.change(now(made), as_it_is, by=SYSTEM)
    for again in (services.publish, services.close):
        with pytest.raises(Conflict), make.work():
            again(now(made), by=SYSTEM)
    assert now(made).state is OpeningState.CLOSED


def test_a_filled_opening_is_filled_once(inside: Flask, make: Make) -> None:
    closed = told(inside, facts.OpeningClosed)
    made = opening(make, state=OpeningState.FILLED)
    with make.work():
        services.note_filled(now(made), by=SYSTEM)
    assert now(made).state is OpeningState.FILLED
    assert closed == [facts.OpeningClosed((made.id,))]
    draft = opening(make, state=OpeningState.DRAFT)
    with pytest.raises(Conflict), make.work():
        services.note_filled(now(draft), by=SYSTEM)


def test_the_clock_closes_what_is_past_and_leaves_the_rest(inside: Flask, make: Make) -> None:
    soon = opening(make, closes_on=days(5))
    later = opening(make, closes_on=days(60))
    with time_machine.travel(clock.now() + timedelta(days=5), tick=False):
        run_jobs(inside)
        assert now(soon).state is OpeningState.PUBLISHED, "the last day itself counts"
    with time_machine.travel(clock.now() + timedelta(days=6, hours=2), tick=False):
        run_jobs(inside)
        assert now(soon).state is OpeningState.CLOSED
        assert now(later).state is OpeningState.PUBLISHED
        assert audited()[-1] == "openings.closed"


def test_terms_come_back_as_they_were_given(inside: Flask, make: Make) -> None:
    unit, recruiter = make.unit(), make.person("Karin Alm")
    given = terms(unit, recruiter, workplace="Luleå", names_recruiter=True, seats=2)
    with make.work():
        made = services.draft(given, by=SYSTEM)
    back = services.terms_of(made)
    assert replace(back, criteria=CRITERIA, skills=given.skills) == given
    assert tuple(back.criteria) == CRITERIA
    assert list(back.skills) == list(given.skills)


def test_no_column_asks_what_somebody_earned_before() -> None:
    tables = [db.metadata.tables[n] for n in ("opening", "opening_skill", "opening_criterion")]
    names = [column.name for table in tables for column in table.columns]
    assert {"pay_from", "pay_to"} <= set(names)
    assert not [name for name in names if any(word in name.split("_") for word in EARLIER)]
