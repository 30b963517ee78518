"""The one list of reactions, panels, menus and rights to receive: who answers to whom."""

from collections.abc import Callable, Collection
from typing import Any

from flask_babel import lazy_gettext as _l

from alumni_portal.core.panels import Maker, MenuItem

#: What happened → who reacts, in this order, in the same transaction.
FACTS: dict[type, list[Callable[[Any], None]]] = {}

#: Place on a page → who may draw there, in this order.
PANELS: dict[str, list[Maker]] = {}

#: Purpose of a mailing → which of these people may receive it now.
MAY_RECEIVE: dict[str, Callable[[Collection[int]], set[int]]] = {}

MENUS: dict[str, list[MenuItem]] = {
    "alumni": [
        MenuItem(endpoint="home.alumnus", label=_l("Hem"), icon="home"),
    ],
    "staff": [
        MenuItem(endpoint="home.staff", label=_l("Översikt"), icon="layout-dashboard"),
    ],
    "footer": [
        MenuItem(endpoint="home.privacy", label=_l("Så hanterar vi dina uppgifter"), icon="lock"),
        MenuItem(endpoint="home.accessibility", label=_l("Tillgänglighet"), icon="accessible"),
        MenuItem(endpoint="home.contact", label=_l("Kontakta oss"), icon="mail"),
    ],
}

__all__ = ["FACTS", "MAY_RECEIVE", "MENUS", "PANELS", "_l"]
