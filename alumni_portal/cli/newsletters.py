"""Commands for newsletters."""

import json
import sys
from dataclasses import asdict

import click
from flask.cli import with_appcontext

from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import COMMAND_LINE
from alumni_portal.core.transaction import unit
from alumni_portal.mail.models import MailingState
from alumni_portal.newsletters import queries, services
from alumni_portal.newsletters.models import Newsletter


@click.group()
def newsletters() -> None:
    """Send newsletters and see how far they are."""


def _found(public_id: str) -> Newsletter:
    found = queries.newsletter(public_id)
    if found is None:
        raise click.UsageError(f"there is no newsletter {public_id}")
    return found


@newsletters.command()
@click.argument("public_id", metavar="ID")
@with_appcontext
def send(public_id: str) -> None:
    """Send a newsletter to everybody who may get it now; workers carry it out."""
    try:
        with unit():
            sent = services.send(_found(public_id), expected=None, by=COMMAND_LINE)
    except Refusal as refusal:
        click.echo(str(refusal.message), err=True)
        sys.exit(1)
    click.echo(f"{sent.title}: {queries.with_progress([sent])[0].progress.total} receivers")


@newsletters.command()
@click.argument("public_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True)
@with_appcontext
def status(public_id: str, *, as_json: bool) -> None:
    """Say how far a newsletter is; exit 1 while some mails failed or are uncertain."""
    newsletter = _found(public_id)
    found = queries.with_progress([newsletter])
    progress = asdict(found[0].progress) if found else {}
    state = found[0].mailing.state if found else newsletter.state
    trouble = found[0].mailing.trouble if found else ""
    if as_json:
        click.echo(json.dumps({"id": public_id, "state": state, "trouble": trouble, **progress}))
    else:
        numbers = ", ".join(f"{number} {name}" for name, number in progress.items())
        click.echo(f"{newsletter.title}: {state}{', ' + numbers if numbers else ''}")
        if trouble and state is not MailingState.FINISHED:
            click.echo(f"the mail server is away: {trouble}")
    sys.exit(1 if progress.get("failed") or progress.get("uncertain") else 0)
