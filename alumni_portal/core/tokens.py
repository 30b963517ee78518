"""Secrets: random tokens and their digests, derived keys, signed and sealed values."""

import base64
import hashlib
import hmac
import secrets
from binascii import b2a_base64
from collections.abc import Callable
from datetime import timedelta

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

#: Signs of a code that a person types: no look-alikes, no vowels that spell words.
CODE_SIGNS = "23456789BCDFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8
_NONCE = 12
#: Octets of a proof that nobody guesses.
_PROOF = 16
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def new_token() -> str:
    """Return an unguessable token of 256 bits, fit for an address."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """Return what is stored instead of a token: SHA-256 in hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def derive(purpose: str, *, secret: str | None = None) -> bytes:
    """Return the 256-bit key of one purpose, derived from the installation's secret (RFC 5869).

    A purpose whose data must not open with the installation's secret brings a `secret` of its own.
    """
    root = (secret or current_app.config["SECRET_KEY"]).encode()
    return HKDF(SHA256(), 32, salt=None, info=f"alumni-portal/{purpose}".encode()).derive(root)


def mac(purpose: str, message: bytes) -> str:
    """Return the keyed hash of a message for one purpose, in hex."""
    return hmac.new(derive(purpose), message, hashlib.sha256).hexdigest()


def code_of(token: str) -> str:
    """Return the code of eight signs that belongs to a token and can be typed instead of it."""
    number = int(mac("code", token.encode()), 16)
    signs = []
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(CODE_SIGNS))
        signs.append(CODE_SIGNS[place])
    return "".join(signs)


def tidy_code(typed: str) -> str:
    """Return a typed code in the form it was made in: capital letters, no spaces or dashes."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def sign(purpose: str, value: object) -> str:
    """Return a value as a signed text that can travel in an address."""
    return _serializer(purpose).dumps(value)


def stamper(purpose: str) -> Callable[[str], str]:
    """Return what signs many short texts for one purpose, without a time: fast and compact.

    `unstamp` reads them: base64url of the text and of 128 bits of its keyed BLAKE2b (RFC 7693).
    """
    begun = hashlib.blake2b(digest_size=_PROOF, key=derive(f"stamp/{purpose}"))

    def stamped(text: str) -> str:
        raw, proof = text.encode(), begun.copy()
        proof.update(raw)
        signs = b"%b.%b" % (_base64(raw), _base64(proof.digest()))
        return signs.translate(_URL_SAFE).decode("ascii")

    return stamped


def unstamp(purpose: str, stamped: str) -> str | None:
    """Return the text of a stamp, or nothing when it was changed or is foreign."""
    body, _dot, _proof = stamped.partition(".")
    try:
        text = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)).decode()
    except ValueError:
        return None
    made = stamper(purpose)(text)
    return text if hmac.compare_digest(made.encode(), stamped.encode(errors="replace")) else None


def _base64(raw: bytes) -> bytes:
    return b2a_base64(raw, newline=False).rstrip(b"=")


def unsign(purpose: str, text: str, *, max_age: timedelta | None = None) -> object | None:
    """Return the signed value, or nothing when it was changed, is foreign or too old."""
    try:
        value: object = _serializer(purpose).loads(
            text, max_age=int(max_age.total_seconds()) if max_age else None
        )
    except BadData:
        return None
    return value


def _serializer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(derive(purpose), salt=purpose)


def seal(purpose: str, text: str, *, secret: str | None = None) -> bytes:
    """Return text encrypted with AES-256-GCM under the key of one purpose, as `derive` makes it."""
    return sealer(purpose, secret=secret)(text)


def sealer(purpose: str, *, secret: str | None = None) -> Callable[[str], bytes]:
    """Return what seals many texts for one purpose; its key is derived once."""
    cipher = AESGCM(derive(purpose, secret=secret))

    def sealed(text: str) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        return nonce + cipher.encrypt(nonce, text.encode(), purpose.encode())

    return sealed


def unseal(purpose: str, sealed: bytes, *, secret: str | None = None) -> str:
    """Return the text of `seal`; raises cryptography's InvalidTag when it was changed."""
    return unsealer(purpose, secret=secret)(sealed)


def unsealer(purpose: str, *, secret: str | None = None) -> Callable[[bytes], str]:
    """Return what opens many sealed texts of one purpose; its key is derived once."""
    cipher, about = AESGCM(derive(purpose, secret=secret)), purpose.encode()
    return lambda sealed: cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], about).decode()


def short_hash(value: str) -> str:
    """Return a keyed short name for a value that must not stand in a key or log as it is."""
    return short_hasher()(value)


def short_hasher() -> Callable[[str], str]:
    """Return what makes many keyed short names; its key is derived once."""
    key = derive("short-hash")

    def hashed(value: str) -> str:
        raw = hmac.digest(key, value.encode(), "sha256")
        return base64.b32encode(raw[:10]).decode().lower()

    return hashed
