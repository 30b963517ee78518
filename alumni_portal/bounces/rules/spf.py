"""Whether a domain's SPF lets an address send: the record read as receivers read it (RFC 7208).

Macros are not worked out: what a record with one says cannot be told from here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

#: RFC 7208 4.6.4: more questions than this a receiver does not ask, nor follow more names.
MOST_LOOKUPS, MOST_NAMES = 10, 10
_RESULTS = {"+": "pass", "-": "fail", "~": "softfail", "?": "neutral"}
_ALONE = {"all", "a", "mx", "ptr"}

#: Name and kind of record → what stands there; nothing when there is none.
Ask = Callable[[str, str], list[str]]
Address = IPv4Address | IPv6Address


class Result(StrEnum):
    """What a record says of an address (RFC 7208 2.6)."""

    PASS = "pass"  # noqa: S105 - a word of SPF
    FAIL = "fail"
    SOFTFAIL = "softfail"
    NEUTRAL = "neutral"
    NONE = "none"
    #: The record is wrong, so that none of it counts.
    PERMERROR = "permerror"
    #: The record counts, but needs what only a real mail has (a macro).
    UNTOLD = "untold"


class Wrong(Exception):
    """A record that no receiver can follow."""


class Untold(Exception):
    """A record that asks for more than an address."""


def record_of(records: list[str]) -> str:
    """Return the one SPF record of a domain, empty when there is none. Raises Wrong for several."""
    found = [one for one in records if one.casefold().split(" ")[0] == "v=spf1"]
    if len(found) > 1:
        raise Wrong
    return found[0] if found else ""


def evaluated(domain: str, address: str, ask: Ask) -> Result:
    """Return what a domain's record says of an address; what `ask` raises comes through."""
    try:
        return _Walk(ip_address(address), ask).of(domain)
    except (Wrong, ValueError):
        return Result.PERMERROR
    except Untold:
        return Result.UNTOLD


@dataclass
class _Walk:
    """One evaluation: how many questions it took so far."""

    address: Address
    ask: Ask
    lookups: int = 0

    def of(self, domain: str) -> Result:
        words = record_of(self.ask(domain, "TXT")).split()[1:]
        if not words:
            is_there = bool(record_of(self.ask(domain, "TXT")))
            return Result.NEUTRAL if is_there else Result.NONE
        redirect = ""
        for word in words:
            name, equals, value = word.partition("=")
            if equals and name.isalnum():
                redirect = value if name.casefold() == "redirect" else redirect
                continue
            sign, term = (word[0], word[1:]) if word[0] in _RESULTS else ("+", word)
            if self._matches(term, domain):
                return Result(_RESULTS[sign])
        return self._redirected(redirect) if redirect else Result.NEUTRAL

    def _redirected(self, domain: str) -> Result:
        self._count()
        found = self.of(_plain(domain))
        if found is Result.NONE:
            raise Wrong
        return found

    def _matches(self, term: str, domain: str) -> bool:
        name, _sign, rest = term.partition(":")
        name, slash, length = name.partition("/")
        kind = name.casefold()
        if kind in {"ip4", "ip6"}:
            return self._is_in(rest, 4 if kind == "ip4" else 6)
        if not rest and kind not in _ALONE:
            raise Wrong
        if rest:
            rest, slash, length = rest.partition("/")
        lengths = f"/{length}" if slash else ""
        asks: dict[str, Callable[[str, str], bool]] = {
            "all": lambda _name, _lengths: True,
            "include": self._includes,
            "a": self._is_at,
            "mx": self._is_at_mx,
            "exists": self._exists,
            "ptr": self._is_named,
        }
        if kind not in asks:
            raise Wrong
        if kind != "all":
            self._count()
        return asks[kind](_plain(rest or domain), lengths)

    def _count(self) -> None:
        self.lookups += 1
        if self.lookups > MOST_LOOKUPS:
            raise Wrong

    def _is_in(self, network: str, version: int) -> bool:
        found = ip_network(network, strict=False)
        if found.version != version:
            raise Wrong
        return self.address in found

    def _includes(self, domain: str, _lengths: str) -> bool:
        found = self.of(domain)
        if found in {Result.NONE, Result.PERMERROR}:
            raise Wrong
        return found is Result.PASS

    def _is_at(self, name: str, lengths: str) -> bool:
        kind = "A" if self.address.version == 4 else "AAAA"
        return any(self._is_near(one, lengths) for one in self.ask(name, kind))

    def _is_at_mx(self, domain: str, lengths: str) -> bool:
        hosts = self.ask(domain, "MX")
        if len(hosts) > MOST_NAMES:
            raise Wrong
        return any(self._is_at(host, lengths) for host in hosts if host.strip("."))

    def _exists(self, name: str, _lengths: str) -> bool:
        return bool(self.ask(name, "A"))

    def _is_named(self, domain: str, _lengths: str) -> bool:
        names = self.ask(self.address.reverse_pointer + ".", "PTR")[:MOST_NAMES]
        ours = [one for one in names if one == domain or one.endswith(f".{domain}")]
        return any(self._is_at(one, "") for one in ours)

    def _is_near(self, one: str, lengths: str) -> bool:
        four, _slashes, six = lengths.partition("//")
        length = four.strip("/") if self.address.version == 4 else six
        whole = 32 if self.address.version == 4 else 128
        return self.address in ip_network(f"{one}/{length or whole}", strict=False)


def _plain(name: str) -> str:
    """Return a name as it is asked for. Raises Untold for one that a mail's own words stand in."""
    if "%" in name:
        raise Untold
    return name.casefold().rstrip(".")
