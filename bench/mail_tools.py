"""What `bench/mail.py` measures against: Debian's smtp-source and smtp-sink, never as a service."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection
from time import perf_counter, sleep

ROOT = Path(__file__).resolve().parents[1]
UNPACKED = ROOT / "build/postfix"
#: Bytes of a mail, as large as one of the engine's.
SIZE = 14_958


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
