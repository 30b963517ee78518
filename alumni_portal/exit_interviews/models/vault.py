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


class Vault:
    """Seals and opens answers; make one per piece of work, the key is derived once."""

    def __init__(self) -> None:
        secret = settings().exit_key or None
        self._cipher = AESGCM(tokens.derive("exit-answers", secret=secret))
        self._marks = tokens.derive("exit-marks", secret=secret)

    def seal(self, value: object) -> bytes:
        """Return an answer as it is stored: AES-256-GCM over its JSON."""
        nonce = secrets.token_bytes(_NONCE)
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        return nonce + self._cipher.encrypt(nonce, plain, _LABEL)

    def open(self, sealed: bytes) -> Any:  # noqa: ANN401 - JSON
        """Return the answer; raises InvalidTag when it was changed or the key is another."""
        return json.loads(self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], _LABEL))

    def mark(self, value: str) -> str:
        """Return an opaque name for one exit, the same every time; no key leads back from it."""
        return hmac.new(self._marks, value.encode(), hashlib.sha256).hexdigest()[:32]


__all__ = ["InvalidTag", "Vault"]
