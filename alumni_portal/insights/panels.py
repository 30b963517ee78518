"""What other pages show of actions."""

from alumni_portal.core import access_log, audit
from alumni_portal.core.access_log import Look
from alumni_portal.core.panels import Panel
from alumni_portal.core.permissions import Actor, Permission
from alumni_portal.insights import queries
from alumni_portal.insights.rules.population import Place

_SHOWN = 3


def tell_me(actor: Actor, subject: object) -> Panel | None:
    """Let a leaver who has answered ask to be told: by a link that says nothing of who that is."""
    del actor, subject
    return Panel("insights/tell_me_panel.html", {"token": queries.ask_token()})


def prepare(actor: Actor, subject: str) -> Panel | None:
    """Show who holds a neutral talk what the latest release says about the unit."""
    latest = queries.latest_release()
    if latest is None:
        return None
    cells = queries.shares(latest, Place("unit", (subject,)))
    shown = sorted(
        ((theme, one.value) for theme, one in cells.items() if one.is_shown and one.value),
        key=lambda pair: -pair[1],
    )
    named = [(queries.theme_name(theme), value) for theme, value in shown]
    if not named:
        return None
    audit.record("release.read", by=actor, subject=latest.public_id, quarter=latest.quarter)
    return Panel("insights/prepare.html", {"shown": named[:_SHOWN], "quarter": latest.quarter})


def overdue_actions(actor: Actor, subject: object) -> Panel | None:
    """Show HR the actions that are late."""
    del subject
    if not actor.may(Permission.EXIT_ACTIONS_WRITE) or not queries.count_overdue():
        return None
    late = queries.overdue_first(limit=_SHOWN)
    access_log.listed(actor, [one.owner_id for one in late], Look.PERSON_LIST)
    return Panel("insights/overdue.html", {"late": late, "theme_name": queries.theme_name})
