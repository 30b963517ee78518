"""What a mail service tells by webhook, in the words that Anymail gave all of theirs.

Source: Anymail, normalized tracking events.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from alumni_portal.bounces.rules.kinds import Kind, Severity
from alumni_portal.bounces.rules.scoring import severity_of, status_in
from alumni_portal.core.text import clean_line

#: More than this nobody sends at once.
MOST_EVENTS = 1_000
#: It went, or somebody looked: the portal counts what the relay took, and never who reads.
IGNORED = frozenset({"queued", "sent", "delivered", "opened", "clicked"})
_KINDS = {
    "bounced": Kind.BOUNCE,
    "rejected": Kind.BOUNCE,
    "failed": Kind.BOUNCE,
    "deferred": Kind.DELAY,
    "complained": Kind.COMPLAINT,
    "unsubscribed": Kind.UNSUBSCRIBE,
}
#: Anymail's reject reasons: what they mean for the address when the server's words say nothing.
_REASONS = {
    "invalid": Severity.NOBODY,
    "bounced": Severity.HARD,
    "timed_out": Severity.SOFT,
    "blocked": Severity.SOFT,
    "spam": Severity.SOFT,
    "unsubscribed": Severity.NONE,
    "other": Severity.SOFT,
}


class Garbled(Exception):
    """A body that is no list of events."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """One event, as far as it can be understood."""

    #: The same event told again has the same key.
    key: str
    kind: Kind
    severity: Severity
    recipient: str
    message_id: str
    status: str
    answer: str
    #: What was told, for whoever reads it by hand.
    told: str


def events(body: bytes) -> list[Event]:
    """Return the events of a body that say something about an address; raises Garbled."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Garbled from error
    listed = told if isinstance(told, list) else [told]
    if len(listed) > MOST_EVENTS or not all(isinstance(one, dict) for one in listed):
        raise Garbled
    return [_event(one) for one in listed if _text(one, "event_type") not in IGNORED]


def _event(one: Mapping[str, object]) -> Event:
    told = json.dumps(one, sort_keys=True, ensure_ascii=True)[:20_000]
    answer = _text(one, "mta_response") or _text(one, "description")
    kind = _KINDS.get(_text(one, "event_type"), Kind.UNREADABLE)
    status = status_in(answer)
    return Event(
        key=hashlib.sha256(f"hook:{_text(one, 'event_id') or told}".encode()).hexdigest(),
        kind=kind,
        severity=_severity(one, status, answer) if kind is Kind.BOUNCE else Severity.NONE,
        recipient=_text(one, "recipient"),
        message_id=_text(one, "message_id").strip("<>"),
        status=status,
        answer=answer or _text(one, "reject_reason"),
        told=told,
    )


def _severity(one: Mapping[str, object], status: str, answer: str) -> Severity:
    given = _REASONS.get(_text(one, "reject_reason").casefold())
    if given in {Severity.NONE, Severity.NOBODY}:
        return given
    if status or re.match(r"[45]\d\d\b", answer):
        return severity_of(status, answer)
    return given or Severity.SOFT


def _text(one: Mapping[str, object], name: str) -> str:
    value = one.get(name)
    text = value if isinstance(value, str) else ""
    return clean_line(text.encode("utf-8", "replace").decode("utf-8"))[:320]
