"""What receivers see of how this installation's mail is set up, judged record by record.

Sources: RFC 7208 (SPF), RFC 6376 (DKIM), RFC 7489 (DMARC), RFC 8058 (one click), RFC 7505 and the
rules that Gmail and Yahoo have had for whoever sends much since 2024.
"""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from alumni_portal.bounces.rules.spf import Result


class Topic(StrEnum):
    SPF = "spf"
    DKIM = "dkim"
    DMARC = "dmarc"
    ALIGNMENT = "alignment"
    PTR = "ptr"
    TLS = "tls"
    ONE_CLICK = "one_click"
    BOUNCES = "bounces"


class Status(StrEnum):
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    #: It could not be looked up, or there is nothing to look at.
    UNKNOWN = "unknown"


class Say(StrEnum):
    """What to tell about a finding; the pages and the command have a sentence for each."""

    GOOD = "good"
    OFFLINE = "offline"
    SPF_NONE = "spf_none"
    SPF_MANY = "spf_many"
    SPF_OPEN = "spf_open"
    SPF_LOOSE = "spf_loose"
    SPF_BROKEN = "spf_broken"
    SPF_SHUTS_OUT = "spf_shuts_out"
    SPF_UNTOLD = "spf_untold"
    SPF_INSIDE = "spf_inside"
    DKIM_NO_KEY = "dkim_no_key"
    DKIM_NONE = "dkim_none"
    DKIM_OTHER = "dkim_other"
    DKIM_REVOKED = "dkim_revoked"
    DKIM_TESTING = "dkim_testing"
    DMARC_NONE = "dmarc_none"
    DMARC_MANY = "dmarc_many"
    DMARC_WATCHES = "dmarc_watches"
    NOT_ALIGNED = "not_aligned"
    PTR_INSIDE = "ptr_inside"
    PTR_NO_ADDRESS = "ptr_no_address"
    PTR_NONE = "ptr_none"
    PTR_NOT_CONFIRMED = "ptr_not_confirmed"
    TLS_OFF = "tls_off"
    TLS_INSIDE = "tls_inside"
    TLS_FAILED = "tls_failed"
    NO_RELAY = "no_relay"
    NOT_HTTPS = "not_https"
    NOT_SIGNED = "not_signed"
    BOUNCES_OFF = "bounces_off"
    BOUNCES_NO_MX = "bounces_no_mx"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing looked at: what was asked, what was found, how good that is, what to do."""

    topic: Topic
    status: Status
    say: Say
    asked: str = ""
    found: str = ""
    #: The record that should stand there.
    wanted: str = ""


def spf(asked: str, records: list[str]) -> Finding:
    """Judge the SPF records of the domain on the envelope."""
    ours = [one for one in records if one.casefold().split(" ")[0] == "v=spf1"]
    status, say = Status.GOOD, Say.GOOD
    words = ours[0].casefold().split() if ours else []
    if not ours:
        status, say = Status.BAD, Say.SPF_NONE
    elif len(ours) > 1:
        status, say = Status.BAD, Say.SPF_MANY
    elif {"+all", "all"} & set(words):
        status, say = Status.BAD, Say.SPF_OPEN
    elif not {"-all", "~all"} & set(words) and not any(w.startswith("redirect=") for w in words):
        status, say = Status.WARN, Say.SPF_LOOSE
    return Finding(
        topic=Topic.SPF, status=status, say=say, asked=f"TXT {asked}", found=" | ".join(ours)
    )


def spf_covers(finding: Finding, results: Mapping[str, Result]) -> Finding:
    """Judge, where the record is sound, what it says of the addresses that the relay has.

    None at all: the relay stands inside, and which address others see cannot be told from here.
    """
    if finding.status is Status.BAD or not finding.found:
        return finding
    told = set(results.values())
    shown = "; ".join(f"{address}: {one}" for address, one in results.items())
    if Result.PERMERROR in told:
        status, say = Status.BAD, Say.SPF_BROKEN
    elif Result.UNTOLD in told:
        status, say = Status.UNKNOWN, Say.SPF_UNTOLD
    elif told - {Result.PASS}:
        status, say = Status.BAD, Say.SPF_SHUTS_OUT
    elif not told:
        status, say = finding.status, Say.SPF_INSIDE if finding.say is Say.GOOD else finding.say
    else:
        status, say = finding.status, finding.say
    found = f"{finding.found} ({shown})" if shown else finding.found
    return replace(finding, status=status, say=say, found=found)


def tags(record: str) -> dict[str, str]:
    """Return the tags of a DKIM or DMARC record (RFC 6376 3.2)."""
    pairs = (one.partition("=") for one in record.split(";") if "=" in one)
    return {name.strip().casefold(): re.sub(r"\s", "", value) for name, _is, value in pairs}


def dkim(asked: str, records: list[str], public_key: bytes) -> Finding:
    """Judge whether the key in DNS is the one that we sign with."""
    wanted = f"v=DKIM1; k=rsa; p={base64.b64encode(public_key).decode()}"
    found = [tags(one) for one in records if "p" in tags(one)]
    status, say = Status.GOOD, Say.GOOD
    if not found:
        status, say = Status.BAD, Say.DKIM_NONE
    elif not any(one["p"] for one in found):
        status, say = Status.BAD, Say.DKIM_REVOKED
    elif not all(one["p"] == tags(wanted)["p"] and _fits(one) for one in found):
        status, say = Status.BAD, Say.DKIM_OTHER  # of several, a receiver takes any
    elif any("y" in one.get("t", "").split(":") for one in found):
        status, say = Status.WARN, Say.DKIM_TESTING
    return Finding(
        topic=Topic.DKIM,
        status=status,
        say=say,
        asked=f"TXT {asked}",
        found=" | ".join(one[:120] for one in records),
        wanted="" if status is Status.GOOD else wanted,
    )


def _fits(key: dict[str, str]) -> bool:
    """Say whether a record is for what we sign with: RSA and SHA-256, mail (RFC 6376 3.6.1)."""
    hashes, services = key.get("h", "sha256").split(":"), key.get("s", "*").split(":")
    return (
        key.get("v", "DKIM1") == "DKIM1"
        and key.get("k", "rsa").casefold() == "rsa"
        and "sha256" in map(str.casefold, hashes)
        and bool({"*", "email"} & set(map(str.casefold, services)))
    )


def policies(records: list[str]) -> list[str]:
    """Return those of a name's records that are of DMARC."""
    return [one for one in records if tags(one).get("v", "").casefold() == "dmarc1"]


def dmarc(asked: str, records: list[str], *, of_a_part: bool = False) -> Finding:
    """Judge the DMARC policy of the domain that readers see.

    `of_a_part`: it stands at a domain above, which may want something else of its parts (`sp`).
    """
    ours = policies(records)
    status, say = Status.GOOD, Say.GOOD
    wants = tags(ours[0]) if ours else {}
    policy = wants.get("p", "none")
    if of_a_part:
        policy = wants.get("sp", policy)
    if not ours:
        status, say = Status.BAD, Say.DMARC_NONE
    elif len(ours) > 1:
        status, say = Status.BAD, Say.DMARC_MANY
    elif policy.casefold() not in {"quarantine", "reject"}:
        status, say = Status.WARN, Say.DMARC_WATCHES
    return Finding(
        topic=Topic.DMARC,
        status=status,
        say=say,
        asked=f"TXT {asked}",
        found=" | ".join(ours),
        wanted="v=DMARC1; p=none" if say is Say.DMARC_NONE else "",
    )


def alignment(
    sender: str, envelope: str, *, signs: bool, policy: dict[str, str], organisation: str
) -> Finding:
    """Judge whether SPF or DKIM speaks for the domain that readers see (RFC 7489 3.1).

    We sign for that very domain, so DKIM is aligned whenever we sign. `organisation` is the domain
    whose policy it is: all that lies below it is one family.
    """
    strict = policy.get("aspf", "r").casefold() == "s"
    families = {envelope, sender, organisation}
    is_related = any(_is_of(sender, one) and _is_of(envelope, one) for one in families)
    by_spf = sender == envelope or (not strict and is_related)
    found = [word for word, holds in (("DKIM", signs), ("SPF", by_spf)) if holds]
    return Finding(
        topic=Topic.ALIGNMENT,
        status=Status.GOOD if found else Status.BAD,
        say=Say.GOOD if found else Say.NOT_ALIGNED,
        asked=f"{sender} / {envelope}",
        found=", ".join(found),
    )


def _is_of(domain: str, family: str) -> bool:
    """Say whether a domain is another, or lies below it; needs no list of public suffixes."""
    return domain == family or domain.endswith(f".{family}")


def ptr(host: str, names: dict[str, list[str]], confirmed: set[str]) -> Finding:
    """Judge the reverse names of a relay's addresses: each must lead back to it."""
    asked = ", ".join(f"PTR {address}" for address in names) or f"A, AAAA {host}"
    found = ", ".join(name for one in names.values() for name in one)
    status, say = Status.GOOD, Say.GOOD
    if not names:
        status, say = Status.BAD, Say.PTR_NO_ADDRESS
    elif not all(names.values()):
        status, say = Status.BAD, Say.PTR_NONE
    elif set(names) - confirmed:
        status, say = Status.BAD, Say.PTR_NOT_CONFIRMED
    return Finding(topic=Topic.PTR, status=status, say=say, asked=asked, found=found)


def one_click(base_url: str, *, signs: bool) -> Finding:
    """Judge whether mail programs may show their own button to unsubscribe (RFC 8058)."""
    status, say = Status.GOOD, Say.GOOD
    if not base_url.startswith("https://"):
        status, say = Status.BAD, Say.NOT_HTTPS
    elif not signs:
        status, say = Status.WARN, Say.NOT_SIGNED
    return Finding(
        topic=Topic.ONE_CLICK,
        status=status,
        say=say,
        asked="List-Unsubscribe, List-Unsubscribe-Post",
        found=base_url,
    )


def bounces(domain: str, hosts: list[str]) -> Finding:
    """Judge whether mail to the domain of bounces finds a way."""
    hosts = [one for one in hosts if one.strip(". ")]  # RFC 7505: a dot takes no mail
    return Finding(
        topic=Topic.BOUNCES,
        status=Status.GOOD if hosts else Status.BAD,
        say=Say.GOOD if hosts else Say.BOUNCES_NO_MX,
        asked=f"MX {domain}",
        found=", ".join(hosts),
    )


def worst(findings: list[Finding]) -> Status:
    """Return how the worst of these is."""
    order = (Status.BAD, Status.WARN, Status.UNKNOWN, Status.GOOD)
    return min((one.status for one in findings), key=order.index, default=Status.GOOD)
