"""The engine as `bench/mail.py` measures it: a portal with many members, and its mailings."""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from alumni_portal.consents.rules import Purpose
from alumni_portal.core import jobs
from alumni_portal.core.db import db
from alumni_portal.core.installation import settings
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.settings import Settings
from alumni_portal.core.transaction import unit
from alumni_portal.mail import queries
from alumni_portal.mail import services as mail
from tests.faults import workers
from tests.support import members
from tests.support.app import made_app, migrate, settings_for

PARAGRAPH = "Det händer mycket hos oss i höst, och vi vill gärna att du är med. " * 10
_ONE = (
    f"<h1>Nytt i höst</h1><p>{PARAGRAPH}</p>"
    '<p><a style="color:#fff;padding:10px 18px;background:#0a66c2" href="{{web}}">Mer</a></p>'
)
HTML = (
    "<p>Hej {{first_name}}!</p>" + _ONE * 9 + '<p><a href="{{preferences}}">Val</a>'
    '<a href="{{unsubscribe}}">Sluta</a> {{year}} {{unit}}</p>'
)
TEXT = (
    "Hej {{first_name}}!\n\n" + f"{PARAGRAPH[:265]}\n{{{{web}}}}\n\n" * 9
    + "{{preferences}} {{unsubscribe}} {{year}}\n"
)  # fmt: skip
_WAITS = """
import sys
from alumni_portal.app import create_app
from alumni_portal.core import jobs
with create_app().app_context():
    print("ready", flush=True)
    sys.stdin.read()
    jobs.run_queued()
"""
#: Something that is repeated for each receiver is a form within the form.
LOOP = "{{*units}}{{name}} {{/units}}"


@contextmanager
def portal(
    port: int, number: int, *, connections: int, dkim: bool = False, tls: bool = False
) -> Iterator[list[int]]:
    """Run a portal with so many members that sends to a port; yield their first id and the end."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/portal.sqlite3"
        migrate(url)
        way = "smtp+starttls" if tls else "smtp"
        more = {"MAIL_URL": f"{way}://127.0.0.1:{port}", "MAIL_CONNECTIONS": str(connections)}
        if dkim:
            more |= {"DKIM_KEY": _key(Path(folder)), "DKIM_SELECTOR": "bench"}
        made = settings_for(url, Path(folder) / "instance", **more)
        with made_app(made) as app, app.app_context():
            yield members.invent(number)


def _key(folder: Path) -> str:
    made = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
    path = folder / "dkim.pem"
    path.write_bytes(
        made.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return str(path)


def begun(bounds: list[int], ref: str, *, slow: bool = False) -> int:
    """Begin a mailing to these members and return its id."""
    edition = mail.Edition(
        language="sv", subject="Höstens nyheter", html=HTML, text=TEXT + LOOP * slow
    )
    to = members.recipients(bounds)
    units = [{"name": "FoU"}, {"name": "Ekonomi"}]
    with unit():
        return mail.begin(
            kind="bench",
            ref=ref,
            purpose=Purpose.NEWSLETTER,
            editions=(edition,),
            recipients=(_with(one, units) for one in to) if slow else to,
            by=SYSTEM,
        ).id


def _with(one: mail.Recipient, units: list[dict[str, str]]) -> mail.Recipient:
    return mail.Recipient(
        person_id=one.person_id,
        address=one.address,
        language=one.language,
        values={**one.values, "units": units},
    )


def sent(mailing: int, number: int) -> float:
    """Send a mailing with this one worker and return mails a second, all of it counted."""
    start = perf_counter()
    jobs.run_queued()
    return _speed(mailing, number, since=start)


def sent_by_two(mailing: int, number: int) -> float:
    """Send a mailing with this worker and another beside it; return mails a second together."""
    with _another_worker(settings()) as go:
        start = perf_counter()
        go()
        jobs.run_queued()
    return _speed(mailing, number, since=start)


def _speed(mailing: int, number: int, *, since: float) -> float:
    speed = number / (perf_counter() - since)
    db.session.rollback()
    found = queries.progress(mailing)
    if found.sent != number:
        sys.exit(f"not everybody got it: {found}")
    return speed


@contextmanager
def _another_worker(same: Settings) -> Iterator[Callable[[], None]]:
    """Yield what lets another process go that is ready to work; wait until nothing is left."""
    connections = {"ALUMNI_MAIL_CONNECTIONS": str(same.posting.connections)}
    env = {**os.environ, **workers.environment(same), **connections}
    other = subprocess.Popen(
        [sys.executable, "-c", _WAITS], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdin is not None  # noqa: S101 - a pipe
    assert other.stdout is not None  # noqa: S101 - a pipe
    other.stdout.readline()
    yield other.stdin.close
    other.wait()


def memory() -> float:
    """Return the most memory that this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
