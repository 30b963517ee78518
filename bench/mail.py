"""How fast a mailing leaves, against smtp-source and what Python programs use, in the same run.

    .venv/bin/python bench/mail.py [--rounds 5] [--number 6000] [--connections 8] [--million]

The engine is the portal's whole path with one worker: jobs claimed, consent, address, suppression
and speed asked for each handful, mails made of a compiled edition (15 KB, some thirty slots),
handed over, every answer kept in a journal and in rows on SQLite. Contestants take turns; a ratio
is the median of the rounds' ratios. Targets T1 to T5 and T7; T6 is `tests/faults`. Exits
with 1 when a target is missed. `--million` adds T7: a million receivers, memory and the last tenth.

All of it runs with the setting of OpenSSL that signs faster here (`alumni-portal mail
signing-speed`); both are printed.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import mail_engine as engine
import mail_tools as tools
from mail_million import million

from alumni_portal.mail.services import signing_speed
from tests.support.relay import free_port

ROOT = Path(__file__).resolve().parents[1]
SENDERS = ROOT / "bench/peers/mail_senders.py"
PEERS = ROOT / "build/peers"
RTT = 0.020
Speeds = dict[str, list[float]]


@dataclass(frozen=True)
class Target:
    """One line of the design: ours against theirs, at least so much."""

    name: str
    ours: str
    theirs: str
    goal: float


TARGETS = (
    Target("T1 engine / smtp-source", "engine", "smtp-source", 1.0),
    Target("T1 engine / smtplib, ready bytes", "engine", "smtplib", 2.5),
    Target("T1 engine / Flask-Mail", "engine", "flask-mail", 15.0),
    Target("T2 lockstep / smtp-source", "lockstep", "smtp-source", 0.85),
    Target("T3 repeated parts / smtp-source", "repeated parts", "smtp-source", 0.35),
    Target("T4 RSA-2048 DKIM / smtp-source", "dkim", "smtp-source", 0.25),
    Target("T5 20 ms away, engine / smtplib", "engine far", "smtplib far", 3.0),
)
#: Chunks of a mailing are what workers share: so many that two have as much to do.
FOR_TWO = 16_000
SHOWN = (
    "two workers / smtp-source",
    "engine / aiosmtplib",
    "engine / django",
    # A relay in Python, for smtp-sink has no TLS: both wait for it, line by line.
    "engine tls / smtplib tls",
)


def peer(name: str, port: int, number: int, connections: int, mail: Path) -> float:
    """Return mails a second of one of Python's ways; 0 when it cannot be had."""
    python = Path(sys.executable)
    if name in {"aiosmtplib", "django"}:
        python = PEERS / "bin/python"
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", str(PEERS)], check=True)
        wanted = [name, "jinja2"] if name == "django" else [name]
        subprocess.run([python, "-m", "pip", "install", "-q", *wanted], check=False)
    command = [python, SENDERS, name, port, number, connections, mail]
    words = [str(one) for one in command]
    told = subprocess.run(words, check=False, capture_output=True, text=True)
    return float(told.stdout) if not told.returncode else 0.0


@contextmanager
def far_away(port: int) -> Iterator[int]:
    """Yield a port behind which the same server answers a round trip later."""
    far = free_port()
    command = [sys.executable, str(ROOT / "bench/far_away.py"), str(far), str(port), str(RTT)]
    running = subprocess.Popen(command)
    try:
        tools.wait_for(far)
        yield far
    finally:
        running.kill()
        running.wait()


def measured(number: int, rounds: int, connections: int) -> Speeds:
    """Return mails a second of each contestant, round by round."""
    found: Speeds = defaultdict(list)
    plain, lone, tls = free_port(), free_port(), free_port()
    with (
        tools.sink(plain),
        tools.sink(lone, "-p"),
        tools.tls_sink(tls),
        far_away(plain) as far,
        ready() as mail,
    ):
        for turn in range(rounds):
            measure = Round(f"{turn}", number, connections, found)
            measure.peers(plain, far, tls, mail)
            measure.ours(plain, lone, far, tls)
            print(f"round {turn + 1} of {rounds}", flush=True)
    return found


@contextmanager
def ready() -> Iterator[Path]:
    """Yield the path of a mail made beforehand."""
    with tempfile.NamedTemporaryFile() as mail:
        line = b"x" * (tools.SIZE // tools.LINES - 2) + b"\r\n"
        mail.write(b"Subject: Nytt\r\n\r\n" + line * tools.LINES)
        mail.flush()
        yield Path(mail.name)


@dataclass(frozen=True)
class Round:
    """One turn of all contestants."""

    name: str
    number: int
    connections: int
    found: Speeds

    @property
    def few(self) -> int:
        """Return how many mails go to a server that is far away."""
        return self.connections * 80

    def peers(self, plain: int, far: int, tls: int, mail: Path) -> None:
        """Let the others send."""
        source = tools.source(plain, self.number, self.connections, tools.SIZE)
        self.found["smtp-source"].append(source)
        for name in ("smtplib", "aiosmtplib", "flask-mail", "django"):
            some = self.number if "smtplib" in name else self.number // 6
            self.found[name].append(peer(name, plain, some, self.connections, mail))
        speed = peer("smtplib", far, self.few, self.connections, mail)
        self.found["smtplib far"].append(speed)
        speed = peer("smtplib-tls", tls, self.number // 2, self.connections, mail)
        self.found["smtplib tls"].append(speed)

    def ours(self, plain: int, lone: int, far: int, tls: int) -> None:
        """Let the engine send, in each of its ways."""
        ways: tuple[tuple[str, int, int, dict[str, bool]], ...] = (
            ("engine", plain, self.number, {}),
            ("lockstep", lone, self.number, {}),
            ("repeated parts", plain, self.number // 2, {"slow": True}),
            ("dkim", plain, self.number // 2, {"dkim": True}),
            ("engine far", far, self.few, {}),
            ("engine tls", tls, self.number // 2, {"tls": True}),
        )
        speed = run_by_two(plain, FOR_TWO, self.connections // 2, self.name)
        self.found["two workers"].append(speed)
        for name, port, some, more in ways:
            self.found[name].append(run(port, some, self.connections, self.name, **more))


def run(port: int, number: int, connections: int, ref: str, **more: bool) -> float:
    """Return mails a second of the engine, its app made and its members there beforehand."""
    slow = more.pop("slow", False)
    with engine.portal(port, number, connections=connections, **more) as bounds:
        warm = engine.begun([bounds[0], bounds[0] + 50], f"warm {ref}", slow=slow)
        engine.sent(warm, 50)
        return engine.sent(engine.begun(bounds, ref, slow=slow), number)


def run_by_two(port: int, number: int, connections: int, ref: str) -> float:
    """Return mails a second of two workers, each with so many connections."""
    with engine.portal(port, number, connections=connections) as bounds:
        return engine.sent_by_two(engine.begun(bounds, ref), number)


def table(found: Speeds) -> bool:
    """Print what was measured and say whether every target was met."""
    for name, speeds in found.items():
        print(f"{name:34} {median(speeds):9.0f} mails a second")
    is_met = True
    for one in TARGETS:
        ratio = _ratio(found, one.ours, one.theirs)
        is_met = is_met and ratio >= one.goal
        verdict = "" if ratio >= one.goal else "  MISSED"
        print(f"{one.name:34} {ratio:9.2f}  at least {one.goal}{verdict}")
    for name in SHOWN:
        ours, theirs = name.split(" / ")
        print(f"{name:34} {_ratio(found, ours, theirs):9.2f}")
    return is_met


def _ratio(found: Speeds, ours: str, theirs: str) -> float:
    pairs = zip(found[ours], found[theirs], strict=True)
    return median(our / their if their else 0.0 for our, their in pairs)


def set_as_advised() -> None:
    """Begin anew with the setting that makes signatures cheaper here, if it does."""
    if signing_speed.VARIABLE in os.environ:
        return
    speed = signing_speed.measured()
    told = f"a signature: {speed.as_it_is:.0f} µs, {speed.without_adx:.0f} µs without ADX"
    print(told, flush=True)
    if speed.without_adx < speed.as_it_is:
        set_so = {**os.environ, signing_speed.VARIABLE: signing_speed.WITHOUT_ADX}
        again = subprocess.run([sys.executable, *sys.argv], env=set_so, check=False)
        sys.exit(again.returncode)


def main() -> int:
    """Measure, print, and return 1 when a target was missed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--number", type=int, default=6_000)
    asked.add_argument("--connections", type=int, default=8)
    asked.add_argument("--million", type=int, nargs="?", const=1_000_000, default=0)
    given = asked.parse_args()
    if not tools.fetched():
        print("postfix's smtp-source and smtp-sink cannot be had here")
        return 2
    if given.rounds:
        set_as_advised()
    checks: list[Callable[[], bool]] = []
    if given.rounds:
        checks.append(lambda: table(measured(given.number, given.rounds, given.connections)))
    if given.million:
        checks.append(lambda: million(given.million, given.connections))
    met = [check() for check in checks]
    return int(not all(met))


if __name__ == "__main__":
    sys.exit(main())
