"""What the demo shows of actions: every state, and one theme that visibly improved."""

from flask import Flask
from sqlalchemy import select

from alumni_portal.core.db import db
from alumni_portal.insights import queries
from alumni_portal.insights.models import Action, ActionState
from alumni_portal.insights.rules.effects import Verdict
from tests.support.browser import Browser


def test_there_is_an_action_in_every_state_and_one_is_late(inside: Flask) -> None:
    assert set(db.session.scalars(select(Action.state))) == set(ActionState)
    assert queries.count_overdue() >= 1


def test_one_theme_has_visibly_improved_and_everybody_can_read_it(
    inside: Flask, browser: Browser
) -> None:
    told = queries.published()
    better = [one for one in told if queries.effects_of([one])[one.id].verdict is Verdict.FEWER]
    assert [one.theme for one in better] == ["workload"]
    page = browser.get("insights.what_changed")
    assert "Färre slutar mest av det skälet, och det är mer än slumpen ger." in page
