"""What came of an action: from releases alone, before it and wholly after it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask

from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.insights import queries
from alumni_portal.insights.models import Action, ActionState
from alumni_portal.insights.rules.effects import Verdict
from tests.insights.making_actions import DONE, action, leavers, published, released
from tests.support.browser import Browser
from tests.support.make import Make

FIRST, LAST = "2023Q4", "2025Q3"
MANY = leavers(FIRST, 60, 90)


def over(make: Make, *, begun: date, closed: date | None, **more: Any) -> Action:
    """Make an action that began and was closed on days long past."""
    made = action(make, **more)
    with make.work():
        row = db.session.get_one(Action, made.id)
        row.begun_on, row.closed_on = begun, closed
        if closed:
            row.state, row.done_sv, row.done_en = ActionState.DONE, *DONE.values()
    return made


def effect(make: Make, made: Action) -> queries.Effect:
    with make.work():
        found = queries.action(made.public_id)
        assert found is not None
        return queries.effects_of([found])[found.id]


@pytest.mark.both_databases
def test_a_theme_that_fewer_name_after_the_action_has_improved(make: Make) -> None:
    released(make, *MANY, *leavers(LAST, 20, 130), quarters=[FIRST, LAST])
    made = over(make, begun=date(2024, 2, 1), closed=date(2024, 8, 1))
    found = effect(make, made)
    assert (found.verdict, found.before, found.after) == (Verdict.FEWER, FIRST, LAST)
    assert found.change is not None
    assert (found.change.before.share, found.change.after.share) == (0.4, 0.15)
    assert found.change.difference.high < 0


@pytest.mark.parametrize(
    ("begun", "closed", "verdict"),
    [
        (date(2024, 2, 1), None, Verdict.NOT_YET),
        (date(2024, 2, 1), date(2024, 11, 1), Verdict.NOT_YET),
        (date(2023, 11, 1), date(2024, 8, 1), Verdict.NO_BEFORE),
        (date(2024, 2, 1), date(2024, 8, 1), Verdict.FEWER),
    ],
)
def test_only_releases_wholly_before_and_wholly_after_count(
    make: Make, begun: date, closed: date | None, verdict: Verdict
) -> None:
    """A release looks back on four quarters: closed in 2024Q3, it counts from 2025Q3 on."""
    released(make, *MANY, *leavers(LAST, 20, 130), quarters=[FIRST, LAST])
    assert effect(make, over(make, begun=begun, closed=closed)).verdict is verdict


def test_a_small_change_is_not_called_one(make: Make) -> None:
    released(make, *MANY, *leavers(LAST, 52, 98), quarters=[FIRST, LAST])
    made = over(make, begun=date(2024, 2, 1), closed=date(2024, 8, 1))
    assert effect(make, made).verdict is Verdict.SAME


def test_a_hidden_side_cannot_be_told(make: Make) -> None:
    released(make, *MANY, *leavers(LAST, 2, 3), quarters=[FIRST, LAST])
    made = over(make, begun=date(2024, 2, 1), closed=date(2024, 8, 1))
    assert effect(make, made).verdict is Verdict.TOO_FEW


def test_what_was_given_up_has_no_effect(make: Make) -> None:
    released(make, *MANY, *leavers(LAST, 20, 130), quarters=[FIRST, LAST])
    made = over(make, begun=date(2024, 2, 1), closed=date(2024, 8, 1))
    with make.work():
        db.session.get_one(Action, made.id).state = ActionState.DROPPED
    assert effect(make, made).verdict is Verdict.NOTHING


def test_without_any_release_nothing_is_told(inside: Flask, make: Make) -> None:
    made = over(make, begun=date(2024, 2, 1), closed=date(2024, 8, 1))
    assert effect(make, made).verdict is Verdict.NO_BEFORE
    assert queries.effects_of([]) == {}


def test_the_page_says_the_share_before_and_after_with_its_interval(
    browser: Browser, make: Make
) -> None:
    released(make, *MANY, *leavers(LAST, 20, 130), quarters=[FIRST, LAST])
    made = over(make, begun=date(2024, 2, 1), closed=date(2024, 8, 1))
    page = browser.as_(make.staff(Role.HR)).get("insights.action", public_id=made.public_id)
    assert "Andel 40\u00a0% → 15\u00a0%" in page.html
    assert "Färre slutar mest av det skälet, och det är mer än slumpen ger." in page
    published(make, made)
    public = browser.another().get("insights.what_changed")
    assert "ungefär 40\u00a0%" in public.html


def test_what_is_about_one_unit_is_for_hr_only(browser: Browser, make: Make) -> None:
    """A10: a manager sees no figure of a unit here; the public page neither."""
    unit = make.unit("Norr", parent=make.unit("Sundmark"))
    everybody = (*MANY, *leavers(LAST, 20, 130))
    rows = [replace(one, unit_path=("company", unit.public_id)) for one in everybody]
    released(make, *rows, quarters=[FIRST, LAST])
    made = over(make, begun=date(2024, 2, 1), closed=date(2024, 8, 1), unit_id=unit.id)
    assert effect(make, made).verdict is Verdict.FEWER
    published(make, made)
    manager = browser.as_(make.staff(Role.MANAGER))
    page = manager.get("insights.action", public_id=made.public_id)
    assert "Gäller en avdelning. HR ser siffran." in page
    assert "ungefär" not in browser.another().get("insights.what_changed")
