"""Asking whether a link answers, without ever being led inside (S40).

A name is looked up once, all its addresses must be public, and the connection goes to the address
that was looked at: a second look-up cannot swap it. Every redirect is judged as the link was.
"""

import ssl
from collections.abc import Collection
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from socket import SHUT_RDWR, SOCK_STREAM, create_connection, getaddrinfo
from threading import Timer
from urllib.parse import urljoin, urlsplit

from alumni_portal.newsletters.rules import LinkState, is_public, may_be_asked, state_of

#: Seconds for one step, and for one answer with all its steps.
_PATIENCE, _LONGEST = 5.0, 10.0
_REDIRECTS = 3
_AGENT = "Alumni-Portal (checks links before a newsletter is sent)"
#: Machines that may be asked though they are not public: host and port, plain HTTP. For tests.
Also = Collection[tuple[str, int]]


@dataclass(frozen=True)
class Reached:
    """What came of asking for a link."""

    state: LinkState
    answer: str


class _Inside(Exception):
    """An address that is not asked."""


class _Pinned(HTTPConnection):
    """A connection to one address, whatever its name leads to by now."""

    def __init__(self, host: str, port: int, address: str, *, secure: bool) -> None:
        super().__init__(host, port, timeout=_PATIENCE)
        self._address, self._secure = address, secure

    def connect(self) -> None:
        """Connect, and speak TLS with the certificate checked against the name."""
        self.sock = create_connection((self._address, self.port), _PATIENCE)
        if self._secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def reach(url: str, *, also: Also = ()) -> Reached:
    """Return whether a link answers; it is asked for its head, and for itself when that fails."""
    try:
        for _step in range(_REDIRECTS + 1):
            status, further = _asked(url, also)
            if not further:
                return Reached(state_of(status), str(status))
            url = urljoin(url, further)
    except _Inside:
        return Reached(LinkState.NOT_ASKED, "")
    except (OSError, HTTPException, ValueError) as error:
        return Reached(LinkState.SILENT, type(error).__name__)
    return Reached(LinkState.MISSING, "redirects")


def _asked(url: str, also: Also) -> tuple[int, str]:
    """Return the status of an address and where it leads on, if it does."""
    status, further = _said("HEAD", url, also)
    if further or state_of(status) is LinkState.ANSWERS:
        return status, further
    return _said("GET", url, also)


def _said(method: str, url: str, also: Also) -> tuple[int, str]:
    found = urlsplit(url)
    host = found.hostname or ""
    is_one_of_ours = found.scheme == "http" and (host, found.port or 80) in also
    if not (is_one_of_ours or may_be_asked(url)):
        raise _Inside
    port = found.port or 443
    address = host if is_one_of_ours else _address_of(host, port)
    line = _Pinned(host, port, address, secure=not is_one_of_ours)
    clock = Timer(_LONGEST, _cut, [line])
    clock.start()
    try:
        path = (found.path or "/") + (f"?{found.query}" if found.query else "")
        line.request(method, path, headers={"User-Agent": _AGENT, "Accept": "*/*"})
        return _status_of(line.getresponse())
    finally:
        clock.cancel()
        line.close()


def _status_of(response: HTTPResponse) -> tuple[int, str]:
    """Return status and where it leads; the body is never read."""
    leads_on = response.status in {301, 302, 303, 307, 308}
    return response.status, (response.headers.get("Location", "") if leads_on else "")


def _address_of(host: str, port: int) -> str:
    found = [str(one[4][0]) for one in getaddrinfo(host, port, type=SOCK_STREAM)]
    if not found or not all(map(is_public, found)):
        raise _Inside
    return found[0]


def _cut(line: HTTPConnection) -> None:
    """End a connection that takes too long as a whole, though each of its steps is quick."""
    if line.sock is not None:
        try:
            line.sock.shutdown(SHUT_RDWR)
        except OSError:  # over already
            return
