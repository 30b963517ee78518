"""Answers are sealed under a key of their own; nothing outside this slice loads it (A12)."""

import hashlib
import hmac
import json
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from alumni_portal.core import tokens
from alumni_portal.core.installation import settings

_LABEL = b"exit-answer"
_NONCE = 12
#: Answers are this long at least, and then twice as long and so on: spaces follow the JSON, so that
#: no length tells a 10 from a 9 or one choice from another.
_NUMBER, _WORDS = 8, 128
_LONGEST = 2**15  # whatever is longer is no answer but a piece of a file


class Vault:
    """Seals and opens answers; make one per piece of work, the key is derived once."""

    def __init__(self) -> None:
        secret = settings().exit_key or None
        self._cipher = AESGCM(tokens.derive("exit-answers", secret=secret))
        self._marks = tokens.derive("exit-marks", secret=secret)

    def seal(self, value: object, *, least: int | None = None) -> bytes:
        """Return an answer as it is stored: AES-256-GCM over its JSON, `least` bytes or more."""
        nonce = secrets.token_bytes(_NONCE)
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        width = least or (_NUMBER if isinstance(value, int) else _WORDS)
        while width < len(plain) <= _LONGEST:
            width *= 2
        return nonce + self._cipher.encrypt(nonce, plain.ljust(width), _LABEL)

    def open(self, sealed: bytes) -> Any:  # noqa: ANN401 - JSON
        """Return the answer; raises InvalidTag when it was changed or the key is another."""
        return json.loads(self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], _LABEL))

    def mark(self, value: str) -> str:
        """Return an opaque name for one exit, the same every time; no key leads back from it."""
        return hmac.new(self._marks, value.encode(), hashlib.sha256).hexdigest()[:32]


__all__ = ["InvalidTag", "Vault"]
