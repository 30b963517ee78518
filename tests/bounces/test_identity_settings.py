"""A key that cannot sign stops the start and says why (S48)."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from alumni_portal.core.settings import SettingsError
from tests.bounces.identity import KEY
from tests.support.app import settings_for
from tests.support.covers import covers


def pem(key: ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey, password: bytes = b"") -> str:
    lock = BestAvailableEncryption(password) if password else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock).decode()


def start(folder: Path, text: str | None, selector: str = "portal") -> str:
    path = folder / "dkim.pem"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    made = settings_for("sqlite:///x", folder, DKIM_KEY=str(path), DKIM_SELECTOR=selector)
    return made.dkim_key


def test_a_sound_key_is_read_once_at_start(tmp_path: Path) -> None:
    assert start(tmp_path, KEY) == KEY


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "cannot be read"),
        ("nyckel å", "cannot be read"),
        ("", "no private key in PEM form"),
        (KEY[:300], "no private key in PEM form"),
        (pem(ed25519.Ed25519PrivateKey.generate()), "no RSA key"),
        (pem(rsa.generate_private_key(65537, 1024)), "has 1024 bits"),  # noqa: S505 - that is the point
        (pem(ed25519.Ed25519PrivateKey.generate(), b"hemligt"), "locked with a password"),
    ],
    ids=["missing", "not ascii", "empty", "cut", "ed25519", "short", "locked"],
)
@covers("S48")
def test_a_key_that_cannot_sign_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(SettingsError, match=reason):
        start(tmp_path, text)


def test_a_selector_is_a_name_of_dns(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no name that DNS can hold"):
        start(tmp_path, KEY, selector="min nyckel")
