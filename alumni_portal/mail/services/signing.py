"""Signing mail with the installation's own key (DKIM, RFC 6376), so that receivers know it.

Both parts are canonicalised `relaxed`. What the engine makes is mostly canonical as it stands,
which costs a few searches to see; anything else takes the long way and comes out right, too.
There is no `t=`: the same mail made again is the same bytes, signature and all.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Sequence
from email.utils import parseaddr
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from alumni_portal.core.installation import settings
from alumni_portal.core.mail_identity import rsa_key

#: Headers and body of a mail, each in pieces → the header that signs them, to stand before all
#: others.
Sign = Callable[[Sequence[bytes], Sequence[bytes]], bytes]

#: Signed when they are there. From is named once more than it is there, so that nobody adds one.
SIGNED = (
    "from",
    "from",
    "to",
    "cc",
    "reply-to",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "auto-submitted",
    "list-id",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "feedback-id",
)
_LINE_END = re.compile(rb"\r?\n")
_FOLD = re.compile(rb"\r\n(?=[ \t])")
_BLANKS = re.compile(rb"[ \t]{2,}|\t")
_PADDING, _HASH = PKCS1v15(), SHA256()


def signer() -> Sign | None:
    """Return what signs mail of this installation; nothing when it has no key.

    Many mails are signed by one: its key is read once.
    """
    chosen = settings()
    if not chosen.dkim_key:
        return None
    domain = parseaddr(chosen.mail_from)[1].rpartition("@")[2].casefold()
    return _signer(chosen.dkim_key, chosen.dkim_selector, domain)


@lru_cache(maxsize=4)
def _signer(pem: str, selector: str, domain: str) -> Sign:
    key = rsa_key(pem)
    start = f"v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s={selector}"

    def sign(headers: Sequence[bytes], body: Sequence[bytes]) -> bytes:
        names, lines = _to_sign(b"".join(headers))
        body_hash = base64.b64encode(hashlib.sha256(_relaxed(body)).digest()).decode()
        words = f"{start};\r\n h={':'.join(names)};\r\n bh={body_hash};\r\n b="
        own = f"dkim-signature:{words.replace(chr(13) + chr(10), '')}".encode("ascii")
        made = key.sign(b"".join(lines) + own, _PADDING, _HASH)
        return f"DKIM-Signature: {words}{_folded(base64.b64encode(made).decode())}\r\n".encode()

    return sign


def _folded(text: str) -> str:
    return "\r\n ".join(text[at : at + 72] for at in range(0, len(text), 72))


def _to_sign(headers: bytes) -> tuple[list[str], list[bytes]]:
    """Return the names of h= and the canonical headers that they stand for.

    Of headers that occur more than once the last is signed first (RFC 6376 5.4.2).
    """
    there: dict[str, list[bytes]] = {}
    for line in relaxed_headers(headers):
        there.setdefault(line.partition(b":")[0].decode("latin-1"), []).append(line)
    names, lines = [], []
    for name in SIGNED:
        found = there.get(name)
        if found:
            lines.append(found.pop())
        elif name != "from":
            continue
        names.append(name)
    return names, lines


def relaxed_headers(headers: bytes) -> list[bytes]:
    """Return the headers of a block in relaxed form, one line each (RFC 6376 3.4.2)."""
    whole = _FOLD.sub(b"", _LINE_END.sub(b"\r\n", headers))
    return [_relaxed_header(line) for line in whole.split(b"\r\n") if line]


#: Most headers are the same in all copies of a mailing.
@lru_cache(maxsize=256)
def _relaxed_header(line: bytes) -> bytes:
    name, _colon, value = line.partition(b":")
    return b"%b:%b\r\n" % (name.strip(b" \t").lower(), _BLANKS.sub(b" ", value).strip(b" \t"))


def _relaxed(body: Sequence[bytes]) -> bytes:
    """Return a body that comes in pieces in relaxed form."""
    whole = b"".join(body)
    is_so = all(map(_is_relaxed_piece, body)) and not whole.endswith(b"\r\n\r\n")
    return whole if is_so and len(whole) > 2 else relaxed_body(whole)


#: What stands still is the same in all copies: Python has kept its hash, so this costs nothing.
@lru_cache(maxsize=4_096)
def _is_relaxed_piece(piece: bytes) -> bool:
    """Say whether a piece is in relaxed form whatever such pieces stand before and after it."""
    return not piece or _has_no_more_to_relax(piece)


def relaxed_body(body: bytes) -> bytes:
    """Return a body in relaxed form (RFC 6376 3.4.4), as it is when it has that form."""
    if _is_relaxed(body):
        return body
    lines = _LINE_END.sub(b"\r\n", body)
    whole = lines if lines.endswith(b"\r\n") else lines + b"\r\n"
    text = _BLANKS.sub(b" ", whole).replace(b" \r\n", b"\r\n")
    end = len(text)
    while text.endswith(b"\r\n", 0, end):
        end -= 2
    return text[: end + 2] if end else b""


def _is_relaxed(body: bytes) -> bool:
    """Say whether a body is in relaxed form: seen by searches that cost next to nothing."""
    return _has_no_more_to_relax(body) and not body.endswith(b"\r\n\r\n") and len(body) > 2


def _has_no_more_to_relax(text: bytes) -> bool:
    """Say whether whole lines have no blanks that relaxing folds or takes away."""
    return (
        text.endswith(b"\r\n")
        and b"  " not in text
        and b"\t" not in text
        and b" \r\n" not in text
        and text.count(b"\n") == text.count(b"\r\n")
    )
