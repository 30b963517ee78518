"""TLS and login: a relay that cannot prove itself, or does not know us; everybody waits."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from flask import Flask

from alumni_portal.core import clock
from alumni_portal.core.settings import Settings
from alumni_portal.mail import queries
from alumni_portal.mail.models import MailingState
from alumni_portal.mail.services import transport
from tests.mail.making import again, begun, readers, recipients
from tests.support.app import settings_for
from tests.support.covers import covers
from tests.support.database import Database
from tests.support.letters import run_jobs
from tests.support.make import Make
from tests.support.relay import Box, free_port

PEOPLE = 12


@pytest.fixture(params=["smtps", "smtp+starttls"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def settings(database: Database, tmp_path: Path, port: int, scheme: str) -> Iterator[Settings]:
    url = database.fresh(tmp_path)
    login, host = "portal:secret", f"127.0.0.1:{port}"
    relay = f"{scheme}://{login}@{host}"
    yield settings_for(url, tmp_path / "instance", MAIL_URL=relay, MAIL_PATIENCE="10")
    database.drop(url)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Return a certificate of this machine and its key, made by ourselves, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "relay.example")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(clock.now() - timedelta(days=1))
        .not_valid_after(clock.now() + timedelta(days=1))
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())
    )
    written = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path = tmp_path / "relay.pem"
    path.write_bytes(written + made.public_bytes(Encoding.PEM))
    return path


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let this machine trust the relay, as an operator does: by OpenSSL's own variable."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    transport._trusted.cache_clear()
    yield
    transport._trusted.cache_clear()


def knows(_server: Any, _session: Any, _envelope: Any, _how: str, said: Any) -> AuthResult:
    return AuthResult(success=said.password == b"secret")


def knows_nobody(*_: Any) -> AuthResult:
    return AuthResult(success=False, handled=False)


@contextmanager
def relay(scheme: str, port: int, certificate: Path, who: Any = knows) -> Iterator[Box]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    box, loop = Box(), asyncio.new_event_loop()
    is_whole = scheme == "smtps"

    class Server(Controller):
        def factory(self) -> SMTP:
            if is_whole:  # the library does not see TLS that began before it did
                return SMTP(box, authenticator=who, auth_require_tls=False)
            return SMTP(
                box,
                authenticator=who,
                auth_required=True,
                tls_context=context,
                require_starttls=True,
            )

    server = Server(
        box,
        hostname="127.0.0.1",
        port=port,
        loop=loop,
        ssl_context=context if is_whole else None,
    )
    server.start()
    try:
        yield box
    finally:
        server.stop()


@covers("S73")
@pytest.mark.usefixtures("trusted")
def test_a_mailing_goes_over_tls_with_login(
    inside: Flask, make: Make, scheme: str, port: int, certificate: Path
) -> None:
    mailing = begun(make, recipients(readers(make, PEOPLE)))
    with relay(scheme, port, certificate) as box:
        run_jobs(inside, by_the_clock=False)
    assert len(set(box.receivers)) == len(box.raw) == PEOPLE
    assert again(mailing).state is MailingState.FINISHED


@covers("S73")
def test_a_relay_that_cannot_prove_itself_gets_nothing(
    inside: Flask, make: Make, scheme: str, port: int, certificate: Path
) -> None:
    transport._trusted.cache_clear()
    mailing = begun(make, recipients(readers(make, PEOPLE)))
    with relay(scheme, port, certificate) as box:
        run_jobs(inside, by_the_clock=False)
    assert not box.tries
    assert again(mailing).trouble == "SSLCertVerificationError"
    assert again(mailing).state is MailingState.SENDING
    assert queries.progress(mailing.id).waiting == PEOPLE


@covers("S73")
@pytest.mark.usefixtures("trusted")
def test_a_login_that_fails_is_named_and_everybody_waits(
    inside: Flask, make: Make, scheme: str, port: int, certificate: Path
) -> None:
    mailing = begun(make, recipients(readers(make, PEOPLE)))
    with relay(scheme, port, certificate, knows_nobody) as box:
        run_jobs(inside, by_the_clock=False)
    assert not box.tries
    assert again(mailing).trouble.startswith("535")
    assert again(mailing).state is MailingState.SENDING
    assert queries.progress(mailing.id).waiting == PEOPLE
