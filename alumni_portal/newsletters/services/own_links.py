"""Links of a newsletter to the portal itself: whether a member who follows them finds anything."""

from collections.abc import Mapping

from alumni_portal.core.own_links import OwnPage, own_page
from alumni_portal.core.permissions import MATRIX, Role
from alumni_portal.newsletters import queries
from alumni_portal.newsletters.rules import Kind, Link, LinkState

_MEMBER = MATRIX[Role.ALUMNUS]
#: Pages about one thing each, of which we know whether it is there.
_LISTED = {"openings.opening": Kind.OPENINGS, "events.event": Kind.EVENTS}
_LETTER = "newsletters.read"


def own_links(blocks: Mapping[str, str]) -> list[Link]:
    """Return what is known of links to the portal, by address with their block.

    There for a member, not there (or no longer on offer), or only a person can say.
    """
    pages = {url: own_page(url, _MEMBER) for url in blocks}
    there = _there([page for page in pages.values() if page])
    return [
        Link(url, blocks[url], _state(page, there) if page else LinkState.MISSING, is_own=True)
        for url, page in pages.items()
    ]


def _there(pages: list[OwnPage]) -> set[str]:
    """Return the public ids of what is there to be read, in as few questions as there are kinds."""
    chosen: dict[str, list[str]] = {}
    for page in pages:
        if page.endpoint in _LISTED:
            chosen.setdefault(_LISTED[page.endpoint], []).append(page.values["public_id"])
    picks = queries.listed(chosen).picks if chosen else {}
    letters = [page.values["public_id"] for page in pages if page.endpoint == _LETTER]
    on_offer = {ref for ref, pick in picks.items() if pick.off is None}
    return on_offer | (queries.sent_among(letters) if letters else set())


def _state(page: OwnPage, there: set[str]) -> LinkState:
    if not page.values:
        return LinkState.ANSWERS
    if page.endpoint != _LETTER and page.endpoint not in _LISTED:
        return LinkState.NOT_ASKED
    return LinkState.ANSWERS if page.values["public_id"] in there else LinkState.MISSING
