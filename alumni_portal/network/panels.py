"""What other pages show of the network."""

from alumni_portal.core import access_log
from alumni_portal.core.access_log import Look
from alumni_portal.core.panels import Panel
from alumni_portal.core.permissions import Actor, Permission
from alumni_portal.network import queries, rules
from alumni_portal.network.rules import Step
from alumni_portal.people.models import Person

_SHOWN = 3


def colleagues_from_your_time(actor: Actor, subject: object) -> Panel | None:
    """Show the members with whom an alumnus shared the longest time."""
    del subject
    if not actor.may(Permission.HOME_ALUMNUS) or actor.person_id is None:
        return None
    times = queries.from_the_time_of(actor.person_id)
    access_log.listed(actor, [one.person_id for one in times[:_SHOWN]], Look.DIRECTORY)
    return Panel("network/mates.html", {"mates": times[:_SHOWN], "total": len(times)})


def profile_todo(actor: Actor, subject: object) -> Panel | None:
    """Show how far an alumnus's own profile is, and the next step."""
    del subject
    if not actor.may(Permission.HOME_ALUMNUS) or actor.person_id is None:
        return None
    person_id = actor.person_id
    profile = queries.profile_of(person_id)
    left = rules.steps_left(queries.filled_by(person_id))
    return Panel(
        "network/todo.html",
        {"left": left, "done": len(Step) - len(left), "total": len(Step), "profile": profile},
    )


def of_person(actor: Actor, person: Person) -> Panel | None:
    """Show HR whether somebody is in the directory and how fresh the profile is."""
    if not actor.may(Permission.DIRECTORY_READ):
        return None
    confirmed_at = queries.listed_since(person.id)
    if confirmed_at is None:
        return None
    return Panel("network/of_person.html", {"person": person, "confirmed_at": confirmed_at})
