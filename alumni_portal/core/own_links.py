"""Addresses of the portal itself: where they lead, asked of its own map, never over a network."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from flask import current_app
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from alumni_portal.core.installation import settings
from alumni_portal.core.permissions import PUBLIC, SIGNED_IN, Permission, needed_by


@dataclass(frozen=True)
class OwnPage:
    """A page of the portal, and what stands in its address."""

    endpoint: str
    values: dict[str, str]


def is_own(url: str) -> bool:
    """Say whether an address is one of the portal's."""
    base = settings().base_url.rstrip("/")
    return url == base or url.startswith((f"{base}/", f"{base}?", f"{base}#"))


def own_page(url: str, held: frozenset[Permission]) -> OwnPage | None:
    """Return the page that an address of the portal leads to, for a reader who holds these rights.

    Nothing when there is no such page, or it is not for them.
    """
    rest = urlsplit(url)
    adapter = current_app.url_map.bind(rest.netloc, url_scheme=rest.scheme)
    try:
        endpoint, values = adapter.match(unquote(rest.path) or "/", method="GET")
    except (HTTPException, RequestRedirect):
        return None
    needed = needed_by(current_app, endpoint)
    is_for_them = needed in {PUBLIC, SIGNED_IN} or bool(
        needed and held.intersection(needed.permissions)
    )
    return OwnPage(endpoint, dict(values)) if is_for_them else None
