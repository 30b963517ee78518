"""What a returned mail says: RFC 3464 first, complaints (RFC 5965), then what experience knows.

Anybody may send anything here. Whatever it is, it is read without an error or called unreadable.
"""

import email
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message
from email.utils import getaddresses
from itertools import islice

from flufl.bounce import all_failures

from alumni_portal.bounces.rules.kinds import Kind, Severity
from alumni_portal.bounces.rules.scoring import severity_of, status_in
from alumni_portal.core.text import clean_line

#: What is worth reading stands at the beginning; the rest is the mail that came back.
MOST_READ = 256_000
#: Lines of that, mails within mails, parts: what has more was made to keep a reader busy.
_MOST_LINES, _MOST_NESTED, _MOST_PARTS = 8_000, 60, 500
_NESTS = re.compile(rb"(?i)content-type:\s*m(?:ultipart|essage)/")
#: Of that, what is looked through by experience, whose patterns take the square of a line's length.
_MOST_SEARCHED, _LONGEST_LINE = 30_000, 500
_MOST_MARKS = 20
_NOBODY = "nobody@unknown.invalid"
#: It writes what it cannot read into the log, addresses and all (S34).
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL + 1)
_MARK = re.compile(rb"[A-Za-z0-9_-]{1,11}\+[A-Za-z2-7]{2,32}(?:\.\d{1,19})?\.[A-Za-z2-7]{16}(?=@)")
_MESSAGE_ID = re.compile(rb"<([A-Za-z0-9]{10,20}(?:\.[0-9a-f]{20})?@[A-Za-z0-9.-]{1,255})>")
_DAEMONS = re.compile(r"\b(mailer-daemon|postmaster|mail-?delivery|mailerdaemon)\b", re.IGNORECASE)
_AUTO_SUBJECT = re.compile(
    r"^\s*(auto(matic|matisk|svar|reply|-reply)|out of (the )?office|fr[åa]nvaro|svar: fr[åa]nvar)",
    re.IGNORECASE,
)
_TO = ("To", "Delivered-To", "X-Original-To", "Envelope-To")
_ACTIONS = {"failed": Kind.BOUNCE, "delayed": Kind.DELAY}
_WORST = (Kind.BOUNCE, Kind.DELAY, Kind.RECEIPT)
#: What a report about feedback is that is no complaint (RFC 5965 7.3, RFC 6591).
_FEEDBACK = {
    "not-spam": Kind.RECEIPT,
    "auth-failure": Kind.RECEIPT,
    "opt-out": Kind.UNSUBSCRIBE,
    "opt-out-list": Kind.UNSUBSCRIBE,
}


@dataclass(frozen=True, kw_only=True)
class Read:
    """What one returned mail says."""

    kind: Kind
    severity: Severity = Severity.NONE
    #: Enhanced status code (RFC 3463), when there is one.
    status: str = ""
    #: The server's words.
    answer: str = ""
    #: Whom it is about, as the report says; believed only together with a mark of ours.
    address: str = ""
    #: Local parts and message ids found in it that may be ours; each must still be verified.
    marks: tuple[str, ...] = ()
    #: Those of them that it was sent to, as its own head says.
    sent_to: tuple[str, ...] = ()
    message_ids: tuple[str, ...] = ()


def read(raw: bytes) -> Read:
    """Return what a returned mail says. Never raises."""
    start = b"\n".join(raw[:MOST_READ].split(b"\n", _MOST_LINES)[:_MOST_LINES])
    try:
        nested = sum(1 for _ in islice(_NESTS.finditer(start), _MOST_NESTED))
        mail = email.message_from_bytes(start if nested < _MOST_NESTED else b"")
        found = replace(_read(mail), sent_to=_sent_to(mail))
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is kept and a person reads it
        found = Read(kind=Kind.UNREADABLE)
    return replace(
        found,
        marks=_ours(_MARK, start),
        message_ids=_ours(_MESSAGE_ID, start),
    )


def _sent_to(mail: Message) -> tuple[str, ...]:
    heads = [_line(one) for name in _TO for one in mail.get_all(name, [])]
    return _ours(_MARK, "\n".join(heads).encode("ascii", "replace"))


def _ours(pattern: re.Pattern[bytes], raw: bytes) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for match in pattern.finditer(raw):
        found[match[match.re.groups].decode("ascii")] = None
        if len(found) >= _MOST_MARKS:
            break
    return tuple(found)


def _read(mail: Message) -> Read:
    if next(islice(mail.walk(), _MOST_PARTS, None), None) is not None:
        return Read(kind=Kind.UNREADABLE)
    for part in mail.walk():
        kind = part.get_content_type()
        if kind in {"message/delivery-status", "message/global-delivery-status"}:
            status = _delivery_status(part)
            if status is not None:
                return status
        if kind == "message/feedback-report":
            return _feedback(part)
    if is_auto_reply(mail) and not _DAEMONS.search(_line(mail.get("From"))):
        return Read(kind=Kind.AUTO_REPLY)
    return _by_experience(mail) or Read(
        kind=Kind.AUTO_REPLY if is_auto_reply(mail) else Kind.UNREADABLE
    )


def is_auto_reply(mail: Message) -> bool:
    """Say whether a mail was sent by somebody's machine in answer to ours (RFC 3834 5)."""
    said = _line(mail.get("Auto-Submitted")).casefold()
    return (
        said.startswith(("auto-replied", "auto-generated"))
        or _line(mail.get("Precedence")).casefold() == "auto_reply"
        or any(mail.get(name) for name in ("X-Autoreply", "X-Autorespond", "X-Autoresponder"))
        or bool(_AUTO_SUBJECT.match(_line(mail.get("Subject"))))
    )


def _delivery_status(part: Message) -> Read | None:
    """Return what a delivery status says of the recipient whom it treats worst (RFC 3464 2.3)."""
    groups = [_group(block) for block in _blocks(part) if _is_recipient(block)]
    return min(groups, key=lambda one: _WORST.index(one.kind)) if groups else None


def _blocks(part: Message) -> Iterator[Message]:
    payload = part.get_payload()
    inner = payload if isinstance(payload, list) else [email.message_from_string(str(payload))]
    for block in inner:
        if not isinstance(block, Message):
            continue
        yield block
        rest = block.get_payload()
        if isinstance(rest, str):
            yield from map(email.message_from_string, re.split(r"\r?\n\r?\n", rest))


def _is_recipient(block: Message) -> bool:
    return any(block.get(name) for name in ("Final-Recipient", "Action", "Original-Recipient"))


def _group(block: Message) -> Read:
    answer = _line(block.get("Diagnostic-Code")).removeprefix("smtp;").strip()
    status = status_in(_line(block.get("Status"))) or status_in(answer)
    words = _line(block.get("Action")).casefold().split()
    action = words[0].strip(";,.") if words else ""
    kind = _ACTIONS.get(action, Kind.RECEIPT)
    if not action:
        kind = Kind.DELAY if status.startswith("4") else Kind.BOUNCE
    is_bounce = kind is Kind.BOUNCE
    to = block.get("Original-Recipient") or block.get("Final-Recipient")
    return Read(
        kind=kind,
        severity=severity_of(status, answer) if is_bounce else Severity.NONE,
        status=status,
        answer=answer or status,
        address=_line(to).rpartition(";")[2].strip().strip("<>"),
    )


def _feedback(part: Message) -> Read:
    """Return what a receiver's report says its reader thinks of our mail (RFC 5965 3)."""
    fields = next(_blocks(part), Message())
    said = _line(fields.get("Feedback-Type")).casefold()
    to = fields.get("Original-Rcpt-To") or fields.get("Removal-Recipient")
    return Read(
        kind=_FEEDBACK.get(said, Kind.COMPLAINT),
        answer=f"{said or 'other'} {_line(fields.get('User-Agent'))}".strip(),
        address=_line(to).strip("<>"),
    )


def _by_experience(mail: Message) -> Read | None:
    """Return what the ways of many servers, collected by Mailman's people, make of it."""
    if not getaddresses([_line(mail.get("From"))]):
        del mail["From"]
        mail["From"] = _NOBODY  # some of the ways look at it without looking whether it is there
    _shorten(mail)
    soft, hard = all_failures(mail)
    if not soft and not hard:
        return None
    text = _text_of(mail)
    status = status_in(text)
    address = min(hard or soft).decode("ascii", "replace")
    return Read(
        kind=Kind.BOUNCE if hard else Kind.DELAY,
        severity=severity_of(status, text) if hard else Severity.NONE,
        status=status,
        answer=_words_around(status, text),
        address=clean_line(address),
    )


def _shorten(mail: Message) -> None:
    """Leave of a mail's texts what can be looked through in a moment, however it was encoded."""
    left = _MOST_SEARCHED
    for part in mail.walk():
        body = None if part.is_multipart() else part.get_payload(decode=True)
        if isinstance(body, bytes):
            short = b"\n".join(line[:_LONGEST_LINE] for line in body[:left].split(b"\n"))
            left -= len(short)
            if short != body:
                del part["Content-Transfer-Encoding"]
                part.set_payload(short.decode("ascii", "surrogateescape"))


def _text_of(mail: Message) -> str:
    for part in mail.walk():
        if part.get_content_maintype() == "text" or not part.is_multipart():
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                return body[:20_000].decode("utf-8", "replace")
    return ""


def _words_around(status: str, text: str) -> str:
    line = next((one for one in text.splitlines() if status and status in one), "")
    return clean_line(line)[:200]


def _line(value: object) -> str:
    """Return a header as one clean line; what is no text in it becomes a question mark."""
    text = "" if value is None else str(value)
    return clean_line(text.encode("utf-8", "replace").decode("utf-8", "replace"))[:200]
