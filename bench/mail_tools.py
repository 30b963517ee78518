"""What `bench/mail.py` measures against: Debian's smtp-source and smtp-sink, a relay with TLS."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from socket import create_connection
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

ROOT = Path(__file__).resolve().parents[1]
UNPACKED = ROOT / "build/postfix"
#: Bytes of a mail, as large as one of the engine's.
SIZE = 14_958
#: And lines: who reads a mail line by line takes longer for more of them.
LINES = 265


def fetched() -> bool:
    """Say whether postfix's tools are here, unpacked (not installed) when they were not."""
    if _found("smtp-sink") is None and shutil.which("apt-get"):
        UNPACKED.mkdir(parents=True, exist_ok=True)
        subprocess.run(["apt-get", "download", "-qq", "postfix"], cwd=UNPACKED, check=False)
        for package in UNPACKED.glob("postfix_*.deb"):
            subprocess.run(["dpkg", "-x", str(package), str(UNPACKED)], check=False)
    return _found("smtp-sink") is not None and _found("smtp-source") is not None


def _found(name: str) -> str | None:
    places = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", f"{UNPACKED}/usr/sbin"))
    return shutil.which(name, path=places)


def _environment() -> dict[str, str]:
    return {**os.environ, "LD_LIBRARY_PATH": f"{UNPACKED}/usr/lib/postfix"}


@contextmanager
def sink(port: int, *more: str) -> Iterator[None]:
    """Run smtp-sink for a while: it takes every mail and keeps none."""
    command = [str(_found("smtp-sink")), "-u", "root", *more, f"127.0.0.1:{port}", "1000"]
    running = subprocess.Popen(command, env=_environment())
    try:
        wait_for(port)
        yield
    finally:
        running.terminate()
        running.wait()


@contextmanager
def tls_sink(port: int) -> Iterator[None]:
    """Run a relay that wants STARTTLS, and let this process and its peers trust it meanwhile."""
    with TemporaryDirectory() as folder:
        key, certificate = Path(folder) / "key.pem", Path(folder) / "certificate.pem"
        certify(key, certificate)
        os.environ["SSL_CERT_FILE"] = str(certificate)
        command = [sys.executable, str(ROOT / "bench/tls_sink.py"), str(port)]
        running = subprocess.Popen([*command, str(key), str(certificate)])
        try:
            wait_for(port)
            yield
        finally:
            running.kill()
            running.wait()
            del os.environ["SSL_CERT_FILE"]


def certify(key: Path, certificate: Path) -> None:
    """Write a key and a certificate for 127.0.0.1, signed by itself, good for this day."""
    made, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, made.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(here, critical=True)
        .sign(made, hashes.SHA256())
    )
    key.write_bytes(
        made.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))


def wait_for(port: int) -> None:
    """Wait until something listens."""
    for _ in range(100):
        try:
            create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            sleep(0.05)
        else:
            return


def source(port: int, number: int, connections: int, size: int) -> float:
    """Send so many mails of so many bytes with smtp-source and return mails a second."""
    command = [
        str(_found("smtp-source")), "-d", "-s", str(connections), "-m", str(number),
        "-l", str(size), "-f", "news@sundmark.example", "-t", "anna@post.example",
        f"127.0.0.1:{port}",
    ]  # fmt: skip
    start = perf_counter()
    subprocess.run(command, env=_environment(), check=True)
    return number / (perf_counter() - start)
