"""Pieces of a page that a higher slice adds to a lower one's page, and the menus."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, current_app, render_template, request, url_for
from flask_babel import LazyString
from markupsafe import Markup

from alumni_portal.core.permissions import Actor, Permission, allows, current_actor, needed_by


@dataclass(frozen=True)
class Panel:
    """One drawn piece: a template and what it shows."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


Maker = Callable[[Actor, Any], Panel | None]
Places = Mapping[str, Sequence[Maker]]


@dataclass(frozen=True, kw_only=True)
class MenuItem:
    """One line of a menu. Who may not open its page does not see it."""

    endpoint: str
    label: LazyString
    icon: str
    section: LazyString | None = None
    #: How many things wait there; nothing is shown for none.
    waiting: Callable[[Actor], int] | None = None
    #: Endpoints (or their beginnings) that count as being here.
    here: tuple[str, ...] = ()
    permission: Permission | None = None


@dataclass(frozen=True)
class MenuLine:
    """A menu item as one page shows it."""

    label: str
    url: str
    icon: str
    current: bool
    count: int
    section: str


def install(app: Flask, places: Places, menus: Mapping[str, Sequence[MenuItem]]) -> None:
    """Give an application its one table of panels and of menus."""
    app.extensions["alumni_portal.panels"] = places
    app.extensions["alumni_portal.menus"] = menus
    app.jinja_env.globals.update(panels=draw, menu=menu)


def draw(place: str, subject: object = None) -> list[Markup]:
    """Return the drawn panels of a place, in the order of the table, empty ones left out."""
    places: Places = current_app.extensions["alumni_portal.panels"]
    actor = current_actor()
    made = (make(actor, subject) for make in places.get(place, ()))
    return [Markup(render_template(p.template, **p.context)) for p in made if p]


def menu(shell: str) -> list[MenuLine]:
    """Return the lines of a shell's menu that the reader of this page may open."""
    menus: Mapping[str, Sequence[MenuItem]] = current_app.extensions["alumni_portal.menus"]
    actor = current_actor()
    return [_line(item, actor) for item in menus.get(shell, ()) if _may_open(item, actor)]


def _may_open(item: MenuItem, actor: Actor) -> bool:
    if item.permission is not None:
        return actor.may(item.permission)
    needed = needed_by(current_app, item.endpoint)
    return needed is not None and allows(actor, needed)


def _line(item: MenuItem, actor: Actor) -> MenuLine:
    endpoint = request.endpoint or ""
    return MenuLine(
        label=str(item.label),
        url=url_for(item.endpoint),
        icon=item.icon,
        current=endpoint == item.endpoint or endpoint.startswith(item.here or ("\0",)),
        count=item.waiting(actor) if item.waiting else 0,
        section=str(item.section or ""),
    )
