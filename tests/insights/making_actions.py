"""Actions for tests."""

from datetime import date
from typing import Any

from alumni_portal.accounts.models import Account
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.insights import queries, services
from alumni_portal.insights.models import Action
from alumni_portal.people.models import Person
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
    """Tell everybody about an action."""
    with make.work():
        found = queries.action(made.public_id)
        assert found is not None
        services.publish(found, services.Told(**{**WORDS, **more}), by=SYSTEM)
    return made
