"""Commands for mail that comes back."""

import asyncio
import json
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from alumni_portal.bounces import services
from alumni_portal.bounces.models import Way
from alumni_portal.bounces.services import listening, mailboxes
from alumni_portal.core.installation import settings
from alumni_portal.core.transaction import unit


@click.group()
def bounces() -> None:
    """Take in what comes back: bounces, complaints, answers of machines."""


@bounces.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8024, show_default=True, type=click.IntRange(0, 65535))
@with_appcontext
def listen(host: str, port: int) -> None:
    """Take returned mail by LMTP or SMTP until stopped."""
    if not settings().mail_bounces:
        raise click.UsageError("ALUMNI_MAIL_BOUNCES is not set: no mail of ours comes back here")
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - as Flask's manual does for threads
    asyncio.run(_listened(app.app_context, host, port))


async def _listened(within: listening.Within, host: str, port: int) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, stop.set)
    await listening.listen(
        within,
        host=host,
        port=port,
        stop=stop,
        ready=lambda bound: click.echo(f"listening on {host}:{bound}"),
    )


@bounces.command()
@click.argument("source", metavar="FILE|DIR|-")
@click.option("--json", "as_json", is_flag=True)
@with_appcontext
def read(source: str, *, as_json: bool) -> None:
    """Read returned mail from a mail, an mbox, a folder or a Maildir. Exit 1 when some waits."""
    counts: Counter[str] = Counter()
    for raw in _mails(source):
        with unit():
            row = services.take(raw, way=Way.FILE)
            counts.update({"read": 1, row.kind.value: 1, "waits": int(row.waits)})
    if as_json:
        click.echo(json.dumps(counts))
    else:
        click.echo(", ".join(f"{number} {name}" for name, number in counts.items()) or "nothing")
    sys.exit(1 if counts["waits"] else 0)


def _mails(source: str) -> Iterator[bytes]:
    if source == "-":
        return mailboxes.mails_of(sys.stdin.buffer)
    if not Path(source).exists():
        raise click.UsageError(f"there is no {source}")
    return mailboxes.mails_in(Path(source))
