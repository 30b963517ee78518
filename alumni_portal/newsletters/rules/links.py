"""Links in a newsletter: which addresses may be looked at, and what an answer means."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

#: So many links of a letter are looked at, and so long an answer is believed.
MOST = 30
FRESH = timedelta(days=1)
#: Answers that mean that something is there, though not for machines or not without signing in.
_BEHIND_A_DOOR = frozenset({401, 403, 405, 429, 999})
#: Names that never lead anywhere (RFC 2606, RFC 6761) or only to this machine's own net.
_NO_NAMES = ("example", "invalid", "test", "localhost", "local", "internal", "onion")
_NAT64 = IPv6Address("64:ff9b::")


class LinkState(StrEnum):
    """What is known of a link."""

    ANSWERS = "answers"
    #: There, and says that the page is not.
    MISSING = "missing"
    SILENT = "silent"
    #: Not https, or leads to somewhere that we do not ask.
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Link:
    """A link of a newsletter and what is known of it; no state: not looked at yet."""

    url: str
    block: str
    state: LinkState | None = None
    answer: str = ""
    #: Leads to a page of the portal itself.
    is_own: bool = False


#: States in which a reader who follows a link finds nothing.
_DEAD = frozenset({LinkState.MISSING, LinkState.SILENT})


def has_died(state: LinkState | None, then: LinkState | None) -> bool:
    """Say whether a link leads to nothing now and did not when its letter was planned.

    Whoever plans a letter is told of links that do not answer: what was so then is a choice.
    """
    return state in _DEAD and then not in _DEAD


def state_of(status: int) -> LinkState:
    """Return what an HTTP status says of a link (RFC 9110)."""
    is_there = status < 400 or status in _BEHIND_A_DOOR
    return LinkState.ANSWERS if is_there else LinkState.MISSING


def may_be_asked(url: str) -> bool:
    """Say whether a link is one that we ask at all: https, the usual port, a public name."""
    try:
        found = urlsplit(url)
        port = found.port
    except ValueError:
        return False
    host = (found.hostname or "").rstrip(".").casefold()
    return (
        found.scheme == "https"
        and port in {None, 443}
        and not found.username
        and not found.password
        and "." in host
        and host.rpartition(".")[2] not in _NO_NAMES
    )


def is_public(address: str) -> bool:
    """Say whether an address lies on the open internet (S40): nothing inside, in any disguise."""
    try:
        found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if found.teredo or int(found) >> 32 == int(_NAT64) >> 32:
            return False
        found = inner or found
    return found.is_global and not found.is_multicast and not found.is_reserved
