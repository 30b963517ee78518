"""Looking at how mail is set up, as receivers see it: DNS, the relay, the settings."""

import smtplib
import ssl
from collections.abc import Callable
from email.utils import parseaddr
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import urlsplit

import dns.exception
import dns.resolver
import dns.reversename
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from alumni_portal.bounces.rules import setup, spf
from alumni_portal.bounces.rules.setup import Finding, Say, Status, Topic
from alumni_portal.core.mail_identity import return_address, rsa_key
from alumni_portal.core.settings import Settings

_PATIENCE = 3.0
_PORTS = {"smtps": 465, "smtp+starttls": 587}


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
            found = self._asked().resolve(name, kind, lifetime=self._patience, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError) as error:
            raise Offline from error
        return [_words(one) for one in found]


def _words(record: object) -> str:
    strings = getattr(record, "strings", None)
    if strings is not None:  # a TXT record is pieces of one text
        return b"".join(strings).decode("utf-8", "replace")
    return str(getattr(record, "exchange", record)).rstrip(".") or "."


class _Once:
    """A resolver that is asked each thing once, and no more when there is no way to it."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver, self._known, self._is_offline = resolver, dict[object, list[str]](), False

    def ask(self, name: str, kind: str) -> list[str]:
        """Return the records of a name; raises Offline."""
        if self._is_offline:
            raise Offline
        if (name, kind) not in self._known:
            try:
                self._known[name, kind] = self._resolver.ask(name, kind)
            except Offline:
                self._is_offline = True
                raise
        return self._known[name, kind]


def reach_relay(chosen: Settings) -> str:
    """Open a connection to the relay, as sending does, and return which TLS it speaks."""
    url, trusted = urlsplit(chosen.mail_url), ssl.create_default_context()
    name, port = url.hostname or "", url.port or _PORTS.get(url.scheme, 25)
    try:
        if url.scheme == "smtps":
            with smtplib.SMTP_SSL(name, port, timeout=_PATIENCE, context=trusted) as host:
                return _version(host)
        with smtplib.SMTP(name, port, timeout=_PATIENCE) as host:
            host.starttls(context=trusted)
            return _version(host)
    except smtplib.SMTPException as error:
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
        (Topic.DMARC, sender, lambda: setup.dmarc(*_policy(sender, asking))),
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
    known = [] if _is_inside(host) else _addresses(host, asking)
    results = {one: spf.evaluated(envelope, one, asking.ask) for one in known}
    return setup.spf_covers(found, results)


def _addresses(host: str, asking: Resolver) -> list[str]:
    try:
        return [str(ip_address(host))]
    except ValueError:
        return asking.ask(host, "A") + asking.ask(host, "AAAA")


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


def _policy(sender: str, asking: Resolver) -> tuple[str, list[str]]:
    """Return the DMARC records of a domain, or of the nearest one above it (RFC 9091's walk)."""
    labels = sender.split(".")
    for start in range(max(len(labels) - 1, 1)):
        name = "_dmarc." + ".".join(labels[start:])
        found = asking.ask(name, "TXT")
        if any(setup.tags(one).get("v", "").casefold() == "dmarc1" for one in found):
            return name, found
    return f"_dmarc.{sender}", []


def _alignment(chosen: Settings, sender: str, envelope: str, asking: Resolver) -> Finding:
    records = _policy(sender, asking)[1]
    policy = setup.tags(records[0]) if records else {}
    return setup.alignment(sender, envelope, signs=bool(chosen.dkim_key), policy=policy)


def _ptr(chosen: Settings, asking: Resolver) -> Finding:
    host = urlsplit(chosen.mail_url).hostname or ""
    if not host:
        return Finding(topic=Topic.PTR, status=Status.UNKNOWN, say=Say.NO_RELAY)
    if _is_inside(host):
        return Finding(topic=Topic.PTR, status=Status.UNKNOWN, say=Say.PTR_INSIDE, asked=host)
    addresses = _addresses(host, asking)
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
        return ip_address(host).is_private
    except ValueError:
        return host == "localhost" or "." not in host
