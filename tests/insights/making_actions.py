"""Actions for tests."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from alumni_portal.accounts.models import Account
from alumni_portal.core.db import db
from alumni_portal.core.permissions import COMMAND_LINE, SYSTEM, Role
from alumni_portal.exit_interviews.rules import ReleaseRow
from alumni_portal.insights import queries, services
from alumni_portal.insights.models import Action
from alumni_portal.insights.rules.telltales import print_of
from alumni_portal.people.models import Person
from tests.insights.leavers import row
from tests.support.make import Make, days

GOAL = "Högst 15 medarbetare per chef"
DONE = {"done_sv": "Vi har delat de tre största grupperna.", "done_en": "We split three teams."}
WORDS = {
    "heard_sv": "Många hade för lite tid med chefen.",
    "heard_en": "Many had too little time with their manager.",
    "done_sv": "Vi har delat de tre största grupperna.",
    "done_en": "We have split the three largest teams.",
}


def plan(owner: str, **more: Any) -> services.Plan:
    return services.Plan(
        **{
            "theme": "leadership",
            "heard": "Många beskriver för stora grupper.",
            "goal": GOAL,
            "measure": "",
            "owner": owner,
            "due_on": days(60),
            **more,
        }
    )


def action(make: Make, *, owner: Account | None = None, **more: Any) -> Action:
    """Make an action; its owner is a manager unless somebody is given."""
    owner = owner or make.staff(Role.MANAGER, name="Anders Ekdahl")
    with make.work():
        person = db.session.get_one(Person, owner.person_id)
        made = services.make(plan(person.public_id, **more), by=SYSTEM)
    return made


def late(make: Make, *, due_on: date, **more: Any) -> Action:
    """Make an action whose day has passed."""
    made = action(make, **more)
    with make.work():
        db.session.get_one(Action, made.id).due_on = due_on
    return made


def closed(make: Make, **more: Any) -> Action:
    """Make an action that is done; nobody has been told yet."""
    made = action(make, **more)
    with make.work():
        services.close(made.id, **DONE, by=SYSTEM)
    return made


def published(make: Make, made: Action, **more: Any) -> Action:
    """Tell everybody about an action; a release that backs its theme is made when there is none."""
    with make.work():
        has_any = queries.latest_release() is not None
    if not has_any:
        backed(make)
    with make.work():
        found = queries.action(made.public_id)
        assert found is not None
        one = services.ask_approval(found, services.Told(**{**WORDS, **more}), by=SYSTEM)
        services.approve(found, seen=print_of(services.words_of(one)), by=COMMAND_LINE)
    return made


def leavers(quarter: str, named: int, others: int, theme: str = "leadership") -> list[ReleaseRow]:
    """Return exits of a quarter: so many named a theme first, so many others something else."""
    themes = ["pay", "workload", "balance"]
    return [
        row(
            f"{quarter}-{number}",
            quarter=quarter,
            unit_path=("company", "north" if number % 2 else "south"),
            reasons=(theme if number < named else themes[number % 3],),
        )
        for number in range(named + others)
    ]


def released(make: Make, *rows: ReleaseRow, quarters: Sequence[str]) -> None:
    """Make releases from invented exits, one after the other."""
    themes = {code: code for code in ("leadership", "pay", "workload", "balance")}
    with make.work():
        services.release_series(list(rows), quarters, by=SYSTEM, theme_of=themes)


def backed(make: Make) -> None:
    """Make a release in which many people named the theme of leadership first."""
    released(make, *leavers("2024Q1", 40, 60), quarters=["2024Q1"])
