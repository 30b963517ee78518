"""Cases for tests of offboarding: open one, change it, look at it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from alumni_portal.core.db import db
from alumni_portal.core.permissions import COMMAND_LINE as HR
from alumni_portal.core.permissions import Actor
from alumni_portal.offboarding import services
from alumni_portal.offboarding.models import Case, CaseTask
from alumni_portal.offboarding.queries import cases as queries
from alumni_portal.offboarding.queries import links
from alumni_portal.people.models import Employment
from tests.support.letters import Outbox
from tests.support.make import Make

PRIVATE = "elin@post.example"


def load(public_id: str) -> Case:
    """Return a case with all that services need. Call it inside the application."""
    found = queries.find(Case.public_id == public_id)
    assert found is not None
    return found


def task(case: Case, key: str) -> CaseTask:
    return next(one for one in case.tasks if one.key == key)


def open_for(make: Make, employment: Employment, *, by: Actor = HR) -> str:
    """Open the case of somebody who leaves and return its public id."""
    with make.work():
        case = services.open_case(db.session.merge(employment, load=False), by=by)
        assert case is not None
        return case.public_id


def change(make: Make, public_id: str, what: Callable[..., Any], *args: Any, **more: Any) -> None:
    """Let a service change a case."""
    with make.work():
        what(load(public_id), *args, by=HR, **more)


@dataclass
class Leaver:
    """Somebody who leaves, the case, and the letters they get."""

    make: Make
    outbox: Outbox
    public_id: str
    address: str
    employment: Employment

    def link(self) -> str:
        """Send the link to the leaver's page and return its path."""
        change(self.make, self.public_id, services.send_link)
        return self.outbox.letters()[-1].link.removeprefix("http://localhost")

    def proof(self, typed: str = PRIVATE) -> str:
        """Give a private address and return the path of the link that proves it."""
        change(self.make, self.public_id, services.give_address, typed)
        return self.outbox.last(typed).link.removeprefix("http://localhost")


def leaver(make: Make, outbox: Outbox, **more: Any) -> Leaver:
    """Make somebody who leaves, with an open case."""
    employment = make.leaver(**more)
    public_id = open_for(make, employment)
    with make.work():
        addresses = [a.address for a in links.addresses_of(load(public_id).person_id)]
    return Leaver(make, outbox, public_id, addresses[0], employment)
