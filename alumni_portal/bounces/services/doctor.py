"""Looking at how mail is set up, as receivers see it: DNS, the relay, the settings."""

import smtplib
import ssl
from collections.abc import Callable
from email.utils import parseaddr
from ipaddress import ip_address, ip_network
from typing import Protocol
from urllib.parse import urlsplit

import dns.exception
import dns.name
import dns.resolver
import dns.reversename
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from alumni_portal.bounces.rules import setup, spf
from alumni_portal.bounces.rules.setup import Finding, Say, Status, Topic
from alumni_portal.core.mail_identity import return_address, rsa_key
from alumni_portal.core.settings import Settings
from alumni_portal.core.text import clean_line
from alumni_portal.mail.services.punctual import Punctual, PunctualSSL

_PATIENCE = 3.0
_PORTS = {"smtps": 465, "smtp+starttls": 587}
#: Networks of one's own (RFC 1918, 6598, 3927, 4193, 4291), which nobody outside can see.
_OWN = [
    ip_network(one)
    for one in (
        *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"),
        *("127.0.0.0/8", "169.254.0.0/16", "::1/128", "fe80::/10", "fc00::/7"),
    )
]
#: More names than this that nobody answers for, and there is no way to DNS.
_MOST_SILENT = 4


class Offline(Exception):
    """Nobody could be asked: there is no way to DNS from here."""


class Resolver(Protocol):
    """Whom to ask about names."""

    def ask(self, name: str, kind: str) -> list[str]:
        """Return the records of a name, none when there are none; raises Offline."""


#: Reaches the relay and returns which TLS it spoke; raises OSError (as ssl's errors are).
Reach = Callable[[Settings], str]


class Dns:
    """The name servers of this machine, or another one."""

    def __init__(self, server: str = "", port: int = 53, *, patience: float = _PATIENCE) -> None:
        self._server, self._port, self._patience = server, port, patience

    def _asked(self) -> dns.resolver.Resolver:
        """Return a resolver. Raises NoResolverConfiguration where there are no name servers."""
        made = dns.resolver.Resolver(configure=not self._server)
        if self._server:
            made.nameservers, made.port = [self._server], self._port
        return made

    def ask(self, name: str, kind: str) -> list[str]:
        """Return the records of a name, none when there are none; raises Offline."""
        try:
            asked = dns.name.from_text(name)
        except (dns.exception.DNSException, UnicodeError):
            return []  # no name at all: there is nothing there
        try:
            found = self._asked().resolve(asked, kind, lifetime=self._patience, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError) as error:
            raise Offline from error
        return [_words(one) for one in found]


def _words(record: object) -> str:
    strings = getattr(record, "strings", None)
    if strings is not None:  # a TXT record is pieces of one text, of anybody's making
        return clean_line(b"".join(strings).decode("utf-8", "replace"))
    return str(getattr(record, "exchange", record)).rstrip(".") or "."


class _Once:
    """A resolver that is asked each thing once, and no more when there is no way to it.

    A name whose servers are broken says nothing of others, once somebody has answered.
    """

    def __init__(self, resolver: Resolver) -> None:
        self._resolver, self._known = resolver, dict[object, list[str]]()
        self._silent = set[object]()

    def ask(self, name: str, kind: str) -> list[str]:
        """Return the records of a name; raises Offline."""
        is_offline = len(self._silent) >= (_MOST_SILENT if self._known else 1)
        if (name, kind) in self._silent or (is_offline and (name, kind) not in self._known):
            raise Offline
        if (name, kind) not in self._known:
            try:
                self._known[name, kind] = self._resolver.ask(name, kind)
            except Offline:
                self._silent.add((name, kind))
                raise
        return self._known[name, kind]


def reach_relay(chosen: Settings) -> str:
    """Open a connection to the relay, as sending does, and return which TLS it speaks."""
    url, trusted = urlsplit(chosen.mail_url), ssl.create_default_context()
    name, port = url.hostname or "", url.port or _PORTS.get(url.scheme, 25)
    try:
        if url.scheme == "smtps":
            with PunctualSSL(name, port, timeout=_PATIENCE, context=trusted) as host:
                return _version(host)
        with Punctual(name, port, timeout=_PATIENCE) as host:
            host.starttls(context=trusted)
            return _version(host)
    except (smtplib.SMTPException, UnicodeError) as error:  # the latter: no name of a host
        raise OSError(type(error).__name__) from error


def _version(host: smtplib.SMTP) -> str:
    return (host.sock.version() if isinstance(host.sock, ssl.SSLSocket) else None) or "TLS"


def examine(chosen: Settings, resolver: Resolver, *, reach: Reach = reach_relay) -> list[Finding]:
    """Return what is found about each topic, in the order in which it is best put right."""
    asking = _Once(resolver)
    sender = parseaddr(chosen.mail_from)[1].rpartition("@")[2].casefold()
    back = return_address(chosen.mail_bounces) if chosen.mail_bounces else None
    envelope = back.domain if back else sender
    looks: list[tuple[Topic, str, Callable[[], Finding]]] = [
        (Topic.SPF, envelope, lambda: _spf(chosen, envelope, asking)),
        (Topic.DKIM, sender, lambda: _dkim(chosen, sender, asking)),
        (Topic.DMARC, sender, lambda: _dmarc(sender, asking)),
        (Topic.ALIGNMENT, sender, lambda: _alignment(chosen, sender, envelope, asking)),
        (Topic.PTR, chosen.mail_route, lambda: _ptr(chosen, asking)),
        (Topic.TLS, chosen.mail_route, lambda: _tls(chosen, reach)),
        (
            Topic.ONE_CLICK,
            chosen.base_url,
            lambda: setup.one_click(chosen.base_url, signs=bool(chosen.dkim_key)),
        ),
        (Topic.BOUNCES, envelope, lambda: _bounces(chosen, envelope, asking)),
    ]
    return [_looked(topic, asked, look) for topic, asked, look in looks]


def _looked(topic: Topic, asked: str, look: Callable[[], Finding]) -> Finding:
    try:
        return look()
    except Offline:
        return Finding(topic=topic, status=Status.UNKNOWN, say=Say.OFFLINE, asked=asked)


def _spf(chosen: Settings, envelope: str, asking: Resolver) -> Finding:
    """Judge the record, and whether it covers the relay that mail is handed to."""
    found = setup.spf(envelope, asking.ask(envelope, "TXT"))
    host = urlsplit(chosen.mail_url).hostname or ""
    if not host:
        return found
    known = _outside(_addresses(host, asking)) if not _is_inside(host) else []
    results = {one: spf.evaluated(envelope, one, asking.ask) for one in known}
    return setup.spf_covers(found, results)


def _addresses(host: str, asking: Resolver) -> list[str]:
    try:
        return [str(ip_address(host))]
    except ValueError:
        return asking.ask(host, "A") + asking.ask(host, "AAAA")


def _outside(addresses: list[str]) -> list[str]:
    """Return those that others see: a relay with a name may stand in a network of one's own."""
    return [one for one in addresses if not _is_own(one)]


def _is_own(address: str) -> bool:
    return any(ip_address(address) in one for one in _OWN)


def public_key(chosen: Settings) -> bytes:
    """Return the public half of the key that mail is signed with, as DNS has it."""
    return (
        rsa_key(chosen.dkim_key)
        .public_key()
        .public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    )


def _dkim(chosen: Settings, sender: str, asking: Resolver) -> Finding:
    if not chosen.dkim_key:
        return Finding(topic=Topic.DKIM, status=Status.WARN, say=Say.DKIM_NO_KEY, asked=sender)
    name = f"{chosen.dkim_selector}._domainkey.{sender}"
    return setup.dkim(name, asking.ask(name, "TXT"), public_key(chosen))


def _dmarc(sender: str, asking: Resolver) -> Finding:
    domain, records = _policy(sender, asking)
    return setup.dmarc(f"_dmarc.{domain}", records, of_a_part=domain != sender)


def _policy(sender: str, asking: Resolver) -> tuple[str, list[str]]:
    """Return the domain whose DMARC policy counts for another, and what stands there.

    That is the domain itself or the nearest one above it that has any (RFC 9091's walk).
    """
    labels = sender.split(".")
    for start in range(max(len(labels) - 1, 1)):
        domain = ".".join(labels[start:])
        found = asking.ask(f"_dmarc.{domain}", "TXT")
        if setup.policies(found):
            return domain, found
    return sender, []


def _alignment(chosen: Settings, sender: str, envelope: str, asking: Resolver) -> Finding:
    domain, records = _policy(sender, asking)
    ours = setup.policies(records)
    return setup.alignment(
        sender,
        envelope,
        signs=bool(chosen.dkim_key),
        policy=setup.tags(ours[0]) if ours else {},
        organisation=domain,
    )


def _ptr(chosen: Settings, asking: Resolver) -> Finding:
    host = urlsplit(chosen.mail_url).hostname or ""
    if not host:
        return Finding(topic=Topic.PTR, status=Status.UNKNOWN, say=Say.NO_RELAY)
    if _is_inside(host):
        return Finding(topic=Topic.PTR, status=Status.UNKNOWN, say=Say.PTR_INSIDE, asked=host)
    addresses = _addresses(host, asking)
    if addresses and not _outside(addresses):
        return Finding(topic=Topic.PTR, status=Status.UNKNOWN, say=Say.PTR_INSIDE, asked=host)
    names = {one: asking.ask(str(dns.reversename.from_address(one)), "PTR") for one in addresses}
    confirmed = {
        one
        for one, found in names.items()
        if any(one in asking.ask(name, "AAAA" if ":" in one else "A") for name in found)
    }
    return setup.ptr(host, names, confirmed)


def _tls(chosen: Settings, reach: Reach) -> Finding:
    url = urlsplit(chosen.mail_url)
    status, say, found = Status.GOOD, Say.GOOD, ""
    if not url.hostname:
        return Finding(topic=Topic.TLS, status=Status.UNKNOWN, say=Say.NO_RELAY)
    if url.scheme == "smtp":
        is_inside = _is_inside(url.hostname)
        status = Status.GOOD if is_inside else Status.BAD
        say = Say.TLS_INSIDE if is_inside else Say.TLS_OFF
    else:
        try:
            found = reach(chosen)
        except OSError as error:
            found = f"{type(error).__name__}: {error}"[:160]
            status, say = Status.BAD, Say.TLS_FAILED
    return Finding(topic=Topic.TLS, status=status, say=say, asked=chosen.mail_route, found=found)


def _bounces(chosen: Settings, envelope: str, asking: Resolver) -> Finding:
    if not chosen.mail_bounces:
        return Finding(topic=Topic.BOUNCES, status=Status.WARN, say=Say.BOUNCES_OFF)
    return setup.bounces(envelope, asking.ask(envelope, "MX"))


def _is_inside(host: str) -> bool:
    """Say whether a host is this machine or lies in a network of one's own."""
    try:
        return _is_own(host)
    except ValueError:
        return host == "localhost" or "." not in host
