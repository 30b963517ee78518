"""What other pages show of coming back."""

from dataclasses import dataclass

from flask import url_for

from alumni_portal.core import clock
from alumni_portal.core.charts.bars import bars
from alumni_portal.core.panels import Panel
from alumni_portal.core.permissions import Actor, Permission
from alumni_portal.openings.models import Opening
from alumni_portal.openings.queries import is_open
from alumni_portal.rehire import queries, rules
from alumni_portal.rehire.emails import token_of
from alumni_portal.rehire.forms.contact import STATES
from alumni_portal.rehire.forms.interest import FOLLOWS
from alumni_portal.rehire.models import Contact
from alumni_portal.rehire.queries import search


@dataclass(frozen=True)
class Got:
    """A letter that the reader of the page got, with where it is answered."""

    contact: Contact
    by: str
    title: str
    url: str


def own_answer(actor: Actor, subject: object) -> Panel | None:
    """Ask an alumnus on the home page whether they want to come back, with what they last said."""
    del subject
    if not actor.may(Permission.HOME_ALUMNUS) or actor.person_id is None:
        return None
    own = queries.own(actor.person_id)
    mine = own.interest
    return Panel(
        "rehire/ask.html",
        {
            "levels": rules.LEVELS,
            "follows": FOLLOWS,
            "mine": mine,
            "stands": mine is not None and rules.is_standing(mine.expires_at, clock.now()),
            "agreed": own.agrees_to_contact,
            "waiting": own.letters_waiting,
        },
    )


def answered(actor: Actor, subject: object) -> Panel | None:
    """Show those who look for candidates how many have answered what; numbers only."""
    del subject
    if not actor.may(Permission.CANDIDATES_SEARCH):
        return None
    found = queries.answered()
    if not any(found.values()):
        return None
    names = [(str(rules.LEVELS[level]), number) for level, number in found.items()]
    return Panel("rehire/answered.html", {"levels": bars(names)})


def candidates_for(actor: Actor, opening: Opening) -> Panel | None:
    """Show those who look for candidates how many have something that an opening wants."""
    if not actor.may(Permission.CANDIDATES_SEARCH):
        return None
    number = search.number_for(opening)
    return Panel("rehire/candidates_for.html", {"opening": opening, "number": number})


def how_found_for(actor: Actor, opening: Opening) -> Panel | None:
    """Lead an alumnus to what of their own profile gives points for an opening."""
    if not actor.may(Permission.HOME_ALUMNUS) or not is_open(opening):
        return None
    return Panel("rehire/how_found_for.html", {"opening": opening})


def letters(actor: Actor, subject: object) -> Panel | None:
    """Show a member who has written to them, each letter with its answer."""
    del subject
    if actor.person_id is None:
        return None
    got = [
        Got(
            one.contact,
            one.by.name,
            one.opening.title if one.opening else "",
            url_for("rehire.answer_contact", token=token_of(one.contact)),
        )
        for one in queries.received_by(actor.person_id)
    ]
    return Panel("rehire/received.html", {"letters": got, "states": STATES}) if got else None
