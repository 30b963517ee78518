"""The one list of reactions, panels, menus and rights to receive: who answers to whom."""

from alumni_portal.wiring.menus import MENUS
from alumni_portal.wiring.places import PANELS
from alumni_portal.wiring.reactions import FACTS, MAY_RECEIVE

__all__ = ["FACTS", "MAY_RECEIVE", "MENUS", "PANELS"]
