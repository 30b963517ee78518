"""Letters about newsletters: the HR lead is told of the large ones."""

from collections.abc import Sequence

from alumni_portal.core import formats
from alumni_portal.core.permissions import Actor
from alumni_portal.core.rendering import link
from alumni_portal.mail import services as mail
from alumni_portal.newsletters.models import Newsletter
from alumni_portal.newsletters.rules import HELD
from alumni_portal.people.models import Person


def tell_of_many(people: Sequence[Person], title: str, number: int, *, by: Actor) -> None:
    """Tell each of these that a newsletter goes to many; whoever sent it knows already."""
    told = {"title": title, "number": number, "by": by.name, "url": link("newsletters.manage")}
    others = [one for one in people if one.id != by.person_id]
    mail.tell_at_work(others, "newsletters/many", lambda _one: told)


def ask_about_held(people: Sequence[Person], newsletter: Newsletter) -> None:
    """Ask these people what should become of a newsletter that did not go when it was planned."""
    url = link("newsletters.plan", public_id=newsletter.public_id)
    mail.tell_at_work(
        people,
        "newsletters/held",
        lambda _one: {
            "title": newsletter.title,
            "why": str(HELD[newsletter.held_why]) if newsletter.held_why else "",
            "planned": formats.date_time(newsletter.planned_at),
            "url": url,
        },
    )
