"""What other pages show of newsletters."""

from datetime import timedelta

from alumni_portal.audiences.models import Segment
from alumni_portal.core import clock, language
from alumni_portal.core.panels import Panel
from alumni_portal.core.permissions import Actor, Permission
from alumni_portal.newsletters import queries, services

_FRESH = timedelta(days=120)


def latest_letter(actor: Actor, subject: object) -> Panel | None:
    """Show an alumnus the latest newsletter, while it is news."""
    del subject
    if not actor.may(Permission.HOME_ALUMNUS):
        return None
    letter = queries.latest(clock.now() - _FRESH, actor)
    if letter is None:
        return None
    return Panel(
        "newsletters/latest.html",
        {"letter": letter, "head": services.head_for(letter, language.current(), actor.name)},
    )


def letters_to(actor: Actor, subject: Segment) -> Panel | None:
    """Show who keeps segments the letters that go, or went, to one."""
    letters = queries.letters_to(subject.id) if actor.may(Permission.AUDIENCES_WRITE) else []
    return Panel("newsletters/to_segment.html", {"letters": letters}) if letters else None
