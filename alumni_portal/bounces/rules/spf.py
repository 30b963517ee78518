"""Whether a domain's SPF lets an address send: the record read as receivers read it (RFC 7208).

Macros are not worked out: what a record with one says cannot be told from here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

#: RFC 7208 4.6.4: more questions than this a receiver does not ask, nor follow more names.
MOST_LOOKUPS, MOST_NAMES, MOST_VOIDS = 10, 10, 2
_RESULTS = {"+": "pass", "-": "fail", "~": "softfail", "?": "neutral"}
#: What may follow which word (RFC 7208 12): a name must, or may; lengths of networks may.
_NEEDS_NAME, _MAY_NAME, _MAY_LENGTH = {"include", "exists"}, {"a", "mx", "ptr"}, {"a", "mx"}
_LENGTHS = re.compile(r"(?:/(?P<four>\d{1,2}))?(?://(?P<six>\d{1,3}))?")

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


@dataclass(frozen=True, kw_only=True)
class _Term:
    """One word of a record: what it says of the addresses that it matches."""

    says: Result
    kind: str
    name: str = ""
    lengths: str = ""
    network: IPv4Network | IPv6Network | None = None


def _parsed(record: str) -> tuple[list[_Term], str]:
    """Return the words of a record and where it goes on. Raises Wrong and ValueError.

    All are read before one counts: whatever is wrong with any is wrong with all (RFC 7208 4.6).
    """
    terms, given = [], dict[str, str]()
    for word in record.split()[1:]:
        name, equals, value = word.partition("=")
        if not equals or not re.fullmatch(r"[A-Za-z][\w.-]*", name, re.ASCII):
            terms.append(_term(word))
            continue
        if name.casefold() in given.keys() & {"redirect", "exp"}:
            raise Wrong
        given[name.casefold()] = value
    redirect = given.get("redirect", "")
    if "redirect" in given and not redirect:
        raise Wrong
    is_last = any(one.kind == "all" for one in terms)
    return terms, "" if is_last else redirect


def _term(word: str) -> _Term:
    sign, rest = (word[0], word[1:]) if word[0] in _RESULTS else ("+", word)
    says, kind = Result(_RESULTS[sign]), re.split("[:/]", rest)[0].casefold()
    rest = rest[len(kind) :]
    if kind in {"ip4", "ip6"}:
        network = ip_network(rest.removeprefix(":"), strict=False)
        if network.version != int(kind[-1]):
            raise Wrong
        return _Term(says=says, kind=kind, network=network)
    name, slash, lengths = rest.removeprefix(":").partition("/")
    lengths = slash + lengths
    _check(kind, name, lengths, is_named=rest.startswith(":"))
    return _Term(says=says, kind=kind, name=name, lengths=lengths)


def _check(kind: str, name: str, lengths: str, *, is_named: bool) -> None:
    if kind not in _NEEDS_NAME | _MAY_NAME | {"all"}:
        raise Wrong
    if (is_named and not name) or (kind in _NEEDS_NAME and not name) or (kind == "all" and name):
        raise Wrong
    found = _LENGTHS.fullmatch(lengths)
    if found is None or (lengths and kind not in _MAY_LENGTH):
        raise Wrong
    if int(found["four"] or 0) > 32 or int(found["six"] or 0) > 128:
        raise Wrong


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
    """One evaluation: how many questions it took so far, and how many were in vain."""

    address: Address
    ask: Ask
    lookups: int = 0
    voids: int = 0

    def of(self, domain: str) -> Result:
        record = record_of(self.ask(domain, "TXT"))
        if not record:
            return Result.NONE
        terms, redirect = _parsed(record)
        for one in terms:
            if self._matches(one, domain):
                return one.says
        return self._redirected(redirect) if redirect else Result.NEUTRAL

    def _redirected(self, domain: str) -> Result:
        self._count()
        found = self.of(_plain(domain))
        if found is Result.NONE:
            raise Wrong
        return found

    def _matches(self, term: "_Term", domain: str) -> bool:
        if term.kind == "all":
            return True
        if term.network is not None:
            return self.address in term.network
        self._count()
        asks: dict[str, Callable[[str, str], bool]] = {
            "include": self._includes,
            "a": self._is_at,
            "mx": self._is_at_mx,
            "exists": self._exists,
            "ptr": self._is_named,
        }
        return asks[term.kind](_plain(term.name or domain), term.lengths)

    def _count(self) -> None:
        self.lookups += 1
        if self.lookups > MOST_LOOKUPS:
            raise Wrong

    def _asked(self, name: str, kind: str) -> list[str]:
        """Ask what a term names; a receiver asks in vain twice, and no more (RFC 7208 4.6.4)."""
        found = self.ask(name, kind)
        if not found:
            self.voids += 1
            if self.voids > MOST_VOIDS:
                raise Wrong
        return found

    def _includes(self, domain: str, _lengths: str) -> bool:
        found = self.of(domain)
        if found in {Result.NONE, Result.PERMERROR}:
            raise Wrong
        return found is Result.PASS

    def _is_at(self, name: str, lengths: str) -> bool:
        kind = "A" if self.address.version == 4 else "AAAA"
        return any(self._is_near(one, lengths) for one in self._asked(name, kind))

    def _is_at_mx(self, domain: str, lengths: str) -> bool:
        hosts = self._asked(domain, "MX")
        if len(hosts) > MOST_NAMES:
            raise Wrong
        return any(self._is_at(host, lengths) for host in hosts if host.strip("."))

    def _exists(self, name: str, _lengths: str) -> bool:
        return bool(self._asked(name, "A"))

    def _is_named(self, domain: str, _lengths: str) -> bool:
        names = self._asked(self.address.reverse_pointer + ".", "PTR")[:MOST_NAMES]
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
