"""What other pages show of newsletters."""

from datetime import timedelta

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
