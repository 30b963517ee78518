"""An installation that signs its mail and has a place for what comes back."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from flask import Flask

from alumni_portal.core.settings import Settings
from tests.support.app import settings_for

BOUNCES = "studs.sundmark.example"
SELECTOR = "portal"
_made = generate_private_key(public_exponent=65537, key_size=2048)
KEY = _made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
PUBLIC = _made.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def chosen(folder: Path, **more: Any) -> Settings:
    found = settings_for(f"sqlite:///{folder / 'none.sqlite3'}", folder)
    return replace(found, **{"mail_bounces": BOUNCES, **more})


def bare(folder: Path, **more: Any) -> Flask:
    """Return what knows the settings of an installation and nothing else."""
    app = Flask("bare")
    app.extensions["alumni_portal.settings"] = chosen(folder, **more)
    return app
