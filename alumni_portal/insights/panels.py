"""What other pages show of actions."""

from alumni_portal.core import access_log
from alumni_portal.core.access_log import Look
from alumni_portal.core.panels import Panel
from alumni_portal.core.permissions import Actor, Permission
from alumni_portal.insights import queries

_SHOWN = 3


def tell_me(actor: Actor, subject: object) -> Panel | None:
    """Let a leaver who has answered ask to be told: by a link that says nothing of who that is."""
    del actor, subject
    return Panel("insights/tell_me_panel.html", {"token": queries.ask_token()})


def overdue_actions(actor: Actor, subject: object) -> Panel | None:
    """Show HR the actions that are late."""
    del subject
    if not actor.may(Permission.EXIT_ACTIONS_WRITE) or not queries.count_overdue():
        return None
    late = queries.overdue_first(limit=_SHOWN)
    access_log.listed(actor, [one.owner_id for one in late], Look.PERSON_LIST)
    return Panel("insights/overdue.html", {"late": late, "theme_name": queries.theme_name})
